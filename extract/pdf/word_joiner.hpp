// Lines of a PDF written one behind the other.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "extract/pdf/page_lines.hpp"

namespace winnow {

/// Knows a document's words, to decide what a hyphen at a line's end is: "infor-mation" is "information"
/// since nothing says otherwise; "third-party" stays, since it stands elsewhere so, or its parts are words of
/// the document and "thirdparty" is none. A soft hyphen is never part of a word.
class WordJoiner {
public:
  explicit WordJoiner(const PdfDocument& document);

  /// With a space where one belongs: not within Chinese and Japanese.
  void append(std::string& text, std::string_view line) const;

private:
  [[nodiscard]] bool keeps_hyphen(std::string_view first, std::string_view second) const;
  [[nodiscard]] bool knows(const std::string& word) const { return m_words.count(word) > 0; }
  std::unordered_set<std::string> m_words;  ///< in lower case
};

}  // namespace winnow
