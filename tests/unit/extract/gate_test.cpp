#include "extract/gate/gate.hpp"

#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "extract/analysis.hpp"
#include "extract/extract.hpp"
#include "extract/gate/features.hpp"
#include "gate_texts.hpp"

using namespace winnow;

namespace {

Verdict judged(const std::string& markdown, const std::string& title = {}, const std::string& language = {},
               const std::string& url = {}) {
  return judge({title, markdown, language, url});
}

std::string reasons_of(const Verdict& verdict) {
  std::string result;
  for (const GateReason& reason : verdict.reasons)
    result.append(reason.feature).append(" ").append(std::to_string(reason.weight)).append("; ");
  return result;
}

}  // namespace

TEST_CASE("short privacy policies of many languages are policies") {
  const auto& [language, text] = GENERATE(from_range(test::k_policies));
  const Verdict verdict = judged(text, {}, language);
  INFO(language << ": " << verdict.score << ", " << reasons_of(verdict));
  CHECK(verdict.band == Band::yes);
  CHECK(verdict.kind == PageKind::policy);
}

TEST_CASE("what is no policy is told apart by its kind") {
  const auto& [kind, text] = GENERATE(from_range(test::k_other_pages));
  const Verdict verdict = judged(text);
  INFO(text << "\n" << verdict.score << ", " << reasons_of(verdict));
  CHECK(verdict.band != Band::yes);
  CHECK(name(verdict.kind) == name(kind));
}

TEST_CASE("pages that fail in a policy's place are none, whatever their title says") {
  const auto text = GENERATE(values<std::string>({
      // an error page keeps the template's heading
      "# Privacy Statement\n\n# Service Unavailable - DNS failure",
      "# Privacy Policy\n\n404 - Page not found. The privacy policy you requested could not be found.",
      // a challenge in front of the page, which the archive kept in its place
      "# Privacy Policy\n\nChecking your browser before accessing the site. Ray ID: 5f2c",
      "# Press & Hold to confirm you are a human (and not a bot).\n\nReference ID abc",
      "example.org\n\nPlease enable JS and disable any ad blocker",
      "This domain is for sale.\n\nRelated searches\n\nPrivacy Policy\n\nBuy this domain",
      "# Privacy Policy\n\nPlease enable JavaScript to view this page.",
      "# Privacy Policy\n\nLoading...",
      "",
  }));
  const Verdict verdict = judged(text, "Privacy Policy | Example");
  INFO(text << "\n" << verdict.score << ", " << name(verdict.kind));
  CHECK(verdict.band == Band::no);
  CHECK(verdict.kind != PageKind::policy);
}

TEST_CASE("a heading and a sentence are too little for a yes") {
  CHECK(judged("# Privacy Policy\n\nEffective: 17 November 2021").band != Band::yes);
  CHECK(judged("We respect your privacy and never share your personal information with third parties.",
               "Privacy Policy")
            .band == Band::uncertain);
}

TEST_CASE("a policy may speak of errors, passwords, captchas and domains") {
  const std::string policy =
      test::k_policies.front().second +
      "\n\nYour password is encrypted. We use a captcha. If an error occurred or a page was "
      "not found, tell us; our domain name and this domain are ours. Sign in to log in.";
  CHECK(judged(policy).band == Band::yes);
}

TEST_CASE("a rule about passwords is no login page") {
  const Verdict verdict = judged(
      "You may not use another user's password, choose a username that looks like another's in order to "
      "deceive, or "
      "log in with the credentials of an organization to which you do not belong, whatever you mean to do "
      "there.\n\n"
      "We may suspend an account that violates this rule, and we may remove what was posted from it before.");
  CHECK(verdict.kind == PageKind::legal);
}

TEST_CASE("a language without phrases is never refused") {
  const std::string text =
      "Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et "
      "dolore "
      "magna aliqua ut enim ad minim veniam quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea "
      "commodo "
      "consequat duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat "
      "nulla "
      "pariatur excepteur sint occaecat cupidatat non proident sunt in culpa qui officia deserunt mollit "
      "anim";
  CHECK(judged(text, {}, "en").band == Band::no);
  CHECK(judged(text, {}, "").band == Band::no);
  CHECK(judged(text, {}, "la").band == Band::uncertain);
  CHECK(judged(text, {}, "la").reasons.front().feature == "a language without phrases");
}

