#include "model/evidence.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace winnow {

namespace {

constexpr std::size_t k_most_headers = 16;
constexpr std::size_t k_most_name = 64;
constexpr std::size_t k_most_value = 200;

bool tells(std::string_view field) {
  static constexpr std::array<std::string_view, 12> k_telling = {"content-type",
                                                                 "content-length",
                                                                 "content-encoding",
                                                                 "x-archive-orig-content-length",
                                                                 "x-archive-orig-content-encoding",
                                                                 "date",
                                                                 "location",
                                                                 "link",
                                                                 "retry-after",
                                                                 "server",
                                                                 "memento-datetime",
                                                                 "content-location"};
  const std::string name = ascii_lower(field.substr(0, k_most_name));
  if (std::find(k_telling.begin(), k_telling.end(), name) != k_telling.end()) return true;
  return name.starts_with("x-archive-") && !name.starts_with("x-archive-orig-");
}

}  // namespace

Evidence evidence_of(const Headers& answer, std::string_view body) {
  Evidence evidence;
  std::size_t taken = 0;
  for (const auto& field : answer.fields()) {
    if (taken == k_most_headers) break;
    if (!tells(field.name)) continue;
    evidence.headers.add(escaped(field.name, k_most_name), escaped(field.value, k_most_value));
    ++taken;
  }
  evidence.body_start = escaped(body, k_most_evidence);
  return evidence;
}

std::string escaped(std::string_view bytes, std::size_t limit) {
  std::string text;
  for (const char c : bytes.substr(0, limit)) {
    switch (c) {
      case '\n':
        text += "\\n";
        break;
      case '\r':
        text += "\\r";
        break;
      case '\t':
        text += "\\t";
        break;
      case '\\':
        text += "\\\\";
        break;
      default:
        if (c >= ' ' && c <= '~') {
          text += c;
        } else {
          text += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        }
    }
  }
  return text;
}

}  // namespace winnow
