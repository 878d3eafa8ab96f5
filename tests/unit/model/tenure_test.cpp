#include "model/tenure.hpp"

#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace winnow;

namespace {

/// `from>to@year`, or `from>to@year!` for one that is hardly sure.
Takeover takeover(const std::string& text) {
  const auto arrow = text.find('>');
  const auto at = text.find('@');
  return {.from_urlkey = text.substr(0, arrow),
          .to_urlkey = text.substr(arrow + 1, at - arrow - 1),
          .when = *Timestamp::parse_partial(text.substr(at + 1, 4), Timestamp::Round::down),
          .evidence = Takeover::Evidence::redirect,
          .confidence = text.back() == '!' ? 0.1 : 0.9};
}

std::string shown(const std::vector<std::vector<Tenure>>& all) {
  std::string out;
  for (const auto& series : all) {
    out += out.empty() ? "" : "; ";
    for (const Tenure& tenure : series)
      out += tenure.since ? fmt::format(" {} {}", tenure.since->date().substr(0, 4), tenure.urlkey)
                          : tenure.urlkey;
  }
  return out;
}

}  // namespace

TEST_CASE("takeovers make series of pages", "[tenure]") {
  const auto [story, takeovers, series] = GENERATE(table<std::string, std::vector<std::string>, std::string>({
      {"nothing", {}, ""},
      {"one move", {"a>b@2010"}, "a 2010 b"},
      {"two moves, told in any order", {"b>c@2014", "a>b@2010"}, "a 2010 b 2014 c"},
      {"a page comes back", {"a>b@2010", "b>a@2012"}, "a 2010 b 2012 a"},
      {"later evidence of the same move", {"a>b@2010", "a>b@2011"}, "a 2010 b"},
      {"the old page leads on to the newest too", {"a>b@2010", "b>c@2012", "a>c@2012"}, "a 2010 b 2012 c"},
      {"two documents become one: one of them ends", {"a>c@2010", "b>c@2012"}, "a 2010 c"},
      {"one page is followed by two: the surer one", {"a>b@2010!", "a>c@2010"}, "a 2010 c"},
      {"two series of one site", {"a>b@2010", "x>y@2009"}, "x 2009 y; a 2010 b"},
      {"two that meet stay two", {"a>b@2010", "x>y@2009", "y>b@2012"}, "x 2009 y; a 2010 b"},
      {"a page does not succeed itself", {"a>a@2010", "a>b@2011", "b>b@2012"}, "a 2011 b"},
  }));
  CAPTURE(story);
  std::vector<Takeover> list;
  for (const auto& text : takeovers)
    list.push_back(takeover(text));
  CHECK(shown(joined_series(list)) == series);
}
