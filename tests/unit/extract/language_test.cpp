#include "extract/language.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "gate_texts.hpp"

using namespace winnow;

TEST_CASE("the language of a text and its share") {
  for (const auto& [language, text] : test::k_policies) {
    INFO(text);
    const Language detected = detect_language(text);
    CHECK(detected.code == language);
    CHECK(detected.share > 0.8);
    CHECK(detected.share <= 1);
  }
}

TEST_CASE("mixed texts have their main language and its share") {
  const std::string german = test::k_policies[2].second;
  const std::string english = test::k_policies[0].second;
  const Language mixed = detect_language(german + "\n\n" + german + "\n\n" + english);
  CHECK(mixed.code == "de");
  CHECK(mixed.share > 0.4);
  CHECK(mixed.share < 0.8);
}

TEST_CASE("the language of a long text is not that of its beginning") {
  std::string text;
  while (text.size() < 20000)
    text += test::k_policies[0].second + '\n';
  while (text.size() < 100000)
    text += test::k_policies[11].second + '\n';
  CHECK(detect_language(text).code == "ru");
}

TEST_CASE("a text that is too short, or none, has an unknown language") {
  const auto text = GENERATE(
      values<std::string>({"", "Privacy Policy", "404",
                           "12345 67890 +++ 555-1234 (2019) 100 % 200 300 400 500 600 700 800 900 1000",
                           std::string(100, '\0')}));
  INFO(text);
  CHECK(detect_language(text).code.empty());
  CHECK(detect_language(text).share == 0);
}

TEST_CASE("codes are today's, not those that ISO withdrew") {
  CHECK(detect_language(
            "אנו אוספים מידע אישי כאשר אתם נרשמים לאתר שלנו, ואנו משתמשים בו רק כדי לשלוח לכם את מה "
            "שהזמנתם. איננו מוסרים את המידע לאחרים בלי הסכמתכם, אלא אם החוק מחייב אותנו לעשות זאת.")
            .code == "he");
}

TEST_CASE("bytes that are no UTF-8 end the text, they do not end the program") {
  const std::string english = test::k_policies[0].second;
  CHECK(detect_language(english + "\xFF\xFE" + test::k_policies[2].second).code == "en");
  std::string cut = test::k_policies[13].second;  // Japanese or Chinese: cut in a character
  cut.pop_back();
  CHECK(!detect_language(cut).code.empty());
  std::string endless;
  while (endless.size() < (1 << 21))
    endless += english + '\n';
  CHECK(detect_language(endless).code == "en");
}
