#include "cli/harvest/new_versions.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace winnow;
using namespace winnow::cli;

namespace {

/// `A2010 B2012`: words and the year they were first seen, one series.
std::vector<VersionKey> versions(const std::string& text, SeriesId series = SeriesId{1}) {
  std::vector<VersionKey> keys;
  for (std::size_t at = 0; at + 5 <= text.size(); at += 6) {
    keys.push_back({"a.test", sha256(text.substr(at, 1)),
                    *Timestamp::parse_partial(text.substr(at + 1, 4), Timestamp::Round::down), series,
                    static_cast<std::uint32_t>(keys.size() + 1)});
  }
  return keys;
}

}  // namespace

TEST_CASE("what a run has added is told by its words", "[harvest]") {
  const auto [story, before, after, added] =
      GENERATE(table<std::string, std::string, std::string, std::string>({
          {"nothing", "A2010 B2012", "A2010 B2012", ""},
          {"all of a new series", "", "A2010 B2012", "#1 #2"},
          {"a change", "A2010", "A2010 B2012", "#2"},
          {"an older one moves the others up", "B2012", "A2010 B2012", "#1"},
          {"one that began earlier than was known", "A2010 B2012", "A2009 B2011", ""},
          {"words that come back", "A2010 B2012", "A2010 B2012 A2014", "#3"},
          {"one in the middle of another splits it", "A2010", "A2010 B2012 A2014", "#2 #3"},
          {"what lay between turns out to be the same", "A2010 B2012 A2014", "A2010", ""},
      }));
  CAPTURE(story);
  std::string told;
  // A takeover may have moved them to another series meanwhile.
  for (const VersionKey& version : added_versions(versions(before), versions(after, SeriesId{7})))
    told += fmt::format("{}#{}", told.empty() ? "" : " ", version.number);
  CHECK(told == added);
}
