// One paragraph's worth of text, and how it is written in Markdown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// How a piece of text stands in its paragraph.
struct InlineFormat {
  bool strong = false;
  bool emphasis = false;
  bool code = false;
  std::uint32_t link = 0;  ///< 0, or one more than the index of its target
  bool operator==(const InlineFormat&) const = default;
};

/// Bytes of link targets in one page: what is beyond is text without a link. A target is written again in
/// each paragraph that its link reaches over, so that a page of 32 MiB could ask for gigabytes.
inline constexpr std::size_t k_room_for_targets = std::size_t{4} * 1024 * 1024;

/// Collects the text of a paragraph as it stands in the page and renders it so that the same words give the
/// same bytes whatever the markup's noise: white space collapses to one space, invisible characters go, `<b>`
/// around nothing or around white space leaves no trace, neighbouring runs of one format join, and delimiters
/// stand where CommonMark takes them for such (spaces and edge punctuation move out of them where they must).
class InlineText {
public:
  void add(std::string_view text, const InlineFormat& format);
  void add_break();  ///< a `<br>`
  /// A space between what came before and what comes next, if both are there.
  void add_space() { m_space = true; }

  /// Nothing visible was added.
  [[nodiscard]] bool empty() const { return m_runs.empty(); }

  enum class Breaks {
    hard,    ///< two spaces and a line end
    space,   ///< in headings
    markup,  ///< `<br>`: in table cells, where also `|` is escaped
  };
  /// The Markdown, and the text is cleared. Two breaks and more end a paragraph, but for Breaks::space.
  /// `targets` are the links' URLs.
  [[nodiscard]] std::string take(const std::vector<std::string>& targets, Breaks breaks);

private:
  /// Small, since a page may have one for every few bytes.
  struct Run {
    std::size_t begin = 0;  ///< of its text in m_text, which reaches to the next run's
    InlineFormat format;
    std::uint32_t breaks = 0;  ///< before it
    bool space = false;        ///< before it
    // Emphasis that covers only part of a link stands inside of it, all other around it.
    bool inner_strong = false;
    bool inner_emphasis = false;
  };
  class Renderer;

  /// What is appended to m_text next belongs to a run of this format.
  void begin_run(const InlineFormat& format);
  void settle_emphasis_in_links();
  void settle_crossed_emphasis();

  /// Of all runs. White space is collapsed, with none at a run's ends; `\n` is a single break.
  std::string m_text;
  std::vector<Run> m_runs;
  bool m_space = false;  ///< white space was seen since the last visible character
  unsigned m_breaks = 0;
  std::size_t m_room = k_room_for_targets;  ///< what take() has left of it
};

/// Escapes what CommonMark would take for markup, and only that. `at_line_start`: what stands before it
/// cannot keep it from being a block's beginning.
[[nodiscard]] std::string escape_markdown(std::string_view text, bool at_line_start);

/// A URL as it may stand in the parentheses of a link.
[[nodiscard]] std::string link_destination(std::string_view url);

}  // namespace winnow
