#include "crawler/policy_link.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace winnow;

namespace {

const std::string k_page = "https://www.daily.example/story";

/// A link in the footer of k_page.
PageLink footer_link(std::string text, std::string url) {
  return {.url = std::move(url),
          .text = std::move(text),
          .label = {},
          .before = {},
          .rel = {},
          .in_footer = true};
}

PageLink sentence_link(std::string before, std::string text, std::string url) {
  return {.url = std::move(url),
          .text = std::move(text),
          .label = {},
          .before = std::move(before),
          .rel = {},
          .in_footer = false};
}

LinkVerdict judge(const PageLink& link) {
  return judge_link(link, k_page);
}

std::string best(const std::vector<PageLink>& links) {
  const auto found = policy_links(links, k_page);
  return found.empty() ? "" : found.front().link.url;
}

}  // namespace

TEST_CASE("links to the site's own policy, by text and URL") {
  const auto [text, url, reason] = GENERATE(table<const char*, const char*, LinkReason>({
      {"Privacy Policy", "https://www.daily.example/privacy-policy", LinkReason::text_and_url},
      {"Privacy", "https://legal.daily.example/x?doc=privacy", LinkReason::text_and_url},
      {"Datenschutz", "https://www.daily.example/service/article107788715/Datenschutzerklaerung.html",
       LinkReason::text_and_url},
      {"Ochrana osobních údajů", "https://www.daily.example/ochrana-osobnich-udaju/",
       LinkReason::text_and_url},
      {"Πολιτική απορρήτου", "https://www.daily.example/politiki-aporritou", LinkReason::text_and_url},
      {"Políticas de Privacidad", "https://www.daily.example/RegPoliticas.asp", LinkReason::text},
      {"個人情報保護方針", "https://www.daily.example/about.html", LinkReason::text},
      {"隐私政策", "https://www.daily.example/question?id=1001779", LinkReason::text},
      {"Leggi tutto", "https://www.daily.example/privacy-policy/", LinkReason::url},
      {"", "https://www.daily.example/polityka-prywatnosci", LinkReason::url},
      // A site that publishes all it has as news.
      {"Ver detalles", "https://www.daily.example/noticias/politica_de_privacidad.html", LinkReason::url},
      // The site under another country's suffix.
      {"Privacy Policy", "https://www.daily.co.uk/privacy", LinkReason::text_and_url},
  }));
  INFO(text << " " << url);
  const LinkVerdict verdict = judge(footer_link(text, url));
  CHECK(name(verdict.kind) == "privacy-policy");
  CHECK(name(verdict.reason) == name(reason));
  CHECK(verdict.score >= 0.6);
  CHECK(verdict.score <= 1);
}

TEST_CASE("false friends are refused with a reason") {
  const auto [text, url, reason] = GENERATE(table<const char*, const char*, LinkReason>({
      {"Privacy Settings", "https://www.daily.example/privacy", LinkReason::control},
      {"Your Privacy Choices", "https://www.daily.example/privacy#choices", LinkReason::control},
      {"Do Not Sell My Personal Information", "https://www.daily.example/ccpa", LinkReason::control},
      {"Cookie-Einstellungen", "https://www.daily.example/#cmp", LinkReason::control},
      {"Gérer mes données personnelles", "https://www.daily.example/compte", LinkReason::control},
      {"Privacy Feedback", "https://www.daily.example/feedbackprivacy.html", LinkReason::control},
      {"Cookie policy", "https://www.daily.example/privacy/cookies", LinkReason::no_policy},
      {"AGB", "https://www.daily.example/agb-datenschutz", LinkReason::no_policy},
      {"Applicant Privacy Policy", "https://www.daily.example/applicant-privacy-policy", LinkReason::aside},
      {"Consumer Health Data Privacy Policy", "https://www.daily.example/health-privacy", LinkReason::aside},
      {"プライバシーマーク", "https://privacymark.example/", LinkReason::aside},
      {"Datenschutz", "https://www.daily.example/category/datenschutz/", LinkReason::other_place},
      {"Privacy", "https://www.daily.example/tag/privacy", LinkReason::other_place},
      {"Privacy policy", "https://www.daily.example/search?q=privacy+policy", LinkReason::other_place},
      // A newspaper's department.
      {"Protection des données", "https://www.daily.example/actualites/protection-des-donnees",
       LinkReason::other_place},
      {"Your rights to privacy under the new law", "https://www.daily.example/story/45",
       LinkReason::says_little},
      {"How we protect what you tell us", "https://www.daily.example/blog/2014/05/privacy-at-work",
       LinkReason::aside},
      {"Updates to our Privacy Policy", "https://www.daily.example/blog/updates-to-our-privacy-policy",
       LinkReason::aside},
      {"Vertraulichkeit und Datenschutz im Verein: was zu tun ist",
       "https://www.daily.example/datenschutz-im-sportverein", LinkReason::says_little},
      {"Privacy", "https://www.daily.example/story#privacy", LinkReason::part_of_page},
      {"Privacy Notice", "https://www.daily.example/story#", LinkReason::part_of_page},
      {"privacy@daily.example", "mailto:privacy@daily.example", LinkReason::no_page},
      {"Private lessons", "https://www.daily.example/private-lessons", LinkReason::no_policy},
  }));
  INFO(text << " " << url);
  const LinkVerdict verdict = judge(footer_link(text, url));
  CHECK(name(verdict.reason) == name(reason));
  CHECK(verdict.kind != LinkKind::privacy_policy);
  CHECK(verdict.score == 0);
}

