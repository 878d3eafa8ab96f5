// A record as a JSON object: what JSON lines and CSV are made of (docs/records.md). For formats/*.cpp only.
#pragma once

#include <nlohmann/json.hpp>

#include "formats/jsonl_record.hpp"
#include "model/exported_record.hpp"

namespace winnow {

[[nodiscard]] nlohmann::ordered_json record_json(const ExportedRecord& exported, WithText with_text);

}  // namespace winnow
