#include "extract/markdown_html.hpp"

#include <algorithm>
#include <cstddef>
#include <new>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <md4c.h>

#include "extract/html_writer.hpp"
#include "extract/markdown_notes.hpp"
#include "extract/plain_text.hpp"
#include "model/ascii.hpp"
#include "model/html_escape.hpp"

namespace winnow {
namespace {

/// No exception may cross md4c; the only one there is says that memory is out. Anything but 0 ends the parse.
template <class Work>
int guarded(void* writer, Work work) noexcept {
  try {
    auto& html = *static_cast<HtmlWriter*>(writer);
    work(html);
    return html.is_full() ? 1 : 0;
  } catch (...) {
    return 1;
  }
}

int enter_block(MD_BLOCKTYPE type, void* detail, void* writer) {
  return guarded(writer, [&](HtmlWriter& html) { html.enter(type, detail); });
}
int leave_block(MD_BLOCKTYPE type, void* detail, void* writer) {
  return guarded(writer, [&](HtmlWriter& html) { html.leave(type, detail); });
}
int enter_span(MD_SPANTYPE type, void* detail, void* writer) {
  return guarded(writer, [&](HtmlWriter& html) { html.enter(type, detail); });
}
int leave_span(MD_SPANTYPE type, void* /*detail*/, void* writer) {
  return guarded(writer, [&](HtmlWriter& html) { html.leave(type); });
}
int write_text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* writer) {
  return guarded(writer, [&](HtmlWriter& html) { html.text(type, {text, size}); });
}

/// md4c keeps 20 bytes for each sign of a paragraph, in memory that doubles.
bool has_too_many_signs(std::string_view markdown) {
  constexpr std::size_t k_most = 1'000'000;
  constexpr ByteSet k_signs(
      [](char c) { return std::string_view("\\*_`&;<>[]!\n").find(c) != std::string_view::npos; });
  std::size_t signs = 0;
  for (std::size_t i = k_signs.find_in(markdown); i < markdown.size(); i = k_signs.find_in(markdown, i + 1)) {
    if (markdown.substr(i, 2) == "\n\n") signs = 0;
    if (++signs > k_most) return true;
  }
  return false;
}

std::string paragraphs_of_words(std::string_view markdown) {
  const std::string text = plain_text(markdown);
  std::string html;
  const auto escaped = [&text](char c) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), c));
  };
  constexpr std::size_t k_document = 4096;  // around the fragment
  html.reserve(text.size() + 4 * escaped('&') + 3 * (escaped('<') + escaped('>')) + 5 * escaped('"') +
               8 * escaped('\n') + k_document);
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    html += "<p>";
    append_escaped(html, rest.substr(0, end));
    html += "</p>\n";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return html;
}

/// Appends to what the writer has. False when that is full.
bool render(std::string_view markdown, unsigned flags, HtmlWriter& writer) {
  MD_PARSER parser{};
  parser.flags = flags;
  parser.enter_block = enter_block;
  parser.leave_block = leave_block;
  parser.enter_span = enter_span;
  parser.leave_span = leave_span;
  parser.text = write_text;
  writer.read_from(markdown);
  if (md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &writer) == 0) return true;
  if (!writer.is_full()) throw std::bad_alloc();
  return false;
}

/// Nothing when it would be longer than `most`.
std::optional<std::string> render(std::string_view markdown, unsigned flags, std::size_t most,
                                  const MarkdownNotes* notes) {
  HtmlWriter writer(most, notes);
  if (!render(notes != nullptr ? notes->body : markdown, flags, writer)) return std::nullopt;
  if (notes != nullptr) writer.write_notes([&](std::string_view note) { (void)render(note, flags, writer); });
  return writer.is_full() ? std::nullopt : std::optional(writer.take());
}

}  // namespace

std::string markdown_to_html(std::string_view markdown) {
  if (has_too_many_signs(markdown)) return paragraphs_of_words(markdown);
  // A table's rows are filled up to its widest: 50 kB of bars become 225 MB of cells. Nothing else grows by
  // more than 28 times (a quote in a quote).
  const std::size_t most = 40 * markdown.size() + 4096;
  const auto notes = split_notes(markdown);
  const MarkdownNotes* const found = notes ? &*notes : nullptr;
  if (auto html = render(markdown, MD_FLAG_TABLES | MD_FLAG_NOHTMLBLOCKS, most, found))
    return std::move(*html);
  return render(markdown, MD_FLAG_NOHTMLBLOCKS, std::string::npos, found).value();
}

std::string html_document(std::string_view title, std::string body) {
  body.insert(0, fmt::format("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n"
                             "</head>\n<body>\n",
                             escape_html(title)));
  body += "</body>\n</html>\n";
  return body;
}

}  // namespace winnow
