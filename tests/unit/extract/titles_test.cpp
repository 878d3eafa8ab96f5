#include "extract/titles.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace winnow;

namespace {

constexpr auto k_privacy = static_cast<Documents>(Document::privacy);
constexpr auto k_cookies = static_cast<Documents>(Document::cookies);
constexpr auto k_terms = static_cast<Documents>(Document::terms);
constexpr auto k_imprint = static_cast<Documents>(Document::imprint);
constexpr auto k_other = static_cast<Documents>(Document::other);
constexpr Documents k_none = 0;

}  // namespace

TEST_CASE("titles are compared without case, accents, signs and white space") {
  CHECK(folded_title("  Politique de\nConfidentialité — 2021 ") == "politique de confidentialite 2021");
  CHECK(folded_title("PRIVACY\u00A0POLICY:") == "privacy policy");
  CHECK(folded_title("***").empty());
}

TEST_CASE("a heading answers to a title that was asked for, well or badly") {
  struct Row {
    std::string heading;
    std::string wanted;
    TitleMatch match;
  };
  const auto row = GENERATE(values<Row>({
      {"Privacy Policy", "privacy policy", TitleMatch::equal},
      {"2. Privacy Policy", "privacy policy", TitleMatch::equal},
      {"IV. Privacy Policy", "Privacy Policy", TitleMatch::equal},
      {"Section 2 – Privacy Policy", "2. privacy policy", TitleMatch::equal},
      {"Privacy Policy (EU)", "privacy policy", TitleMatch::begins},
      {"3.1 Privacy Policy (EU)", "privacy policy", TitleMatch::begins},
      {"Our Privacy Policy", "privacy policy", TitleMatch::contains},
      {"Politique de confidentialité", "POLITIQUE DE CONFIDENTIALITE", TitleMatch::equal},
      {"Privacy Policyholders", "privacy policy", TitleMatch::none},
      {"Privacy", "privacy policy", TitleMatch::none},
      {"Anything", "", TitleMatch::none},
      {"Anything", "?!", TitleMatch::none},
  }));
  CAPTURE(row.heading, row.wanted);
  CHECK(match_titles(folded_title(row.heading), folded_title(row.wanted)) == row.match);
}

TEST_CASE("chapters have numbers") {
  for (const std::string title :
       {"1. Scope", "2a) Scope", "IV. Scope", "12", "Article 5: Scope", "§ 3 Geltung", "2.3.1 Data"}) {
    CAPTURE(title);
    CHECK(is_numbered(folded_title(title)));
  }
  for (const std::string title : {"Scope", "Mix of data", "2021 policy", "Article of association", "Vivid"}) {
    CAPTURE(title);
    CHECK_FALSE(is_numbered(folded_title(title)));
  }
}

TEST_CASE("a title names a document, or is a chapter that speaks of one") {
  struct Row {
    std::string title;
    Documents documents;
  };
  const auto row = GENERATE(values<Row>({
      {"Privacy Policy", k_privacy},
      {"PRIVACY NOTICE", k_privacy},
      {"Example Ltd's Privacy Statement", k_privacy},
      {"Privacy Policy for job applicants", k_privacy},
      {"Datenschutzerklärung", k_privacy},
      {"Datenschutz", k_privacy},
      {"Politique de confidentialité", k_privacy},
      {"Informativa sulla privacy", k_privacy},
      {"Política de privacidad", k_privacy},
      {"プライバシーポリシー", k_privacy},
      {"Cookie Policy", k_cookies},
      {"Politique relative aux cookies", k_cookies},
      {"Cookie-Richtlinie", k_cookies},
      {"Terms & Conditions", k_terms},
      {"Website Terms of Use", k_terms},
      {"AGB", k_terms},
      {"Conditions générales de vente", k_terms},
      {"Impressum", k_imprint},
      {"Mentions légales", k_imprint},
      {"Terms of Service and Privacy Policy", k_terms | k_privacy},
      {"DMCA Takedown Policy", k_other},
      {"Data Processing Addendum", k_other},
      {"Additional Product Terms", k_other},
      // chapters
      {"1. Privacy Policy", k_none},
      {"Changes to this Privacy Policy", k_none},
      {"About our Cookie Policy", k_none},
      {"Änderungen dieser Datenschutzerklärung", k_none},
      {"How to contact us about the terms of service", k_none},
      {"Cookies", k_none},
      {"Our use of cookies", k_none},
      {"Policy", k_none},
      {"Security", k_none},
      {"Information we collect", k_none},
      {"The privacy policy that applied before the merger of the two companies", k_none},
      {"", k_none},
  }));
  CAPTURE(row.title);
  CHECK(documents_named(folded_title(row.title)) == row.documents);
}
