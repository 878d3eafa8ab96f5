#include "serve/replay_target.hpp"

#include "model/memento_url.hpp"

namespace winnow::serve {
namespace {

constexpr std::string_view k_web = "/web/";
constexpr std::string_view k_timemap = "timemap/link/";

}  // namespace

ReplayTarget parse_replay_target(std::string_view target) {
  if (!target.starts_with(k_web)) return NoTarget{};
  const std::string_view rest = target.substr(k_web.size());
  if (rest.starts_with(k_timemap)) return TimemapTarget{archived_url(rest.substr(k_timemap.size()))};
  // Behind a timegate's URL there may be a memento's, as part of that URL.
  if (const auto asked = parse_memento_url(target); asked && asked->archive.empty()) {
    if (asked->original.empty()) return NoTarget{};
    return PlayTarget{std::string(asked->digits), std::string(asked->flag), archived_url(asked->original)};
  }
  if (rest.empty()) return NoTarget{};
  return TimegateTarget{archived_url(rest)};
}

}  // namespace winnow::serve
