// JSON lines of an export as captures.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "storage/capture_result.hpp"

namespace winnow::cli {

/// The capture of such a record with its text; its archive is provenance.archive. Or why it is none, in a few
/// words. What is said of the text's words is not believed but counted again.
[[nodiscard]] std::variant<ImportedCapture, std::string> read_record(std::string_view line);

}  // namespace winnow::cli
