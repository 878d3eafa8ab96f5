// UTF-8 that was encoded twice, and text that only looks like it.
#include "extract/double_encoding.hpp"

#include <string>
#include <tuple>
#include <vector>

#include <catch2/catch.hpp>

#include "extract/charset.hpp"
#include "extract/windows_1252.hpp"
#include "markdown_of.hpp"

namespace winnow {
namespace {

/// Of UTF-8, what it is when its bytes are taken for windows-1252.
std::string doubled(std::string_view utf8) {
  std::string text;
  for (const char byte : utf8) {
    const UChar32 c = windows_1252_character(static_cast<std::uint8_t>(byte));
    if (c < 0x80) {
      text += static_cast<char>(c);
    } else if (c < 0x800) {
      text += static_cast<char>(0xC0 | (c >> 6));
      text += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      text += static_cast<char>(0xE0 | (c >> 12));
      text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      text += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return text;
}

std::string mended(std::string_view text) {
  return mend_double_encoding(text).value_or(std::string(text));
}

}  // namespace

TEST_CASE("what was encoded twice is mended where it stands alone") {
  // Each beside "ő", which no text that went through windows-1252 has: the page itself is no proof.
  const auto text = GENERATE(values<std::string>({
      "Policy’s terms",
      "“quoted” text",
      "the European Union – and others",
      "10 € and 20 £5",
      "© 2006",
      "Copyright © 2020",
      "Acme™ wins",
      "café",
      "état",
      "vocé só leva 25 porções",
      "voilà la page",
      "il va à la page",
      "FEMINISÉE",
      "À propos",
      "Österreich",
      "Straße",
      "więcej, które się może",
      "Şirket çalışanları",
      "şi ţară",
      "și țară",
      "Политика конфиденциальности",
      "Πολιτική απορρήτου",
      "מדיניות פרטיות",
      "سياسة الخصوصية",
      "隐私政策",
      "プライバシーポリシー",
      "개인정보 처리방침",
      "นโยบายความเป็นส่วนตัว",
      "nice 😀",
      "oﬃce",
      "• one",
      "✓ yes",
      "→ more",
      "x² and y³ cm",
      "25° C",
  }));
  INFO(text);
  const std::string page = "<p>ő</p><p>" + text + "</p>";
  CHECK(mended("<p>ő</p><p>" + doubled(text) + "</p>") == page);
  CHECK(mended("<p>ő</p><p>" + doubled(doubled(text)) + "</p>") == page);
  CHECK(mended(page) == page);
}

TEST_CASE("text that is right is left alone, though its bytes would be UTF-8") {
  const auto [story, text] = GENERATE(table<const char*, std::string>({
      {"French: no-break space and guillemet", "la difficulté\u00A0», dit-il. «\u00A0Né\u00A0»"},
      {"a letter before two quotation marks", "« il dit ‘café’” »"},
      {"brands", "NESCAFÉ® and NESTLÉ™"},
      {"a capital before a quotation mark", "“AMANHÔ and “IRMû"},
      {"a capital before a dash", "AMANHÖHOJE, ŠKODAÄ–X"},
      {"letters that are spoken of", "the letters “Ä”, “Ö” and «Â»"},
      {"Czech", "Úžasné! Co máš… a nemáš” nebo víš…"},
      {"Welsh", "Â\u00A0phwy? Â’r plant"},
      {"a square ångström", "5 mÅ² and 3 eÅ³"},
      {"lists of letters", "Ò·Ó·Ô·Õ and Ä–Ö–Ü"},
      {"Icelandic", "orð\u00A0®· það"},
      {"German", "„Spaß“ und „Fuß”"},
  }));
  INFO(story);
  CHECK_FALSE(mend_double_encoding(text));
  CHECK_FALSE(mend_double_encoding("<p>" + text + "</p><p>more</p>"));
  const DecodedPage page = decode_page(text, *find_encoding("utf-8"));
  CHECK(page.utf8 == text);
  CHECK_FALSE(page.mended);
}

TEST_CASE("what is doubtful goes with its surroundings") {
  // "Ô" alone is "Ã”", a capital before a quotation mark, as it may stand in Portuguese.
  const std::string doubtful = doubled("HÔTEL");
  CHECK(mended(doubtful + "ő") == doubtful + "ő");
  CHECK(mended("<p>" + doubtful + doubled(" né") + "</p><p>ő</p>") == "<p>HÔTEL né</p><p>ő</p>");
  CHECK(mended("<p>" + doubtful + "</p><p>" + doubled("né") + "</p>") == "<p>HÔTEL</p><p>né</p>");
  // Where other text is right, it may be right as well.
  CHECK(mended("<p>" + doubtful + "</p><p>" + doubled("né") + "</p><p>né</p>") ==
        "<p>" + doubtful + "</p><p>né</p><p>né</p>");
}

TEST_CASE("text may have gone through ISO 8859-1, or windows-1252 through it") {
  CHECK(mended("it\u00E2\u0080\u0099s") == "it’s");
  CHECK(mended("it\u00C2\u0092s") == "it’s");
  CHECK(mended("\u00C3\u0081rea") == "Área");
  CHECK(mended(doubled("\uFEFF") + "x") == "\uFEFFx");
}

TEST_CASE("what is no sequence is left alone") {
  const auto text =
      GENERATE(values<std::string>({"", "plain", "\xC3\x83", "\xC3\x83\xC2", "\xC3\x83\xC2\xA9\xFF", "Ã",
                                    "Ã x", "â€", "<Ã", "\xFF\xFE\xC3", "â\u00A9"}));
  INFO(text);
  const std::string once = mended(text);
  CHECK(once.size() <= text.size());
}

TEST_CASE("a page with a comment that was encoded twice has the mark") {
  const Text text = test::extracted("<meta charset=utf-8><h1>Déclaration ő</h1><p>Weâ€™ll keep it.</p>");
  CHECK(text.markdown == "# Déclaration ő\n\nWe’ll keep it.");
  CHECK(text.marks == std::vector{Mark::whole_page, Mark::mended});
}

TEST_CASE("parts of a windows-1252 page that are UTF-8") {
  const DecodedPage page =
      decode_page("It\x92s 5 \x80: it\xE2\x80\x99s caf\xC3\xA9", *find_encoding("windows-1252"));
  CHECK(page.utf8 == "It’s 5 €: it’s café");
  CHECK(page.mended);
  CHECK_FALSE(decode_page("It\x92s caf\xE9\xA0\xBB", *find_encoding("windows-1252")).mended);
}

TEST_CASE("text that was encoded twice by way of character references") {
  // PHP's htmlentities() took UTF-8 for ISO 8859-1 until version 5.4.
  const auto [written, read] = GENERATE(table<std::string, std::string>({
      {"donn&Atilde;&copy;es", "données"},
      {"donn&#195;&#169;es", "données"},
      {"donn&#xC3;&#xa9;es", "données"},
      {"it&acirc;&euro;&trade;s", "it’s"},
      {"it&acirc;&#128;&#153;s", "it’s"},
      {"it&acirc;€™s", "it’s"},
      {"&Acirc;&copy; 2009", "© 2009"},
      {"&ETH;&Yuml;&ETH;&frac34;&ETH;&raquo;", "Пол"},
  }));
  INFO(written);
  const auto label = GENERATE(values<std::string>({"utf-8", "iso-8859-1", "iso-8859-15"}));
  const bool is_ascii = written.find('\xE2') == std::string::npos;
  if (is_ascii || label == "utf-8") {
    const DecodedPage page = decode_page("<p>" + written + "</p>", *find_encoding(label));
    CHECK(page.utf8 == "<p>" + read + "</p>");
    CHECK(page.mended);
  }
}

TEST_CASE("character references that are no text encoded twice stay as they are written") {
  const auto text = GENERATE(values<std::string>({
      "d&eacute;&agrave;",
      "&laquo;&nbsp;&Agrave; vous&nbsp;&raquo;",
      "NESCAF&Eacute;&reg;",
      "difficult&eacute;&nbsp;&raquo;",
      "&nbsp;&nbsp;&nbsp;&copy;",
      "&amp;Atilde;&copy;",
      "&lt;&Atilde;&gt;",
      "&Atilde;&NewLine;&copy;",
      "&Atilde; &copy;",
      "&Atilde&copy",
      "&;&Atilde;",
      "&Atilde;&",
      "&Atilde;&unknown;",
  }));
  INFO(text);
  const DecodedPage page = decode_page(text, *find_encoding("utf-8"));
  CHECK(page.utf8 == text);
  CHECK_FALSE(page.mended);
}

}  // namespace winnow
