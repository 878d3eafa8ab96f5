#include "cli/diff/compared.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "cli/page_target.hpp"
#include "model/ascii.hpp"
#include "model/error.hpp"

namespace winnow::cli {
namespace {

struct Targets {
  PageTarget older;
  PageTarget newer;
};

bool names_version(const PageTarget& target) {
  return !std::holds_alternative<std::monostate>(target.version);
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 4 && std::all_of(text.begin(), text.end(), is_digit);
}

/// `3`, `#3`, `2015`, `@2015-05`: another version of the page.
PageTarget target_of(std::string_view page, std::string_view version) {
  const bool is_marked = version.substr(0, 1) == "#" || version.substr(0, 1) == "@";
  const char mark = is_number(version) ? '#' : '@';
  PageTarget target =
      parse_page_target(is_marked ? std::string(version) : std::string(1, mark).append(version));
  if (!names_version(target) || !target.page.empty())
    throw usage_error("'{}' is no version: write its number, or a date (2011, 2011-05, 2011-05-21)", version);
  target.page = page;
  return target;
}

bool leaves_page_out(std::string_view word) {
  return word.substr(0, 1) == "#" || word.substr(0, 1) == "@";
}

Targets parse_targets(const std::vector<std::string>& words) {
  PageTarget first = parse_page_target(words.at(0));
  if (words.size() == 3) {
    if (names_version(first))
      throw usage_error("{} names a version already: write winnow diff {} {} {}", words[0], first.page,
                        words[1], words[2]);
    return {target_of(first.page, words[1]), target_of(first.page, words[2])};
  }
  PageTarget second = names_version(first) && (leaves_page_out(words.at(1)) || is_number(words[1]))
                          ? target_of(first.page, words[1])
                          : parse_page_target(words.at(1));
  if (!names_version(first) || !names_version(second))
    throw usage_error("name both versions: winnow diff {} 2 3, or {}#2 #3", first.page, first.page);
  return {std::move(first), std::move(second)};
}

ComparedVersion read(StoreReader& store, const SeriesSummary& series, const VersionSummary& version) {
  auto record = store.version(series.id, version.number);
  if (!record)
    throw error("version {} of {} is being changed by another process; try again", version.number,
                series.name);
  return {series.pages.back().url, std::move(*record)};
}

Compared with_the_one_before(StoreReader& store, const PageTarget& target) {
  const SeriesSummary series = choose_series(store, target);
  const auto versions = store.versions(series.id);
  const VersionSummary newer = choose_version(versions, target.version);
  if (newer.number == 1)
    throw error("version 1 of {} has none before it to compare with: winnow show prints it", target.page);
  return {read(store, series, versions[newer.number - 2]), read(store, series, newer)};
}

ComparedVersion read(StoreReader& store, const PageTarget& target) {
  const SeriesSummary series = choose_series(store, target);
  return read(store, series, choose_version(store.versions(series.id), target.version));
}

}  // namespace

Compared read_compared(StoreReader& store, const std::vector<std::string>& words) {
  if (words.size() == 1) return with_the_one_before(store, parse_page_target(words[0]));
  const auto [older, newer] = parse_targets(words);
  if (older.page != newer.page) return {read(store, older), read(store, newer)};
  // One look for both: what there is to say about the choice of the page is said once.
  const SeriesSummary series = choose_series(store, older);
  const auto versions = store.versions(series.id);
  return {read(store, series, choose_version(versions, older.version)),
          read(store, series, choose_version(versions, newer.version))};
}

}  // namespace winnow::cli
