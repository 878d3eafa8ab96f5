// Pages that declare no charset, or a wrong one.
#include "extract/charset_detect.hpp"

#include <memory>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>
#include <unicode/ucnv.h>

#include "extract/charset.hpp"
#include "markdown_of.hpp"
#include "model/handle.hpp"

namespace winnow {
namespace {

using namespace std::string_literals;

/// UTF-8 in another encoding, by ICU's name of it.
std::string encoded(const std::string& utf8, const char* converter) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, FreeWith<ucnv_close>> to(ucnv_open(converter, &status));
  const std::unique_ptr<UConverter, FreeWith<ucnv_close>> from(ucnv_open("utf-8", &status));
  std::string bytes(4 * utf8.size() + 16, '\0');
  char* target = bytes.data();
  const char* source = utf8.data();
  ucnv_convertEx(to.get(), from.get(), &target, target + bytes.size(), &source, source + utf8.size(), nullptr,
                 nullptr, nullptr, nullptr, 1, 1, &status);
  REQUIRE(U_SUCCESS(status));
  bytes.resize(static_cast<std::size_t>(target - bytes.data()));
  return bytes;
}

const std::string k_russian =
    "Политика конфиденциальности. Мы собираем персональные данные пользователей сайта и используем их только "
    "для оказания услуг.";
const std::string k_ukrainian =
    "Політика конфіденційності. Ми збираємо персональні дані користувачів сайту та використовуємо їх лише "
    "для надання послуг. Її зміст може бути змінено без попередження, якщо це потрібно для захисту прав.";
const std::string k_greek =
    "Πολιτική απορρήτου. Συλλέγουμε προσωπικά δεδομένα των χρηστών και τα χρησιμοποιούμε μόνο για την παροχή "
    "υπηρεσιών.";
const std::string k_hebrew =
    "מדיניות פרטיות. אנו אוספים מידע אישי על המשתמשים באתר ומשתמשים בו רק לצורך מתן השירות. לא נעביר את "
    "המידע.";
const std::string k_arabic =
    "سياسة الخصوصية. نحن نجمع البيانات الشخصية لمستخدمي الموقع ونستخدمها فقط لتقديم الخدمات. لن نشارك "
    "معلوماتك.";
const std::string k_thai =
    "นโยบายความเป็นส่วนตัว เราเก็บรวบรวมข้อมูลส่วนบุคคลของผู้ใช้เว็บไซต์และใช้เพื่อให้บริการเท่านั้น "
    "เราจะไม่เปิดเผยข้อมูลของท่านแก่บุคคลที่สาม";
const std::string k_japanese =
    "プライバシーポリシー。当社はお客様の個人情報を収集し、サービスの提供のためにのみ利用いたします。お客様の"
    "同意なしに第三者に提供す"
    "ることはありません。";
const std::string k_chinese =
    "隐私政策。我们收集网站用户的个人信息，并仅将其用于提供服务。未经您的同意，我们不会向第三方披露您的信息"
    "。";
const std::string k_taiwanese =
    "隱私權政策。我們收集網站使用者的個人資料，並僅將其用於提供服務。未經您的同意，我們不會向第三方揭露您的資"
    "料。";
const std::string k_korean =
    "개인정보 처리방침. 회사는 이용자의 개인정보를 수집하며 서비스 제공을 위해서만 이용합니다. 이용자의 동의 "
    "없이 "
    "제공하지 않습니다.";
const std::string k_polish =
    "Polityka prywatności. Zbieramy dane osobowe użytkowników strony i używamy ich wyłącznie w celu "
    "świadczenia "
    "usług.";
const std::string k_turkish =
    "Gizlilik politikası. Site kullanıcılarının kişisel bilgilerini topluyor ve yalnızca hizmet sunmak için "
    "kullanıyoruz.";
const std::string k_french =
    "Politique de confidentialité. Nous recueillons des données à caractère personnel et les utilisons pour "
    "« "
    "vous ».";

std::string page_of(const std::string& text) {
  return "<html><head><title>www.example.org</title></head><body bgcolor=\"#ffffff\"><p>" + text +
         "</p></body></html>";
}

}  // namespace