TEST_CASE("cookie policies and terms are named as such") {
  CHECK(judge(footer_link("Cookies", "https://www.daily.example/cookies")).kind == LinkKind::cookie_policy);
  CHECK(judge(footer_link("Terms of Use", "https://www.daily.example/tos")).kind == LinkKind::terms);
  CHECK(judge(footer_link("Contact", "https://www.daily.example/contact")).kind == LinkKind::other);
  // Two in one.
  CHECK(judge(footer_link("Privacy & Cookies", "https://www.daily.example/x")).kind ==
        LinkKind::privacy_policy);
  CHECK(judge(footer_link("AGB & Datenschutz", "https://www.daily.example/x")).kind ==
        LinkKind::privacy_policy);
}

TEST_CASE("a policy of the owner on another site is uncertain, another company's is refused") {
  const PageLink owner = footer_link("Privacy Policy", "https://www.bigmedia.test/privacy-policy");
  CHECK(judge(owner).reason == LinkReason::other_site);
  CHECK(judge(owner).score <
        judge(footer_link("Privacy Policy", "https://www.daily.example/privacy-policy")).score);
  CHECK(judge(footer_link("Kebijakan Data Pribadi", "https://www.bigmedia.test/legal")).reason ==
        LinkReason::other_site);

  for (const PageLink& link : {
           sentence_link("This site is protected by reCAPTCHA and the Bigmedia", "Privacy Policy",
                         "https://policies.bigmedia.test/privacy"),
           sentence_link("", "Bigmedia Privacy Policy", "https://policies.bigmedia.test/privacy"),
           sentence_link("", "Big Media's privacy policy", "https://policies.bigmedia.test/privacy"),
           sentence_link("Read what the provider says in its", "privacy policy",
                         "https://player.test/privacy"),
           footer_link("Learn more", "https://player.test/privacy"),
           footer_link("https://player.test/privacy", "https://player.test/privacy"),
       }) {
    INFO(link.before << " [" << link.text << "] " << link.url);
    CHECK(name(judge(link).reason) == "other-company");
  }
  // A name of one letter is in every other word.
  CHECK(judge(footer_link("Privacy Policy", "https://y.test/privacy")).reason == LinkReason::other_site);
  // Both named: the page's own company writes its name into the name of its policy.
  CHECK(judge(footer_link("Bigmedia Daily privacy policy", "https://www.bigmedia.test/privacy")).reason ==
        LinkReason::other_site);
}

TEST_CASE("what only assistive software reads, and the link's relation") {
  PageLink link = footer_link("", "https://www.daily.example/p/12");
  CHECK(judge(link).kind == LinkKind::other);
  link.label = "Privacy policy";
  CHECK(judge(link).reason == LinkReason::text);
  link.text = "Cookie settings";
  link.label = "Cookie settings";
  CHECK(judge(link).reason == LinkReason::control);

  PageLink related = footer_link("Notice", "https://www.daily.example/p/12");
  related.rel = "nofollow privacy-policy";
  CHECK(judge(related).reason == LinkReason::relation);
  CHECK(judge(related).score > 0.9);
}

TEST_CASE("a page without a known URL owns all that it links to") {
  CHECK(judge_link(footer_link("Privacy", "https://a.example/privacy"), "").reason ==
        LinkReason::text_and_url);
}

TEST_CASE("the best of a page's links comes first") {
  CHECK(best({}).empty());
  CHECK(best({footer_link("Contact", "https://www.daily.example/contact")}).empty());

  const PageLink own = footer_link("Privacy", "https://www.daily.example/privacy");
  const PageLink owner = footer_link("Privacy Policy", "https://www.bigmedia.test/privacy-policy");
  const PageLink more = footer_link("Read more", "https://www.daily.example/privacy-policy");
  CHECK(best({owner, own}) == own.url);
  CHECK(best({more, own}) == own.url);
  CHECK(best({more, owner}) == owner.url);

  // The policy that a page calls by two names, before its page of advice on the product.
  CHECK(best({footer_link("Privacy", "https://www.daily.example/product/privacy"),
              footer_link("Privacy Statement", "https://www.daily.example/link?id=5"),
              footer_link("Daily Privacy Statement", "https://www.daily.example/link?id=5")}) ==
        "https://www.daily.example/link?id=5");
}

TEST_CASE("each URL is there once, with the best of what stands at its links") {
  const auto found = policy_links({footer_link("here", "https://www.daily.example/privacy#rights"),
                                   footer_link("Privacy Policy", "https://www.daily.example/privacy#top"),
                                   footer_link("Privacy", "https://www.daily.example/privacy")},
                                  k_page);
  REQUIRE(found.size() == 1);
  CHECK(found[0].link.text == "Privacy Policy");
  CHECK(found[0].verdict.reason == LinkReason::text_and_url);
}
