// The words around a hit.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

struct SnippetPiece {
  std::string text;  ///< as it stands in the text: it may hold line ends
  bool is_hit = false;
};

struct Snippet {
  std::vector<SnippetPiece> pieces;  ///< empty when the words are not there
  bool is_start = false;             ///< nothing stands before it in the text
  bool is_end = false;
};

/// Finds words with the tokenizer that the index has, so that what the index found is what is marked. For one
/// thread at a time.
class Snippets {
public:
  Snippets();
  ~Snippets();
  Snippets(const Snippets&) = delete;
  Snippets& operator=(const Snippets&) = delete;

  /// Some thirty words where the most different ones of `marked` (mark_expression()) stand together, the
  /// first such place; of the title when the text has none of them. `text` is what is shown of the version:
  /// its plain text, or else links' targets and Markdown's signs stand in the snippet. Words behind the
  /// hundredth one of `marked` are not looked for. Of a text that has all of them near its beginning no more
  /// than that is read.
  /// \pre title and text are smaller than 1 GiB
  [[nodiscard]] Snippet snippet(std::string_view title, std::string_view text, const std::string& marked);

private:
  class Index;
  std::unique_ptr<Index> m_index;
};

}  // namespace winnow