TEST_CASE("an undeclared page of any encoding is read right") {
  struct Row {
    const char* converter;
    std::string text;
  };
  const auto row = GENERATE(values<Row>({
      {"windows-1251", k_russian},    {"koi8-r", k_russian},
      {"iso-8859-5", k_russian},      {"windows-1251", k_ukrainian},
      {"koi8-u", k_ukrainian},        {"windows-1253", k_greek},
      {"iso-8859-7", k_greek},        {"windows-1255", k_hebrew},
      {"windows-1256", k_arabic},     {"iso-8859-6", k_arabic},
      {"windows-874-2000", k_thai},   {"ibm-943_P15A-2003", k_japanese},
      {"euc-jp", k_japanese},         {"iso-2022-jp", k_japanese},
      {"gb18030", k_chinese},         {"big5-hkscs", k_taiwanese},
      {"windows-949-2000", k_korean}, {"iso-8859-2", k_polish},
      {"windows-1254", k_turkish},    {"windows-1252", k_french},
      {"utf-8", k_russian},           {"utf-16le", k_chinese},
      {"utf-16be", k_russian},        {"UTF-16BE,version=1", k_french},  // with a byte order mark
      {"UTF-16LE,version=1", k_thai},
  }));
  INFO(row.converter);
  const Text text = test::extracted(encoded(page_of(row.text), row.converter));
  INFO(text.charset);
  CHECK(text.markdown == row.text);
}

TEST_CASE("an encoding shows behind whatever a reader does not see, or reads in English") {
  const auto [converter, text, name] = GENERATE(table<const char*, std::string, std::string>({
      {"windows-1251", k_russian, "windows-1251"},
      {"koi8-r", k_russian, "KOI8-R"},
      {"windows-1254", k_turkish, "windows-1254"},
      {"ibm-943_P15A-2003", k_japanese, "Shift_JIS"},
      {"gb18030", k_chinese, "gb18030"},
      {"big5-hkscs", k_taiwanese, "Big5"},
      {"windows-874-2000", k_thai, "windows-874"},
  }));
  const auto [begin, piece, end] = GENERATE(table<std::string, std::string, std::string>({
      {"<style>", "div.menu li a:hover { color: #336699; margin: 0 auto }\n", "</style>"},
      {"<script>", "var tracker = window.tracker || []; if (a < b) tracker.push('page');\n", "</script>"},
      {"<!--", "the page is made by the program that makes pages\n", "-->"},
      {"<ul>", "<li><a href='/about/the/company'>About the company and its partners</a>\n", "</ul>"},
      {"<p>", "We collect the information that you give us when you register with the service. ", "</p>"},
  }));
  const std::size_t times = GENERATE(100U, 2000U);
  std::string page = begin;
  for (std::size_t i = 0; i < times; ++i)
    page += piece;
  page += end + encoded("<p>" + text + "</p>", converter);
  INFO(converter << ' ' << begin << ' ' << times);
  CHECK(choose_charset(page, "").encoding->name == name);
}

