#include "storage/search_words.hpp"

#include <string>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <catch2/catch.hpp>

using namespace winnow;

namespace {

/// As schema 7 has it.
bool finds(const std::string& query, const std::string& markdown, const std::string& title = "") {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(
      "CREATE VIRTUAL TABLE text_words USING fts5(words, content='', tokenize=\"unicode61 "
      "remove_diacritics 2\")");
  SQLite::Statement insert(database, "INSERT INTO text_words(rowid, words) VALUES(1, ?)");
  insert.bind(1, search_words(title, markdown));
  insert.exec();
  const auto expression = match_expression(query);
  REQUIRE(expression);
  SQLite::Statement select(database, "SELECT count(*) FROM text_words WHERE text_words MATCH ?");
  select.bind(1, *expression);
  REQUIRE(select.executeStep());
  return select.getColumn(0).getInt() == 1;
}

struct Case {
  const char* query;
  const char* markdown;
  bool is_found;
};

void check(const std::vector<Case>& cases) {
  for (const Case& test : cases) {
    CAPTURE(test.query, test.markdown);
    CHECK(finds(test.query, test.markdown) == test.is_found);
  }
}

}  // namespace

TEST_CASE("Words are found whatever their case, accents and Markdown") {
  check({
      {"privacy", "# PRIVACY Policy", true},
      {"confidentialite", "La *confidentialité*", true},
      {"confidentialité", "La confidentialite\xcc\x81", true},
      {"\"personal data\"", "your **personal** [data](https://a.example/cookies)", true},
      {"cookies", "your [data](https://a.example/cookies)", false},
      {"\"our data\"", "our [policy](https://a.example) data", false},
      {"privacy", "pri**va**cy", true},
      {"5*6", "5\\*6", true},
      {"\"5 6\"", "5\\*6", true},
      {"privacy", "pri\xc2\xadvacy", true},
      {"ip", "ＩＰ address", true},
      {"don't", "We don’t sell", true},
      {"opt-out", "You may opt out", true},
      {"opt-out", "You may opt now, or get out", false},
      {"privacy@a.example", "Write to privacy@a.example.", true},
      {"\"terms conditions\"", "terms & conditions", true},
      {"\"one two\"", "| one | two |\n| --- | --- |", true},
  });
}

TEST_CASE("Phrases are found in scripts without spaces") {
  check({
      {"隐私政策", "本隐私政策适用于", true},
      {"隐政", "本隐私政策适用于", false},
      {"\"個人 情報\"", "個人情報の取扱い", true},
      {"クッキー", "このクッキーは", true},
      {"개인정보", "개인정보를 수집", true},
      {"처리방침", "개인정보처리방침", true},
      {"처방", "개인정보처리방침", false},
      {"ข้อมูล", "ความเป็นส่วนตัวของข้อมูลส่วนบุคคล", true},
      {"ขอมล", "ความเป็นส่วนตัวของข้อมูลส่วนบุคคล", false},
  });
}

TEST_CASE("Vowel signs of Indic scripts are part of words, points of Hebrew and Arabic are not") {
  check({
      {"नीति", "गोपनीयता नीति।", true},
      {"नति", "गोपनीयता नीति", false},
      {"त", "गोपनीयता नीति", false},
      {"שלום", "שָׁלוֹם", true},
      {"محمد", "مُحَمَّد", true},
  });
}

TEST_CASE("A query is words, phrases, what must not be there, and beginnings") {
  check({
      {"data cookies", "cookies and data", true},
      {"data cookies", "data alone", false},
      {"\"data cookies\"", "cookies data", false},
      {"“personal data”", "personal data", true},
      {"\"personal data", "personal data", true},
      {"data -cookies", "data", true},
      {"data -cookies", "data, cookies", false},
      {"data -\"third party\" -cookies", "data of a third person", true},
      {"data -\"third party\" -cookies", "data of a third party", false},
      {"consent*", "You consented", true},
      {"consent", "You consented", false},
      {"\"personal inform\"*", "personal information", true},
      {"\"personal inform*\"", "personal information", true},
      {"data - cookies", "data, cookies", true},
      {"data — &&", "data", true},
      {"data\"third party\"", "third party data", true},
  });
}

TEST_CASE("No syntax of FTS5 gets through") {
  check({
      {"one OR two", "one", false},
      {"one OR two", "one or two", true},
      {"NEAR(one two)", "one two", false},
      {"words:one", "one", false},
      {"words:one", "words: one", true},
      {"^two", "one two", true},
      {"{words}", "words", true},
      {"one + two", "two one", true},
      {"'; DROP TABLE texts; --", "drop table texts", true},
      {"a\"\"b", "b a", true},
  });
}

TEST_CASE("A query without words asks for nothing") {
  for (const char* query : {"", " ", "-", "\"\"", "***", "-cookies", "& — “”", "((("}) {
    CAPTURE(query);
    CHECK_FALSE(match_expression(query));
  }
  CHECK(match_expression(std::string_view("a\0\"b", 4)) == "\"a\" AND \"b\"");
}

TEST_CASE("A title's words are searched with the text's") {
  CHECK(finds("lantern", "Text", "The Lantern Post"));
  CHECK(finds("text", "Text", "The Lantern Post"));
}

TEST_CASE("Words know where they stand in the Markdown") {
  const std::string markdown = "# Pri**va**cy: [don't](x)\n\nข้อ 隐私 ＩＰ";
  const LocatedWords located = locate_search_words(markdown);
  CHECK(located.words == search_words("", markdown));
  std::vector<std::string> places;
  for (const SearchWord& word : located.places) {
    CHECK(located.words[word.at] != ' ');
    CHECK((word.at == 0 || located.words[word.at - 1] == ' '));
    places.push_back(markdown.substr(word.begin, word.end - word.begin));
  }
  CHECK(places == std::vector<std::string>{"Pri**va**cy", "don", "t", "ข", "้", "อ", "隐", "私", "ＩＰ"});
}

TEST_CASE("What is no text has words, or none, and ends") {
  CHECK(search_words("", "").empty());
  CHECK(search_words("", "\xff\xfe*\\").empty());
  CHECK(search_words("a\xff"
                     "b",
                     std::string_view("c\0d", 3)) == "a b c d");
}
