#include "extract/charset.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "markdown_of.hpp"

using namespace winnow;
using namespace std::string_literals;

namespace {

struct Row {
  std::string bytes;
  std::string content_type;
  std::string charset;
  bool guessed;
};

}  // namespace

TEST_CASE("labels mean what WHATWG's table says") {
  const auto [label, name] = GENERATE(table<std::string, std::string>({
      {"latin1", "windows-1252"},
      {"ISO-8859-1", "windows-1252"},
      {" us-ascii\n", "windows-1252"},
      {"UTF8", "UTF-8"},
      {"ks_c_5601-1987", "EUC-KR"},
      {"x-sjis", "Shift_JIS"},
      {"gb2312", "GBK"},
      {"iso-8859-9", "windows-1254"},
      {"tis-620", "windows-874"},
      {"unicode", "UTF-16LE"},
      {"hz-gb-2312", "HZ-GB-2312"},
  }));
  REQUIRE(find_encoding(label) != nullptr);
  CHECK(find_encoding(label)->name == name);
}

TEST_CASE("what is no label is none") {
  CHECK(find_encoding("") == nullptr);
  CHECK(find_encoding("utf-9") == nullptr);
  CHECK(find_encoding("none") == nullptr);
}

TEST_CASE("the charset is chosen by mark, header, page, bytes") {
  const auto row = GENERATE(values<Row>({
      {"\xEF\xBB\xBF<meta charset=latin1>x", "text/html; charset=koi8-r", "UTF-8", false},
      {"\xFF\xFEx\0", "", "UTF-16LE", false},
      {"<meta charset=koi8-r>\xC1", "text/html; charset=\"windows-1251\"", "windows-1251", false},
      {"<meta charset='windows-1251'>\xC1", "text/html", "windows-1251", false},
      {"<META content='text/html; charset=Shift_JIS' http-equiv=Content-Type>\x83\x65", "", "Shift_JIS",
       false},
      {"<meta name=description content='charset=koi8-r'>plain", "", "UTF-8", true},
      {"<!-- <meta charset=koi8-r> --><meta charset=latin1>\xE9", "", "windows-1252", false},
      {"<script>document.write('<meta charset=koi8-r>')</script><meta charset=windows-1251>\xC1", "",
       "windows-1251", false},
      {"<style>a{content:'<meta charset=koi8-r>'}</style>caf\xC3\xA9", "", "UTF-8", true},
      {"<script>if (a < b) <meta charset=koi8-r>\xC1", "", "KOI8-R", false},  // no end, no script
      {"<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><html>\xE9", "", "ISO-8859-2", false},
      {"<meta charset=utf-16>\xC3\xA9", "", "UTF-8", false},
      {"<meta charset=x-user-defined>\xE9", "", "windows-1252", false},
      {"caf\xC3\xA9", "", "UTF-8", true},
      {"<\0h\0t\0m\0l\0>\0a\0b\0c\0d\0"s, "", "UTF-16LE", true},
      // Unknown to every table: as if nothing were declared.
      {"<meta charset=nonsense>caf\xC3\xA9", "text/html; charset=none", "UTF-8", true},
  }));
  INFO(row.bytes << " | " << row.content_type);
  const Charset charset = choose_charset(row.bytes, row.content_type);
  CHECK(charset.encoding->name == row.charset);
  CHECK(charset.guessed == row.guessed);
}

TEST_CASE("a page saved from a browser is UTF-8 whatever its meta tag once said") {
  CHECK(choose_charset("<meta charset=iso-8859-1>\xC2\xA9 2005", "").encoding->name == "UTF-8");
  CHECK(choose_charset("<meta charset=windows-1251>\xD0\x9F\xD0\xBE", "").encoding->name == "UTF-8");
  // Bytes that only look so by chance: two Chinese characters in GBK.
  CHECK(choose_charset("<meta charset=gbk>\xC1\xAA\xCD\xA8", "").encoding->name == "GBK");
}

TEST_CASE("a page that is not the UTF-8 it claims to be is read by its bytes") {
  const std::string page = "<meta charset=utf-8><p>The Policy\x92s terms, and what we may do with them</p>";
  CHECK(choose_charset(page, "").encoding->name == "windows-1252");
  // A page cut inside its only character is UTF-8 all the same.
  CHECK(choose_charset("<meta charset=utf-8>caf\xC3", "").encoding->name == "UTF-8");
}

TEST_CASE("bytes become UTF-8") {
  const auto [label, bytes, utf8, bad] = GENERATE(table<std::string, std::string, std::string, bool>({
      {"windows-1252", "\x93Policy\x92s\x94 \x80", "“Policy’s” €", false},
      {"windows-1252", "a\x81z", "az", false},  // C1 by WHATWG: a control, invisible
      {"utf-8", "a\xFFz", "a\xEF\xBF\xBDz", true},
      {"utf-8", "\xE2\x82", "\xEF\xBF\xBD", true},
      {"utf-8", "a\x01z", "az", false},
      {"utf-8", "a\xEF\xBF\xBFz", "az", false},                        // U+FFFF is no character
      {"utf-8", "\xEF\xBB\xBF\xEF\xBB\xBF# Title", "# Title", false},  // a file in a file
      {"shift_jis", "\x83\x76\x83\x89", "プラ", false},
      {"euc-jp", "\xA5\xD7", "プ", false},
      {"euc-kr", "\xB0\xB3\xC0\xCE", "개인", false},
      {"gb2312", "\xD2\xFE\xCB\xBD", "隐私", false},
      {"big5", "\xC1\xF4\xA8\x70", "隱私", false},
      {"koi8-r", "\xF0\xCF", "По", false},
      {"iso-8859-16", "\xAA\xDE", "ȘȚ", false},
      {"utf-16be", "\x04\x1F\xD8\x3D\xDE\x00"s, "П😀", false},
      {"iso-2022-jp", "\x1B$B%W\x1B(B", "プ", false},
  }));
  INFO(label);
  const DecodedPage page = decode_page(bytes, *find_encoding(label));
  CHECK(page.utf8 == utf8);
  CHECK(page.bad_bytes == bad);
}

TEST_CASE("every encoding of the table can be decoded") {
  for (const char* label : {"ibm866", "iso-8859-3", "iso-8859-8-i", "iso-8859-10", "iso-8859-14", "koi8-u",
                            "macintosh", "windows-874", "windows-1258", "x-mac-cyrillic", "gb18030",
                            "hz-gb-2312", "iso-2022-kr", "iso-2022-cn", "x-user-defined", "utf-16le"}) {
    INFO(label);
    CHECK_FALSE(decode_page("privacy!", *find_encoding(label)).utf8.empty());
  }
}

TEST_CASE("NUL bytes neither end a page nor stay in it") {
  const Text text = test::extracted("<p>before\0after</p>\0<p>the end</p>"s);
  CHECK(text.markdown == "beforeafter\n\nthe end");
}

TEST_CASE("the text's charset and marks tell how it was read") {
  const Text declared = test::extracted("<p>caf\xE9</p>", {}, "text/html; charset=iso-8859-1");
  CHECK(declared.markdown == "café");
  CHECK(declared.charset == "windows-1252");
  CHECK(declared.marks == std::vector{Mark::whole_page});
  const Text bad = test::extracted("<meta charset=utf-8><p>caf\xC3\xA9 \xC3</p>");
  CHECK(bad.markdown == "café \xEF\xBF\xBD");
  CHECK(bad.marks == std::vector{Mark::whole_page, Mark::bad_bytes});
}
