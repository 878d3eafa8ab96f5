#include "formats/jsonl_record.hpp"

#include "formats/record_json.hpp"

namespace winnow {

std::string jsonl_record(const ExportedRecord& exported, WithText with_text) {
  return record_json(exported, with_text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace winnow
