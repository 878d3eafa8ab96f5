#include "model/utf8.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("characters of UTF-8, and bytes that are none") {
  const auto [text, code_point, size] = GENERATE(table<std::string, char32_t, std::size_t>({
      {"ab", U'a', 1},
      {"\u00e9x", 0xe9, 2},
      {"\u20acx", 0x20ac, 3},
      {"\U0001F600x", 0x1f600, 4},
      {"\U0010FFFF", 0x10ffff, 4},
      {"\x80", 0xfffd, 1},
      {"\xc0\x80", 0xfffd, 1},          // overlong
      {"\xe2\x82", 0xfffd, 1},          // cut
      {"\xed\xa0\x80", 0xfffd, 1},      // half a surrogate pair
      {"\xf4\x90\x80\x80", 0xfffd, 1},  // beyond U+10FFFF
  }));
  const Character character = first_character(text);
  CHECK(character.code_point == code_point);
  CHECK(character.size == size);
  CHECK(character_size(text) == (code_point == 0xfffd ? 0 : size));
}
