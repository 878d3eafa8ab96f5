// Tags, comments and raw text told apart in HTML, without building anything.
#pragma once

#include <cstddef>
#include <string_view>

#include <gumbo.h>

namespace winnow {

/// One attribute of a tag as it stands there: entities are not decoded.
struct RawAttribute {
  std::string_view name;   ///< as written; compare with iequals()
  std::string_view value;  ///< without its quotes; empty when there is none
  std::string_view whole;  ///< name, equals sign, quotes and value
};

/// Takes the next attribute off the front of a tag's attribute text. False at its end.
bool next_attribute(std::string_view& attributes, RawAttribute& out);

enum class TokenKind { open, close, comment };

/// What stands between two pieces of text. `comment` is also every doctype, processing instruction and bogus
/// comment.
struct Token {
  TokenKind kind = TokenKind::comment;
  GumboTag tag = GUMBO_TAG_UNKNOWN;
  std::string_view name;        ///< of a tag, as written
  std::string_view attributes;  ///< of an opening tag
  std::size_t begin = 0;        ///< offset of `<`
  std::size_t end = 0;          ///< offset behind `>`
};

/// Walks over a document by the tokenizer states of the HTML standard (13.2.5) that decide where a tag ends:
/// attribute quoting, comments, bogus comments. Linear in the document's length whatever it holds. Raw text
/// is the caller's to skip: after an opening `script` it seeks to raw_text_end().
class TagScanner {
public:
  explicit TagScanner(std::string_view html) : m_html(html) {}

  /// False at the end of the document. A tag that the document's end cuts off ends there; one whose quote is
  /// never closed ends at the next `>`, where a browser would lose the rest of the page.
  bool next(Token& token);

  /// Where the raw text that begins at the present position ends: the offset of the `</name` that closes it,
  /// or npos when nothing does. For `script` it knows the escaped states (13.2.5.15 ff.), unless they would
  /// swallow the rest of the document.
  [[nodiscard]] std::size_t raw_text_end(std::string_view name) const;

  void seek(std::size_t position) { m_position = position; }
  [[nodiscard]] std::size_t position() const { return m_position; }

private:
  [[nodiscard]] std::size_t tag_end(std::size_t from) const;
  [[nodiscard]] std::size_t comment_end(std::size_t from) const;

  std::string_view m_html;
  std::size_t m_position = 0;
};

}  // namespace winnow
