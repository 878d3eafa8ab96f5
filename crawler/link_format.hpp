// Web links as Link header fields (RFC 8288 §3) and TimeMaps (RFC 6690 §2, RFC 7089 §5) write them:
//   <target>; rel="first memento"; datetime="Sat, 21 May 2011 19:56:25 GMT", <target>; ...
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace winnow {

/// Whether `; rel="first memento"` among a link's parameters names the relation, whatever the case.
[[nodiscard]] bool has_relation(std::string_view parameters, std::string_view relation);

/// The value of a link's parameter, without its quotes; nothing when it is not there.
[[nodiscard]] std::optional<std::string_view> link_parameter(std::string_view parameters,
                                                             std::string_view name);

/// Calls visit(target, parameters) for each link-value; stops when it returns true. Targets may hold commas.
template <class Visit>
void each_link(std::string_view value, Visit visit) {
  while (true) {
    const auto open = value.find('<');
    if (open == std::string_view::npos) return;
    const auto close = value.find('>', open);
    if (close == std::string_view::npos) return;
    const auto target = value.substr(open + 1, close - open - 1);
    value.remove_prefix(close + 1);
    std::size_t end = 0;
    bool quoted = false;
    while (end < value.size() && (quoted || value[end] != ','))
      quoted ^= value[end++] == '"';
    if (visit(target, value.substr(0, end))) return;
    value.remove_prefix(end);
  }
}

}  // namespace winnow
