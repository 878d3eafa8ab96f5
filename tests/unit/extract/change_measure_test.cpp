#include "extract/facts/change_measure.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace winnow;

namespace {

Text text(const std::string& markdown, std::uint64_t simhash = 0) {
  Text text;
  text.markdown = markdown;
  text.simhash = simhash;
  return text;
}

}  // namespace

TEST_CASE("a change is minor when nothing in it means anything") {
  const auto [language, older, newer, is_minor] =
      GENERATE(table<std::string, std::string, std::string, bool>({
          {"en", "Last updated July 1, 2025. We share data.", "Last updated August 25, 2025. We share data.",
           true},
          {"en", "Effective 02/01/2026", "Effective 02/02/2026", true},
          {"de", "Stand: 3. März 2011", "Stand: 14. Dezember 2012", true},
          {"fr", "Mise à jour le 14 mars 2022", "Mise à jour le 28 octobre 2022", true},
          {"en", "© 2019-2023 Example Ltd.", "© 2019-2024 Example Ltd.", true},
          {"en", "Copyright 2003 Example", "Copyright 2004 Example", true},
          {"en", "You are visitor 1,234,567.", "You are visitor 1,234,890.", true},
          {"en", "Version 3 of this policy", "Version 4 of this policy", true},
          {"en", "We recognise nuddity and fulfilment.", "We recognize nudity and fulfillment.", true},
          {"en", "Minato-ku,Tokyo", "Minato-ku, Tokyo", true},
          {"en", "a share capital of €36,982.92", "a share capital of €36 982,92", true},
          {"en", "# Privacy Policy\n\nWe sell data.", "## PRIVACY POLICY\n\nWe sell data.", true},
          {"en", "See [us](https://a.test/1).", "See [us](https://a.test/2).", true},
          {"en", "the same", "the same", true},
          // One word, and all is different.
          {"en", "We do sell data.", "We do not sell data.", false},
          {"en", "We may sell data.", "We will sell data.", false},
          {"en", "It is legal.", "It is illegal.", false},
          {"en", "legal residents", "legal presidents", false},
          {"en", "the user agrees", "the users agrees", false},
          {"ru", "ваш архив", "наш архив", false},  // one byte of two letters
          {"en", "at most $10,000", "at most $90,000", false},
          {"de", "h\u00f6chstens 50000 Euro", "h\u00f6chstens 60000 Euro", false},
          {"en", "kept for 30 days", "kept for 90 days", false},
          {"en", "kept for 1 year", "kept for 2 years", false},
          {"en", "Write to dpo@a.test.", "Write to dpo@b.test.", false},
          {"en", "Last updated July 1, 2025. We share data.", "Last updated August 25, 2025. We sell data.",
           false},
          {"en", "First line.", "First line.\n\nAnother one in 2024.", false},
          {"zh", "我们出售数据。", "我们不出售数据。", false},
          {"", "", "Something", false},
      }));
  CAPTURE(older, newer);
  CHECK(measure_change(text(older), text(newer), language).is_minor == is_minor);
  CHECK(measure_change(text(newer), text(older), language).is_minor == is_minor);
}

TEST_CASE("a change has its size in words and in bits") {
  const TextChange change =
      measure_change(text("one two three four", 0b1011), text("one two six", 0b0001), "en");
  CHECK(
      change ==
      TextChange{
          .words_removed = 2, .words_added = 1, .share = 3.0 / 7, .simhash_distance = 2, .is_minor = false});
}