TEST_CASE("a site's front page is a homepage by its URL") {
  const std::string article = test::k_article;
  CHECK(judged(article, {}, "en", "http://example.org/2020/05/story").kind == PageKind::article);
  CHECK(judged(article, {}, "en", "http://example.org/").kind == PageKind::homepage);
  CHECK(judged(test::k_policies.front().second, {}, "en", "http://example.org/").kind == PageKind::policy);
}

TEST_CASE("a paragraph on privacy makes no policy of a front page") {
  const std::string page =
      "# Welcome to Example Insurance\n\nSince 1950 we have protected families. Get a quote today and find "
      "out "
      "how much you may save on your car and your home.\n\n## Your privacy matters\n\nWe collect personal "
      "information only with your "
      "consent. Read our [privacy policy](/privacy). We never share your personal data with third parties.";
  CHECK(judged(page).score > 0.9);
  CHECK(judged(page).band == Band::uncertain);
  CHECK(judged(page).reasons.front().feature == "no policy's name in title");
  CHECK(judged(page, {}, "en", "http://example.org/").kind == PageKind::homepage);
}

TEST_CASE("a page without a word that has scripts needs them") {
  const auto kind_of = [](const char* html) { return analyse(extract(html, {}), {}).gate.kind; };
  CHECK(kind_of("<title>Privacy Policy</title><div id=root></div><SCRIPT src=app.js></SCRIPT>") ==
        PageKind::script_shell);
  CHECK(kind_of("<title>Privacy Policy</title><img src=policy.gif>") == PageKind::not_found);
}

TEST_CASE("verdicts name what weighed most, the weightiest first") {
  const Verdict verdict = judged(test::k_policies.front().second, "Privacy Policy");
  REQUIRE(verdict.reasons.size() == 5);
  for (std::size_t i = 1; i < verdict.reasons.size(); ++i)
    CHECK(std::abs(verdict.reasons[i - 1].weight) >= std::abs(verdict.reasons[i].weight));
  CHECK(verdict.score > 0.9);
  CHECK(verdict.score <= 1);
}

TEST_CASE("any bytes have a verdict") {
  std::string bytes;
  for (int i = 0; i < 5000; ++i)
    bytes += static_cast<char>(i * 7919 % 256);
  CHECK(judged(bytes).band == Band::no);
  CHECK(judged(std::string(1000, '\0')).kind == PageKind::not_found);
  CHECK(judged(std::string(1 << 20, '#')).kind == PageKind::not_found);
  CHECK(judged(std::string(1 << 20, '\n')).kind == PageKind::not_found);
  std::string links;
  for (int i = 0; i < 100000; ++i)
    links += "](";
  CHECK(judged(links).kind == PageKind::not_found);
  const std::string policy = test::k_policies.front().second;
  std::string endless = policy;
  while (endless.size() < (1 << 22))
    endless += "\n\n" + policy;
  CHECK(judged(endless).band == Band::yes);
  CHECK(judged(policy + std::string(64, '\0')).band == Band::yes);
}

TEST_CASE("names of kinds and bands") {
  CHECK(name(PageKind::policy) == "policy");
  CHECK(name(PageKind::script_shell) == "script-shell");
  CHECK(name(Band::uncertain) == "uncertain");
}

TEST_CASE("the weights in the source are of the features that are measured") {
  // scripts/learn-gate writes the table from what the program calls its features; a feature that is added,
  // moved or renamed without learning anew would take another's weights.
  std::ifstream table(std::string(WINNOW_TEST_DATA) + "/../../extract/gate/gate_weights.inc");
  std::vector<std::string> named;
  for (std::string line; std::getline(table, line);) {
    if (line.starts_with("    {\"")) named.push_back(line.substr(6, line.find('"', 6) - 6));
  }
  REQUIRE(named.size() == k_gate_features);
  for (std::size_t feature = 0; feature < named.size(); ++feature)
    CHECK(named[feature] == gate_feature_name(feature));
}
