#include "extract/gate/features.hpp"

#include <algorithm>
#include <cmath>

#include "extract/gate/phrase_matcher.hpp"
#include "extract/gate/word_folder.hpp"
#include "model/ascii.hpp"

namespace winnow {
namespace {

constexpr unsigned k_title_words = 40;           // titles stand among the first words
constexpr std::size_t k_title_line_bytes = 100;  // and are short

constexpr std::array<std::string_view, k_shape_features> k_shape_names = {
    "length", "headings", "lists", "tables", "short lines", "prose", "digits"};

/// The first `limit` bytes of a text, cut at a character's end.
std::string_view beginning(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80)
    --limit;
  return text.substr(0, limit);
}

struct Line {
  std::string_view words;  ///< without its marker
  bool heading = false;
  bool list = false;
  bool table = false;
};

Line parse_line(std::string_view line) {
  Line result;
  std::size_t at = std::min(line.find_first_not_of(" \t>"), line.size());
  if (at == line.size()) return result;
  const char first = line[at];
  const char second = at + 1 < line.size() ? line[at + 1] : '\0';
  if (first == '#') {
    result.heading = true;
  } else if ((first == '*' || first == '-' || first == '+') && second == ' ') {
    result.list = true;
  } else if (first == '|') {
    result.table = true;
  } else if (first >= '0' && first <= '9') {
    const std::size_t behind = line.find_first_not_of("0123456789", at);
    result.list = behind != std::string_view::npos && behind - at <= 3 && behind + 1 < line.size() &&
                  (line[behind] == '.' || line[behind] == ')') && line[behind + 1] == ' ';
  }
  result.words = line.substr(at);
  return result;
}

/// Where a hit counts besides the whole.
struct Zone {
  bool title = false;
  bool heading = false;
};

class Counter {
public:
  explicit Counter(GateCounts& counts) : m_counts(counts), m_state(m_matcher.start()) {}

  void title(std::string_view text) {
    WordFolder folder;
    const auto sink = [this](unsigned char byte) {
      m_state = m_matcher.next(m_state, byte);
      for (const Family family : m_matcher.found(m_state))
        ++m_counts.hits.title[static_cast<std::size_t>(family)];
    };
    folder.feed(text, sink);
    folder.end_word(sink);
    m_state = m_matcher.start();
  }

  void line(const Line& line, Zone zone) {
    PhraseMatcher::State state = m_state;
    const auto sink = [&](unsigned char byte) {
      state = m_matcher.next(state, byte);
      if (m_matcher.finds(state)) count(state, zone);
    };
    const unsigned before = m_folder.words();
    std::string_view rest = line.words;
    while (!rest.empty()) {  // link targets are no words
      const std::size_t target = rest.find("](");
      m_folder.feed(rest.substr(0, target), sink);
      if (target == std::string_view::npos) break;
      const std::size_t end = rest.find(')', target);
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    m_folder.end_word(sink);
    m_state = state;
    const unsigned words = m_folder.words() - before;
    m_counts.words = m_folder.words();
    if (words == 0) return;
    ++m_counts.lines;
    m_counts.headings += line.heading ? 1 : 0;
    m_counts.list_lines += line.list ? 1 : 0;
    m_counts.table_lines += line.table ? 1 : 0;
    m_counts.short_lines += words <= 4 ? 1 : 0;
    m_counts.prose_words += words >= 25 ? words : 0;
  }

private:
  void count(PhraseMatcher::State state, Zone zone) {
    const bool lead = m_folder.words() <= k_lead_words;
    for (const Family family : m_matcher.found(state)) {
      const auto at = static_cast<std::size_t>(family);
      ++m_counts.hits.all[at];
      if (lead) ++m_counts.hits.lead[at];
      if (zone.title) ++m_counts.hits.title[at];
      if (zone.heading) ++m_counts.hits.headings[at];
    }
  }

  GateCounts& m_counts;
  const PhraseMatcher& m_matcher = PhraseMatcher::of_all_families();
  PhraseMatcher::State m_state;
  WordFolder m_folder;
};

double share(unsigned part, unsigned whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / whole;
}

}  // namespace

GateCounts count_gate(std::string_view title, std::string_view markdown) {
  GateCounts counts;
  Counter counter(counts);
  counter.title(beginning(title, k_gate_bytes));
  markdown = beginning(markdown, k_gate_bytes);
  counts.digits = static_cast<unsigned>(std::count_if(markdown.begin(), markdown.end(), is_digit));
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    const Line line = parse_line(markdown.substr(0, end));
    const bool in_title = counts.words < k_title_words && !line.list &&
                          (line.heading || line.words.size() <= k_title_line_bytes);
    counter.line(line, {.title = in_title, .heading = line.heading});
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
  }
  return counts;
}

GateFeatures gate_features(const GateCounts& counts) {
  GateFeatures features{};
  auto* at = features.begin();
  const auto of = [](const auto& hits, Family family) { return hits[static_cast<std::size_t>(family)]; };
  // A text of a few words has no rates: one hit among ten words is not a hundred among a thousand.
  const double thousands = std::max(counts.words, 100U) / 1000.0;
  for (const std::uint32_t hits : counts.hits.all)
    *at++ = std::log1p(hits / thousands);
  for (const Family family : k_title_families)
    *at++ = of(counts.hits.title, family) > 0 ? 1 : 0;
  for (const Family family : k_lead_families)
    *at++ = std::min(of(counts.hits.lead, family), 2U);
  for (const Family family : k_heading_families)
    *at++ = std::min(1.0, share(of(counts.hits.headings, family), std::max(counts.headings, 3U)));
  *at++ = std::log(counts.words + 1.0);
  *at++ = std::min(1.0, 10 * share(counts.headings, std::max(counts.words, 100U)));
  *at++ = share(counts.list_lines, counts.lines);
  *at++ = share(counts.table_lines, counts.lines);
  *at++ = share(counts.short_lines, counts.lines);
  *at++ = share(counts.prose_words, counts.words);
  *at++ = std::min(1.0, share(counts.digits, std::max(counts.words, 100U)));
  return features;
}

std::string gate_feature_name(std::size_t feature) {
  if (feature < k_families) return std::string(name(static_cast<Family>(feature)));
  feature -= k_families;
  const auto in = [&feature](const auto& families, std::string_view where) -> std::string {
    if (feature < families.size()) return std::string(name(families[feature])).append(where);
    feature -= families.size();
    return {};
  };
  if (std::string found = in(k_title_families, " in title"); !found.empty()) return found;
  if (std::string found = in(k_lead_families, " at the beginning"); !found.empty()) return found;
  if (std::string found = in(k_heading_families, " in headings"); !found.empty()) return found;
  return std::string(k_shape_names.at(feature));
}

}  // namespace winnow