TEST_CASE("only what surely is another encoding is no longer what was declared") {
  struct Row {
    const char* story;
    std::string bytes;
    std::string content_type;
    std::string charset;
    bool guessed;
  };
  const std::string nbsp =
      "<p>\xA0\xA0\xA0\xA0\xA0\xA0 \x95\xA0\xA0\xA0\xA0\xA0 one "
      "\xA0\xA0\xA0\xA0\xA0\xA0\xA0\xA0\xA0\xA0\xA0\xA0";
  const auto row = GENERATE_COPY(values<Row>({
      {"EUC-JP", "<meta charset=shift_jis>" + encoded(k_japanese, "euc-jp"), "", "EUC-JP", true},
      {"Shift_JIS", "<meta charset=euc-jp>" + encoded(k_japanese, "ibm-943_P15A-2003"), "", "Shift_JIS",
       true},
      {"traditional Chinese", "<meta charset=gb2312>" + encoded(k_taiwanese, "big5-hkscs"), "", "Big5", true},
      {"Russian by a program that writes Latin-1",
       "<meta charset=iso-8859-1>" + encoded(k_russian, "windows-1251"), "", "windows-1251", true},
      {"Japanese likewise", "<meta charset=iso-8859-1>" + encoded(k_japanese, "ibm-943_P15A-2003"), "",
       "Shift_JIS", true},
      {"a server's default, and the page knows better",
       "<meta charset=koi8-r>" + encoded(k_russian, "koi8-r"), "text/html; charset=iso-8859-1", "KOI8-R",
       false},
      {"a Japanese page with halfwidth letters and a character that was cut",
       "<meta charset=shift_jis>" + encoded(k_japanese, "ibm-943_P15A-2003") + "\xB1\xB2\xB3\xB4 \x83", "",
       "Shift_JIS", false},
      {"French", "<meta charset=iso-8859-1>" + encoded(k_french, "windows-1252"), "", "windows-1252", false},
      {"Turkish, whose letters Latin-1 has but for six",
       "<meta charset=iso-8859-1>" + encoded(k_turkish, "windows-1254"), "", "windows-1252", false},
      {"rows of no-break spaces", nbsp, "text/html; charset=iso-8859-1", "windows-1252", false},
      {"a name in Russian", "<meta charset=iso-8859-1><p>By " + encoded("Иван", "windows-1251"), "",
       "windows-1252", false},
  }));
  INFO(row.story);
  const Charset charset = choose_charset(row.bytes, row.content_type);
  CHECK(charset.encoding->name == row.charset);
  CHECK(charset.guessed == row.guessed);
}

TEST_CASE("a declaration that the bytes refute is not believed") {
  struct Row {
    const char* story;
    std::string bytes;
    std::string content_type;
    std::string charset;
  };
  const auto row = GENERATE(values<Row>({
      {"the server's default, and the page knows better",
       "<meta charset=koi8-r>" + encoded(k_russian, "koi8-r"), "text/html; charset=utf-8", "KOI8-R"},
      {"declared UTF-8 by both", "<meta charset=utf-8>" + encoded(page_of(k_russian), "windows-1251"),
       "text/html; charset=utf-8", "windows-1251"},
      {"a French page whose guillemets make a sequence of UTF-8 by chance",
       "<meta charset=utf-8>" + encoded(k_french, "windows-1252") + "\xE9\xA0\xBB", "", "windows-1252"},
      {"UTF-8 with a footer of windows-1252", "<meta charset=iso-8859-1>" + k_french + k_french + "\xA9 2004",
       "", "UTF-8"},
      {"windows-1252 with a comment of UTF-8",
       "<meta charset=iso-8859-1>" + encoded(k_french, "windows-1252") + "é", "", "windows-1252"},
      {"UTF-16 in the header of a page of ASCII", "<p>plain", "text/html; charset=utf-16", "UTF-8"},
      {"UTF-16 of the other order", encoded(page_of(k_russian), "utf-16be"), "text/html; charset=utf-16",
       "UTF-16BE"},
      {"UTF-16 that is said to be Latin-1", encoded(page_of(k_russian), "utf-16le"),
       "text/html; charset=latin1", "UTF-16LE"},
      {"an English page from a Chinese Windows",
       "<meta charset=gb2312><p>The Policy\x92s terms and what we\x92ll do with them, \xA9 2004</p>", "",
       "windows-1252"},
      {"Chinese", "<meta charset=gb2312>" + encoded(k_chinese, "gb18030"), "", "GBK"},
      {"Korean", "<meta charset=euc-kr>" + encoded(k_korean, "windows-949-2000"), "text/html", "EUC-KR"},
      {"katakana in Shift_JIS, whose second bytes are ASCII",
       "<meta charset=shift_jis>\x83\x65\x83\x58\x83\x67", "", "Shift_JIS"},
      {"nothing declared, and Korean in seven bits",
       "\x1B$)C<p>\x0E"
       "03@N\x0F</p>",
       "", "ISO-2022-KR"},
      {"a byte order mark against all", "\xEF\xBB\xBF<meta charset=latin1>\xE9", "text/html; charset=latin1",
       "UTF-8"},
  }));
  INFO(row.story);
  CHECK(choose_charset(row.bytes, row.content_type).encoding->name == row.charset);
}

