// JSON as commands print it.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace winnow::cli {

/// Bytes of others that are not UTF-8 become U+FFFD.
template <class Json>
[[nodiscard]] std::string json_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// For a document of its own: indented, with a line end.
template <class Json>
[[nodiscard]] std::string json_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace winnow::cli
