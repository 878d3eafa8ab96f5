#include "model/printable.hpp"

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("nothing in a printed URL steers the terminal") {
  using namespace std::string_literals;
  const auto [text, wanted] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"http://a.example/p?q=1~", "http://a.example/p?q=1~"},
      {"\x1b]0;title\x07", "?]0;title?"},
      {"a\nb\r\tc\x7f", "a?b??c?"},
      {"a\0b"s, "a?b"},
      {"\xc2\x9b"
       "2J",
       "?2J"},  // CSI as UTF-8 ...
      {"\x9b"
       "2J",
       "?2J"},                       // ... and as one byte
      {"\xc2\xa0", "\xc2\xa0"},      // the first behind C1
      {"\xe0\x82\x9b", "???"},       // CSI, overlong
      {"\xed\xa0\x80", "???"},       // half a surrogate pair
      {"\xf4\x90\x80\x80", "????"},  // beyond U+10FFFF
      {"\xe2\x82", "??"},            // cut
      {"\xdb\x9b", "\xdb\x9b"},      // a letter with 0x9b in it
      {"a\u202Emoc.x", "a?moc.x"},   // right to left from here on
      {"\u2066a\u2069\u202A", "?a??"},
      {"\u200F\u2029\u2065\u206A", "\u200F\u2029\u2065\u206A"},
      {"b\xc3\xbc"
       "cher \xe2\x82\xac \xf0\x9f\x98\x80",
       "b\xc3\xbc"
       "cher \xe2\x82\xac \xf0\x9f\x98\x80"},
  }));
  CHECK(printable(text) == wanted);
}
