#include "cli/page_target.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/date_option.hpp"
#include "model/error.hpp"
#include "model/printable.hpp"

namespace winnow::cli {

namespace {

std::optional<std::uint32_t> parse_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

PageTarget parse_page_target(std::string_view text) {
  if (const auto hash = text.rfind('#'); hash != std::string_view::npos) {
    if (const auto number = parse_number(text.substr(hash + 1)))
      return {std::string(text.substr(0, hash)), *number, {}};
  }
  std::string doubt;
  if (const auto at = text.rfind('@'); at != std::string_view::npos) {
    // Up: `@2015` asks for what was to be seen at the end of that year.
    if (const auto moment = Timestamp::parse_partial(text.substr(at + 1), Timestamp::Round::up)) {
      return {std::string(text.substr(0, at)), *moment, {}};
    }
    if (text.find('/', at) == std::string_view::npos)
      doubt = fmt::format("'{}' is no date: {}", text.substr(at + 1), k_date_forms);
  }
  const auto hash = text.rfind('#');
  if (hash != std::string_view::npos && text.find("://") == std::string_view::npos) {
    throw usage_error("{}: '{}' is no version's number; winnow log {} lists them", text,
                      text.substr(hash + 1), text.substr(0, hash));
  }
  return {std::string(text), std::monostate(), std::move(doubt)};
}

std::vector<SeriesSummary> require_series(StoreReader& store, std::string_view target) {
  auto all = store.find_series(target);
  if (all.empty())
    throw error("the store has nothing of {}: backfill it first, or see how it is spelled there", target);
  return all;
}

SeriesSummary choose_series(StoreReader& store, const PageTarget& wanted) {
  const std::string& target = wanted.page;
  if (!wanted.doubt.empty() && store.find_series(target).empty())
    throw usage_error("the store has nothing of {}, and {}", target, wanted.doubt);
  const auto all = require_series(store, target);
  if (target.find('#') != std::string::npos)
    spdlog::info("{}: the part behind # is a place in the page; a version is named by its number, #3",
                 target);
  const auto with_versions =
      std::count_if(all.begin(), all.end(), [](const SeriesSummary& series) { return series.versions > 0; });
  if (with_versions == 0)
    throw error("{} has captures in the store, but none with a text: winnow log {} tells more", target,
                target);
  // Series with versions come first.
  if (with_versions > 1) {
    spdlog::info("{} has {} series of versions; this is {}. The others: winnow log {}", target, with_versions,
                 printable(all.front().pages.back().url), target);
  }
  return all.front();
}

VersionSummary choose_version(const std::vector<VersionSummary>& versions, const VersionChoice& choice) {
  if (versions.empty()) throw error("the series has no version");
  if (const auto* const number = std::get_if<std::uint32_t>(&choice)) {
    if (*number < 1 || *number > versions.size()) {
      throw error("there is no version {}: the last one is {}", *number, versions.size());
    }
    return versions[*number - 1];
  }
  if (const auto* const moment = std::get_if<Timestamp>(&choice)) {
    const auto after = std::find_if(versions.begin(), versions.end(), [&](const VersionSummary& version) {
      return version.first_seen > *moment;
    });
    if (after == versions.begin()) {
      throw error("no version is known from {} or before: the first one was seen on {}", moment->date(),
                  versions.front().first_seen.date());
    }
    return *std::prev(after);
  }
  return versions.back();
}

}  // namespace winnow::cli