TEST_CASE("bytes of windows-1252 in UTF-8 have an answer where it is certain") {
  const auto [story, bytes, utf8, bad] = GENERATE(table<const char*, std::string, std::string, bool>({
      {"a quotation mark", "the Policy\x92s terms – é", "the Policy’s terms – é", false},
      {"a letter that the page has not otherwise", "na\xEFve – caf\xE9 – é", "naïve – café – é", false},
      {"a letter before a guillemet", "caf\xE9\xBB – é", "café» – é", false},
      {"a byte order mark before an old page",
       "\xEF\xBB\xBF"
       "caf\xE9 \x80 5",
       "café € 5", false},
      {"a character that was cut", "papieros\xC3... żółć", "papieros\uFFFD... żółć", true},
      {"a character that was cut, in Russian", "Полити\xD0... к", "Полити\uFFFD... к", true},
      {"the page was cut", "né – \xE9", "né – \uFFFD", true},
      {"the end of a quotation mark", "né \x80\x99s", "né \uFFFD\u2122s", true},
      {"a sign on a Russian page",
       "\xAB"
       "Политика\xBB \x97 \xA9 2004",
       "«Политика» — © 2004", false},
      {"a letter on a Polish page", "Zażółć \xB3 i \xB9", "Zażółć \uFFFD i \uFFFD", true},
      {"a noncharacter's byte", "né \xFF!", "né \uFFFD!", true},
  }));
  INFO(story);
  const DecodedPage page = decode_page(bytes, *find_encoding("utf-8"));
  CHECK(page.utf8 == utf8);
  CHECK(page.bad_bytes == bad);
  CHECK(page.mended == (utf8.find("\uFFFD") == std::string::npos || utf8.find("™") != std::string::npos));
}

TEST_CASE("what is invalid takes no markup with it") {
  const auto [label, lead] = GENERATE(table<std::string, std::string>({
      {"gbk", "\xC4"},
      {"big5", "\xA4"},
      {"euc-kr", "\xB0"},
      {"euc-jp", "\xA4"},
      {"shift_jis", "\x83"},
      {"utf-8", "\xE2\x82"},
  }));
  INFO(label);
  const DecodedPage page = decode_page(lead + "<p>x", *find_encoding(label));
  CHECK(page.utf8 == "\uFFFD<p>x");
  CHECK(page.bad_bytes);
  CHECK(decode_page("x" + lead, *find_encoding(label)).utf8 == "x\uFFFD");
}

TEST_CASE("ICU's tables are WHATWG's where pages see a difference") {
  const auto [label, bytes, utf8] = GENERATE(table<std::string, std::string, std::string>({
      {"gb2312", "\xD2\xFE\xA3\xA0\xCB\xBD", "隐\u3000私"},
      {"gbk", "\x80 5", "€ 5"},
      {"koi8-u", "\xAE\xBE", "ўЎ"},
      {"koi8-r", "\xAE\xBE", "╝╬"},
      {"euc-kr", "\x8C\x63", "똠"},
      {"gb18030", "\x81\x30\x81\x30", ""},  // U+0080, a control
      {"gb18030", "\x94\x39\xDA\x33", "💩"},
      {"windows-1255", "\xF9\xEC\xE5\xED", "שלום"},
      {"euc-jp", "\x8F\xB0\xA1", "丂"},
      {"shift_jis", "\\~\xB1", "\\~ｱ"},
  }));
  INFO(label);
  CHECK(decode_page(bytes, *find_encoding(label)).utf8 == utf8);
}

TEST_CASE("every label of the standard is known") {
  std::istringstream lines(test::fixture("encoding_labels.txt"));
  std::size_t labels = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream words(line);
    std::string name;
    words >> name;
    name.pop_back();
    for (std::string label; words >> label; ++labels) {
      INFO(label);
      const CharEncoding* encoding = find_encoding(label);
      if (name != "replacement") {
        REQUIRE(encoding != nullptr);
        CHECK(encoding->name == name);
      } else if (label == "replacement") {
        CHECK(encoding == nullptr);
      } else {
        REQUIRE(encoding != nullptr);
      }
    }
  }
  CHECK(labels == 228);
}

}  // namespace winnow
