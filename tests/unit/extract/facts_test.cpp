#include "extract/facts/facts.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "extract/analysis.hpp"
#include "extract/facts/reading_grade.hpp"
#include "gate_texts.hpp"

using namespace winnow;

namespace {

Facts facts_of(const std::string& markdown, const std::string& language = "en") {
  return gather_facts(markdown, plain_blocks(markdown), language);
}

}  // namespace

TEST_CASE("plain blocks: one block a line") {
  const auto [markdown, blocks] = GENERATE(table<std::string, std::string>({
      {"# Title\nText that\nwraps.\n\nMore.", "Title\nText that wraps.\nMore."},
      {"- a\n- b\n  goes on\n1. c", "a\nb goes on\nc"},
      {"| a | b |\n| --- | --- |\n| c | d |", "a b\nc d"},
      {"Title\n=====\n\n[link](http://a.org/x) *em*", "Title\nlink em"},
      {"hard  \nbreak", "hard\nbreak"},
      {"> quoted\n> lines\n>\n> # Head\n> text", "quoted lines\nHead\ntext"},
      {"", ""},
      {"\n \n", ""},
  }));
  INFO(markdown);
  CHECK(plain_blocks(markdown) == blocks);
}

TEST_CASE("words and sentences") {
  const auto [markdown, words, sentences] = GENERATE(table<std::string, unsigned, unsigned>({
      {"One two. Three four! Five?", 5, 3},
      {"# A heading\n\n- an item\n- another item", 6, 3},
      {"We keep it for 3.5 years, i.e. not long.", 9, 1},
      {"\"Really?\" she asked. (Yes.)", 4, 3},  // UAX #29 knows no speech
      {"- - -\n\n***", 0, 0},
      {"See http://example.org/search?q=x for it.", 4, 1},
      {"個人情報を守ります。法律に従います。", 1, 2},
      {"", 0, 0},
  }));
  INFO(markdown);
  const Facts facts = facts_of(markdown);
  CHECK(facts.words == words);
  CHECK(facts.sentences == sentences);
}

TEST_CASE("syllables are estimated from the spelling") {
  const auto [word, expected] = GENERATE(table<std::string, unsigned>({
      {"the", 1},       {"use", 1},         {"used", 1},    {"uses", 2},    {"collect", 2},
      {"collected", 3}, {"shared", 1},      {"site", 1},    {"sites", 1},   {"table", 2},
      {"privacy", 3},   {"information", 4}, {"cookies", 2}, {"website", 2}, {"services", 3},
      {"policy,", 3},   {"you", 1},         {"2018", 0},    {"e", 1},       {"-", 0},
  }));
  INFO(word);
  CHECK(syllables(word) == expected);
}

TEST_CASE("reading grade: English, and of some length") {
  std::string easy;
  std::string hard;
  for (int i = 0; i < 30; ++i) {
    easy += "We keep your name. ";
    hard +=
        "Notwithstanding the aforementioned provisions, personally identifiable information concerning "
        "individuals may occasionally be communicated to affiliated organizations. ";
  }
  REQUIRE(facts_of(easy).reading_grade);
  // 4 words a sentence, 1 syllable a word
  CHECK(*facts_of(easy).reading_grade == Approx(0.39 * 4 + 11.8 * 1 - 15.59));
  REQUIRE(facts_of(hard).reading_grade);
  CHECK(*facts_of(hard).reading_grade > 18);
  CHECK_FALSE(facts_of(easy, "de").reading_grade);
  CHECK_FALSE(facts_of(easy, "").reading_grade);
  CHECK_FALSE(facts_of("We keep your name.").reading_grade);
}

TEST_CASE("outline") {
  const Facts facts = facts_of(
      "# Privacy *Policy*\n\ntext\n\n## [What](http://a.org) we collect\n\n```\n# no "
      "heading\n```\n\n#hashtag\n\n"
      "Cookies\n-------\n\nSharing\n===\n\n- item\n---\n\n###### Six\n\n####### Seven\n\n#\n\n---\n");
  std::vector<std::string> seen;
  for (const Heading& heading : facts.outline)
    seen.push_back(std::to_string(heading.level) + " " + heading.text);
  CHECK(seen ==
        std::vector<std::string>{"1 Privacy Policy", "2 What we collect", "2 Cookies", "1 Sharing", "6 Six"});
}

TEST_CASE("e-mail addresses") {
  const Facts facts = facts_of(
      "Write to Privacy@Example.org, (dpo@example.co.uk) or [us](mailto:help%2Bme@example.org?subject=Hi) or "
      "<mailto:last@example.org>. Not: @twitter, a@b, user@localhost, x@1.2.3.4, image@2x.png1, @ alone, "
      "privacy@example.org.");
  CHECK(facts.emails == std::vector<std::string>{"help+me@example.org", "last@example.org",
                                                 "privacy@example.org", "dpo@example.co.uk"});
}

TEST_CASE("domains of links") {
  const Facts facts = facts_of(
      "[a](https://www.example.co.uk/privacy) [b](http://shop.example.co.uk:8080/?x=(1)) "
      "<https://example.org/> "
      "[c](#part) [d](/relative) [e](mailto:x@y.org) ![image](http://img.example.net/a.png) "
      "[f](javascript:void(0)) "
      "http://not.a.link.example.com/");
  std::vector<std::string> seen;
  for (const LinkDomain& domain : facts.link_domains)
    seen.push_back(domain.domain + " " + std::to_string(domain.links));
  CHECK(seen == std::vector<std::string>{"example.co.uk 2", "example.org 1", "example.net 1"});
}

TEST_CASE("any bytes have facts, and lists end") {
  std::string bytes;
  for (int i = 0; i < 100000; ++i)
    bytes += static_cast<char>(i * 7919 % 256);
  CHECK(facts_of(bytes).words > 0);
  CHECK(facts_of(std::string(100, '\0')).words == 0);
  CHECK(facts_of(std::string(1 << 22, '#')).outline.empty());
  std::string many;
  for (unsigned i = 0; i < 3 * k_facts_entries; ++i) {
    const std::string number = std::to_string(i);
    many += "# h" + number + "\n\nx" + number + "@example.org [a](http://e" + number + ".com/)\n\n";
  }
  const Facts facts = facts_of(many);
  CHECK(facts.outline.size() == k_facts_entries);
  CHECK(facts.emails.size() == k_facts_entries);
  CHECK(facts.link_domains.size() == k_facts_entries);
  std::string signs;
  for (int i = 0; i < (1 << 20); ++i)
    signs += "@<](";
  CHECK(facts_of(signs).emails.empty());
}

TEST_CASE("an analysis is language, gate and facts of one text") {
  const auto& [language, markdown] = test::k_policies[0];
  const Analysis analysis = analyse("Privacy Policy", markdown, "http://example.org/privacy");
  CHECK(analysis.language.code == language);
  CHECK(analysis.gate.band == Band::yes);
  CHECK(analysis.facts.outline.size() == 4);
  Text text;
  text.title = "Privacy Policy";
  text.markdown = markdown;
  CHECK(analyse(text, "").facts.words == analysis.facts.words);
  CHECK(analyse("", "", "").gate.kind == PageKind::not_found);
}
