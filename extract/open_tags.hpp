// How deep a parser would nest a document, known before it is parsed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <gumbo.h>

namespace winnow {

/// A model of the HTML standard's stack of open elements and list of active formatting elements (13.2.4), fed
/// with the tags of a document in order; it says of each whether the parser may see it. The parser's time
/// grows with the stack's depth at every tag (Debian's gumbo: 5,000 nested `<div>` take 0.27 s, 20,000
/// take 8.6 s) and its memory with the formatting elements that it reopens in every block, and it cannot be
/// interrupted; so tags that would lead there are withheld and the document is parsed flatter than it is.
///
/// The model never believes the stack shallower than it is: an end tag closes no more than the standard lets
/// it. It knows the implied ends (`<p>`, `<li>`, `<td>`, `<option>`...), so that 1,000 unclosed `<p>` are no
/// depth.
/// `/>` on anything but a void element opens it, as in a browser.
class OpenTags {
public:
  /// Of a document of so many bytes: an element and its text cost the parser and the writer some 590 bytes,
  /// and a page of nothing but `<p>x` may not take 150 times its size.
  explicit OpenTags(std::size_t page_bytes);

  /// An opening tag of a non-void element. `plain` is for a formatting element (`<font size=2>`) that carries
  /// nothing that matters to the text. False: leave the tag out.
  [[nodiscard]] bool open(GumboTag tag, bool plain);
  /// An end tag. False: leave it out (nothing that was let through is open for it to close).
  [[nodiscard]] bool close(GumboTag tag);

  /// A void element, `<br>` or `<img>`: nothing is nested in it, but it is one more element.
  [[nodiscard]] bool add_void();

  /// Whether something was withheld for depth or work, and not only for being meaningless.
  [[nodiscard]] bool flattened() const { return m_flattened; }

private:
  struct Formatting {
    GumboTag tag;  ///< GUMBO_TAG_LAST is a marker: a table cell or such begins
    bool written;
  };

  [[nodiscard]] bool open_formatting(GumboTag tag, bool plain);
  [[nodiscard]] bool close_formatting(GumboTag tag);
  [[nodiscard]] bool withhold(GumboTag tag);
  [[nodiscard]] bool has_room() const;
  void close_implied(GumboTag tag);
  bool pop_to(GumboTag tag, unsigned barriers);
  void pop_until_size(std::size_t size);

  static constexpr std::size_t k_tags = GUMBO_TAG_LAST + 1;
  std::vector<GumboTag> m_open;
  std::vector<Formatting> m_formatting;
  std::array<std::uint32_t, k_tags> m_count{};     ///< how often each is in m_open
  std::array<std::uint32_t, k_tags> m_withheld{};  ///< opening tags left out whose end tags are to come
  std::size_t m_written_formatting = 0;            ///< in m_formatting, since the last marker
  std::uint64_t m_work = 0;
  std::size_t m_elements = 0;
  std::size_t m_most_elements;
  bool m_flattened = false;
};

[[nodiscard]] bool is_void(GumboTag tag);
[[nodiscard]] bool is_formatting(GumboTag tag);

}  // namespace winnow
