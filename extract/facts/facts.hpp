// What can be counted and read off a text without judging it (docs/facts.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/facts/claimed_date.hpp"

namespace winnow {

struct Heading {
  unsigned level = 1;  ///< 1 to 6
  std::string text;    ///< plain words
};

struct LinkDomain {
  std::string domain;  ///< registrable: "example.co.uk"
  std::uint32_t links = 0;
};

struct Facts {
  std::uint32_t words = 0;      ///< runs between white space that hold a letter or digit
  std::uint32_t sentences = 0;  ///< by Unicode's rules (UAX #29); a heading, list item or table row ends one
  /// Flesch-Kincaid grade (Kincaid et al. 1975): 0.39 words/sentence + 11.8 syllables/word - 15.59. English
  /// texts of at least 100 words only; syllables are estimated from the spelling.
  std::optional<double> reading_grade;
  std::optional<ClaimedDate> claimed_date;  ///< when the text says it was changed or took effect
  std::vector<Heading> outline;             ///< in order
  std::vector<std::string> emails;          ///< lower case, each once, in order of appearance
  std::vector<LinkDomain> link_domains;     ///< of http(s) links, in order of appearance
};

/// Longer texts are read up to here, longer lists are cut.
inline constexpr std::size_t k_facts_bytes = std::size_t{2} << 20;
inline constexpr std::size_t k_facts_entries = 1000;

/// The plain words of a Markdown text, one block (paragraph, heading, list item, table row) a line: what is
/// counted, and what detect_language() wants. Reads k_facts_bytes.
[[nodiscard]] std::string plain_blocks(std::string_view markdown);

/// `blocks` is plain_blocks(markdown). `language` is BCP 47, empty when unknown.
[[nodiscard]] Facts gather_facts(std::string_view markdown, std::string_view blocks,
                                 std::string_view language);

}  // namespace winnow
