#include "serve/source_view.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "model/ascii.hpp"
#include "model/headers.hpp"

namespace winnow::serve {
namespace {

/// What a browser would make a page of.
bool is_markup(std::string_view type) {
  return type.empty() || type.starts_with("text/") || type.find("html") != std::string_view::npos ||
         type.find("xml") != std::string_view::npos;
}

/// The value of the charset parameter, as far as it is a name.
std::string charset_of(std::string_view type) {
  constexpr std::string_view k_parameter = "charset=";
  const std::size_t found = type.find(k_parameter);
  if (found == std::string_view::npos) return {};
  const std::string_view value = type.substr(found + k_parameter.size());
  const auto end = std::find_if_not(value.begin(), value.end(),
                                    [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
  return {value.begin(), end};
}

}  // namespace

void show_source_to_readers(const HttpRequest& request, HttpAnswer& answer) {
  const bool is_memento = !header_of(answer, "Memento-Datetime").empty();
  const std::string type = ascii_lower(answer.content_type);
  if (!is_memento || !is_markup(type)) return;
  answer.headers.emplace_back("Vary", "Accept");
  if (request.accept_datetime || request.accept.find("text/html") == std::string::npos) return;
  const std::string charset = charset_of(type);
  answer.content_type = charset.empty() ? "text/plain" : "text/plain; charset=" + charset;
}

}  // namespace winnow::serve
