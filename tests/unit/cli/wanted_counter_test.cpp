#include "cli/harvest/wanted_counter.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "model/timestamp.hpp"
#include "model/url.hpp"

using namespace winnow;
using namespace winnow::cli;

namespace {

/// A capture a day of one page, one letter each: a digest; `.` none; `>` a redirect, `!` an error, both with
/// digests of their own. Each is 100 bytes.
std::vector<Capture> index(const std::string& picture, const std::string& url = "http://a.test/privacy") {
  std::vector<Capture> rows;
  for (const char sign : picture) {
    Capture row{.urlkey = urlkey(url),
                .timestamp = Timestamp::from_time(std::chrono::sys_days{std::chrono::year{2010} / 1 / 4} +
                                                  std::chrono::days(rows.size())),
                .original = url,
                .mimetype = "text/html",
                .statuscode = sign == '>'   ? 301
                              : sign == '!' ? 404
                                            : 200,
                .digest = sha1(std::to_string(rows.size())),
                .length = 100};
    if (sign == '.') row.digest.reset();
    if (sign >= 'a') row.digest = sha1(std::string(1, sign));
    rows.push_back(row);
  }
  return rows;
}

WantedCounter count(const Selection& selection, const std::vector<Capture>& rows) {
  WantedCounter counter(selection);
  for (const Capture& row : rows)
    counter.add(row);
  counter.end_page();
  return counter;
}

}  // namespace

TEST_CASE("how many captures a selection wants, from the index alone", "[wanted_counter]") {
  const auto [selection, picture, least, most] =
      GENERATE(table<std::string, std::string, std::uint64_t, std::uint64_t>({
          {"all", "aab.!>", 6, 6},
          {"unique", "aab.!>", 5, 5},
          {"changes", "", 0, 0},
          {"changes", "a", 1, 1},
          {"changes", ".", 1, 1},
          {"changes", "aaaa", 1, 1},
          {"changes", "aabbcc", 2, 3},
          {"changes", "abcda", 1, 4},
          {"changes", ".....", 2, 5},
          {"changes", "ab!!>>!a>>>", 3, 4},
          {"changes", ">>>>", 2, 2},
          {"changes", "!!!!", 0, 0},
          {"every:7d", "..............", 2, 2},
          {"every:7d", "aaaaaaaaaaaaaa", 1, 1},
          {"every:7d", "!!>....!!!!!!!", 1, 1},
          {"changes,every:7d", "..............", 4, 14},
          {"changes,every:7d", "aaaaaaabbbbbbb", 2, 2},
      }));
  CAPTURE(selection, picture);
  const WantedCounter counter = count(*Selection::parse(selection), index(picture));
  CHECK(counter.least().captures == least);
  CHECK(counter.most().captures == most);
  CHECK(counter.least().bytes == 100 * least);
  CHECK(counter.most().bytes == 100 * most);
  CHECK(counter.listed().captures == picture.size());
}

TEST_CASE("pages are counted one by one: a digest tells bodies apart within its page", "[wanted_counter]") {
  auto rows = index("abba");
  const auto more = index("abba", "http://a.test/terms");
  rows.insert(rows.end(), more.begin(), more.end());
  const WantedCounter unique = count(Selection::unique, rows);
  CHECK(unique.pages() == 2);
  CHECK(unique.most().captures == 4);
  CHECK(count(Selection::changes, rows).least().captures == 2);
}

TEST_CASE("more digests than are remembered are counted within a few percent", "[wanted_counter]") {
  WantedCounter counter(Selection::unique);
  const auto row = index("a").front();
  for (int i = 0; i < 100'000; ++i) {
    Capture one = row;
    one.digest = sha1(std::to_string(i));
    counter.add(one);
  }
  counter.end_page();
  CHECK(counter.most().captures == Approx(100'000).epsilon(0.05));
}
