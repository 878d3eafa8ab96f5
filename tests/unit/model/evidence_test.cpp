#include "model/evidence.hpp"

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("evidence is the headers that tell why, and the first bytes", "[evidence]") {
  Headers answer;
  for (const char* line : {
           "Server: nginx",
           "content-type: text/html; charset=utf-8",
           "Set-Cookie: a=b",
           "X-Archive-Redirect-Reason: found capture at 20110521195625",
           "X-Archive-Orig-Set-Cookie: secret=1",
           "X-Archive-Orig-Content-Length: 1234",
           "X-Frame-Options: DENY",
           "Retry-After: 60",
       })
    answer.add_line(line);
  const Evidence evidence = evidence_of(answer, "<h1>Blocked</h1>\r\n");
  const std::vector<HeaderField> wanted = {
      {"Server", "nginx"},
      {"content-type", "text/html; charset=utf-8"},
      {"X-Archive-Redirect-Reason", "found capture at 20110521195625"},
      {"X-Archive-Orig-Content-Length", "1234"},
      {"Retry-After", "60"},
  };
  CHECK(evidence.headers.fields() == wanted);
  CHECK(evidence.body_start == "<h1>Blocked</h1>\\r\\n");
  CHECK(evidence_of({}, "") == Evidence{});
}

TEST_CASE("evidence is printable ASCII", "[evidence]") {
  struct Case {
    const char* story;
    std::string_view bytes;
    std::string_view text;
  };
  using namespace std::string_view_literals;
  const Case cases[] = {
      {"as it is", "a ~", "a ~"},
      {"a terminal's escape sequence", "\x1b[31mred", "\\x1b[31mred"},
      {"gzip", "\x1f\x8b\x08\0"sv, "\\x1f\\x8b\\x08\\x00"},
      {"UTF-8, told exactly", "n\xc3\xa3o", "n\\xc3\\xa3o"},
      {"a backslash can't be mistaken for an escape", "\\x1b", "\\\\x1b"},
      {"DEL and C1", "\x7f\x9b", "\\x7f\\x9b"},
      {"lines", "a\tb\r\n", "a\\tb\\r\\n"},
      {"cut by the bytes that were sent", "123456789ab\n", "123456789ab"},
  };
  for (const auto& [story, bytes, text] : cases) {
    CAPTURE(story);
    CHECK(escaped(bytes, 11) == text);
  }
}

TEST_CASE("evidence is small whatever was sent", "[evidence]") {
  Headers answer;
  for (int i = 0; i < 1000; ++i)
    answer.add("X-Archive-" + std::string(5000, 'n'), std::string(5000, '\x01'));
  const Evidence evidence = evidence_of(answer, std::string(1'000'000, '\0'));
  CHECK(evidence.headers.fields().size() == 16);
  CHECK(evidence.headers.fields()[0].name.size() == 64);
  CHECK(evidence.headers.fields()[0].value.size() == 4 * 200);
  CHECK(evidence.body_start.size() == 4 * 256);
}
