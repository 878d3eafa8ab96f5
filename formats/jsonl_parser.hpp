// Records of JSON lines, as jsonl_record() writes them, read back.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "model/exported_record.hpp"

namespace winnow {

/// What a record says of its capture and text; what it says of the version is looked at only as far as the
/// capture needs it. Or why it is no such record, in a few words: no JSON, a key missing or of another kind,
/// no text, a text that has not the digest that is given with it.
[[nodiscard]] std::variant<ExportedRecord, std::string> parse_jsonl_record(std::string_view line);

}  // namespace winnow
