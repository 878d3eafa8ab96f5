#include "extract/facts/claimed_date.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "extract/facts/date_forms.hpp"
#include "extract/gate/word_folder.hpp"

namespace winnow {
namespace {

/// What a cue says of its date; the better first.
enum class Cue { changed, effective, none };

struct CueRow {
  Cue cue;
  std::string_view phrases;
};

constexpr CueRow k_cue_rows[] = {
#include "extract/facts/date_cues.inc"
};

struct CuePhrase {
  Cue cue;
  std::string folded;  ///< a space before each word and none at the end
};

constexpr std::size_t k_before = 120;  // bytes in which a cue is looked for
constexpr std::size_t k_gap = 40;      // folded bytes between a cue and its date
constexpr std::size_t k_edge = 3000;   // bytes at both ends where documents are dated
constexpr std::size_t k_dates = 500;   // no text has more; the rest is a table or an attack

std::string folded(std::string_view text) {
  std::string result = " ";
  const auto sink = [&result](unsigned char byte) { result += static_cast<char>(byte); };
  WordFolder folder;
  folder.feed(text, sink);
  folder.end_word(sink);
  result.pop_back();
  return result;
}

const std::vector<CuePhrase>& cues() {
  static const std::vector<CuePhrase> made = [] {
    std::vector<CuePhrase> phrases;
    for (const CueRow& row : k_cue_rows) {
      for (std::size_t begin = 0; begin <= row.phrases.size();) {
        const std::size_t end = std::min(row.phrases.find('|', begin), row.phrases.size());
        std::string phrase = folded(row.phrases.substr(begin, end - begin));
        if (static_cast<unsigned char>(phrase[1]) >= 0xE2) phrase.erase(0, 1);  // a script without spaces
        phrases.push_back({row.cue, std::move(phrase)});
        begin = end + 1;
      }
    }
    return phrases;
  }();
  return made;
}

struct FoundCue {
  Cue cue = Cue::none;
  std::size_t begin = 0;  ///< in the text
};

/// The best cue before `date`, the nearest of several; with others that overlap it.
FoundCue cue_before(std::string_view text, std::size_t date) {
  // This block and the one before: "Last updated", and below it the date.
  std::size_t from = date > k_before ? date - k_before : 0;
  const std::string_view near = text.substr(from, date - from);
  if (const std::size_t line = near.rfind('\n'); line != std::string_view::npos && line > 0) {
    if (const std::size_t above = near.rfind('\n', line - 1); above != std::string_view::npos)
      from += above + 1;
  }
  while (from < date && (static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80)
    ++from;
  // Folded byte by byte, to know where in the text each comes from.
  std::string window = " ";
  std::vector<std::size_t> origin = {from};
  WordFolder folder;
  for (std::size_t at = from; at < date;) {
    std::size_t next = at + 1;
    while (next < date && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80)
      ++next;
    folder.feed(text.substr(at, next - at), [&](unsigned char byte) {
      window += static_cast<char>(byte);
      origin.push_back(at);
    });
    at = next;
  }
  if (window.back() != ' ') window += ' ';

  struct Match {
    Cue cue;
    std::size_t begin;  ///< in the window
    std::size_t end;
    bool spaced;
  };
  std::vector<Match> matches;
  for (const CuePhrase& phrase : cues()) {
    const std::size_t begin = window.rfind(phrase.folded);
    if (begin == std::string::npos) continue;
    const std::size_t end = begin + phrase.folded.size();
    const bool spaced = phrase.folded.front() == ' ';
    if ((spaced && end < window.size() && window[end] != ' ') || end + k_gap < window.size()) continue;
    matches.push_back({phrase.cue, begin, end, spaced});
  }
  if (matches.empty()) return {};
  Match best = *std::min_element(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return a.cue != b.cue ? a.cue < b.cue : a.end != b.end ? a.end > b.end : a.begin < b.begin;
  });
  for (const Match& match : matches) {  // "last modified" and "modified on" are one cue
    if (match.begin < best.begin && match.end > best.begin) best.begin = match.begin;
  }
  return {best.cue, origin[best.begin + (best.spaced ? 1 : 0)]};
}

bool is_own_block(std::string_view text, const DateForm& form) {
  const auto is_edge = [](char c) { return c == ' ' || c == '.' || c == '(' || c == ')' || c == ','; };
  std::size_t begin = form.begin;
  while (begin > 0 && is_edge(text[begin - 1]))
    --begin;
  std::size_t end = form.end;
  while (end < text.size() && is_edge(text[end]))
    ++end;
  return (begin == 0 || text[begin - 1] == '\n') && (end == text.size() || text[end] == '\n');
}

/// 0 is best; 4 is no claim. Laws and services are said to be in effect in the middle of texts too.
int rank_of(Cue cue, bool at_edge, bool own_block) {
  if (cue == Cue::changed) return at_edge ? 0 : 3;
  if (!at_edge) return 4;
  if (cue == Cue::effective) return 1;
  return own_block ? 2 : 4;
}

std::string one_line(std::string_view text) {
  std::string result(text);
  std::replace(result.begin(), result.end(), '\n', ' ');
  return result;
}

}  // namespace

std::optional<ClaimedDate> find_claimed_date(std::string_view blocks, std::string_view language) {
  std::optional<ClaimedDate> best;
  int best_rank = 4;
  const DateReader reader(language);
  std::size_t at = 0;
  for (std::size_t seen = 0; seen < k_dates && best_rank > 0; ++seen) {
    const std::optional<DateForm> form = reader.next(blocks, at);
    if (!form) break;
    at = form->end;
    const bool at_edge = form->begin < k_edge || form->end + k_edge > blocks.size();
    const FoundCue found = cue_before(blocks, form->begin);
    const int rank = rank_of(found.cue, at_edge, form->day != 0 && is_own_block(blocks, *form));
    if (rank >= best_rank) continue;
    const std::size_t begin = found.cue == Cue::none ? form->begin : found.begin;
    best = ClaimedDate{form->iso(), form->other_iso(), one_line(blocks.substr(begin, form->end - begin))};
    best_rank = rank;
  }
  return best;
}

}  // namespace winnow
