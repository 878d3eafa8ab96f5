// A title, line end, Markdown: what is said of a text.
#include <cmath>

#include "extract/analysis.hpp"
#include "shown_text.hpp"

using namespace winnow;

namespace {

bool is_share(double value) {
  return value >= 0 && value <= 1;
}

bool is_iso_date(std::string_view date) {
  if (date.size() != 7 && date.size() != 10) return false;
  for (std::size_t i = 0; i < date.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? date[i] != '-' : (date[i] < '0' || date[i] > '9')) return false;
  }
  return date.substr(5, 2) >= "01" && date.substr(5, 2) <= "12" && date >= "1994" && date < "2070";
}

void check_facts(const Facts& facts) {
  fuzz::demand(!facts.reading_grade || (std::isfinite(*facts.reading_grade) && facts.words >= 100),
               "a grade is a number, of a hundred words or more");
  fuzz::demand(facts.outline.size() <= k_facts_entries && facts.emails.size() <= k_facts_entries &&
                   facts.link_domains.size() <= k_facts_entries,
               "lists are cut");
  for (const Heading& heading : facts.outline) {
    fuzz::demand(heading.level >= 1 && heading.level <= 6, "a heading has a level");
    fuzz::demand(fuzz::is_utf8(heading.text), "a heading is UTF-8");
    fuzz::demand(heading.text.find('\n') == std::string::npos, "a heading is one line");
  }
  for (const std::string& email : facts.emails)
    fuzz::demand(fuzz::is_utf8(email) && email.find('@') != std::string::npos, "an address is one");
  for (const LinkDomain& domain : facts.link_domains)
    fuzz::demand(fuzz::is_utf8(domain.domain) && !domain.domain.empty() && domain.links > 0,
                 "a domain is linked to");
  if (!facts.claimed_date) return;
  const ClaimedDate& claimed = *facts.claimed_date;
  fuzz::demand(is_iso_date(claimed.date), "a date is one");
  fuzz::demand(claimed.or_date.empty() || is_iso_date(claimed.or_date), "a date's other reading is one");
  fuzz::demand(fuzz::is_utf8(claimed.words), "a date's words are UTF-8");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text(data, size);
  const auto [any_title, any_bytes] = fuzz::split_line(input);
  (void)judge({any_title, any_bytes, "en", any_title});  // promises to read any bytes

  const std::string text = fuzz::decoded(input);
  const auto [title, markdown] = fuzz::split_line(text);
  const Analysis analysis = analyse(title, markdown, "http://example.org/privacy");
  fuzz::demand(is_share(analysis.language.share), "a share is one");
  fuzz::demand(!analysis.language.code.empty() || analysis.language.share == 0,
               "an unknown language has none");
  fuzz::demand(is_share(analysis.gate.score), "a score is a probability");
  fuzz::demand(analysis.gate.reasons.size() <= 5, "at most five reasons");
  check_facts(analysis.facts);

  const Analysis again = analyse(title, markdown, "http://example.org/privacy");
  fuzz::demand(again.gate.score == analysis.gate.score && again.gate.kind == analysis.gate.kind &&
                   again.language.code == analysis.language.code && again.facts.words == analysis.facts.words,
               "the same text gets the same verdict");
  return 0;
}
