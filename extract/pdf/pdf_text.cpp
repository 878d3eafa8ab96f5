#include "extract/pdf/pdf_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "extract/charset.hpp"
#include "extract/inline_markdown.hpp"
#include "extract/markdown_blocks.hpp"
#include "extract/pdf/headings.hpp"
#include "extract/pdf/line_labels.hpp"
#include "extract/pdf/page_lines.hpp"
#include "extract/pdf/paragraphs.hpp"
#include "extract/pdf/rows.hpp"
#include "extract/pdf/running_lines.hpp"
#include "extract/pdf/tables.hpp"
#include "extract/plain_structures.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

std::string inline_markdown(std::string_view text, InlineText::Breaks breaks) {
  InlineText paragraph;
  paragraph.add(text, {});
  return paragraph.take({}, breaks);
}

/// The items from `i` on that stand as far right as the first, or further: those are lists within.
Block list_at(const std::vector<PdfParagraph>& paragraphs, std::size_t& i, const Blocks& before,
              unsigned depth) {
  constexpr double k_indent = 6;
  constexpr unsigned k_deepest = 6;
  const double left = paragraphs[i].left;
  std::vector<ListItem> items;
  while (i < paragraphs.size() && paragraphs[i].label == LabelKind::bullet) {
    if (paragraphs[i].left < left - k_indent && depth > 1) break;
    if (!items.empty() && paragraphs[i].left > left + k_indent && depth < k_deepest) {
      Blocks& item = items.back().blocks;
      Block within = list_at(paragraphs, i, item, depth + 1);
      item.push_back(std::move(within));
      continue;
    }
    std::string text = inline_markdown(paragraphs[i].text, InlineText::Breaks::hard);
    if (!text.empty()) items.push_back({{}, {{BlockKind::paragraph, std::move(text)}}});
    ++i;
  }
  if (items.empty()) return {};
  return make_list(std::move(items), false, before);
}

std::string escaped_cell(std::string_view text) {
  std::string cell;
  for (const char c : text) {
    if (c == '|') cell += '\\';
    cell += c;
  }
  return cell;
}

std::string markdown_table(const std::vector<std::vector<std::string>>& rows, std::size_t columns) {
  std::string table;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    table += row == 0 ? "|" : "\n|";
    for (std::size_t column = 0; column < columns; ++column) {
      const bool is_empty = column >= rows[row].size() || rows[row][column].empty();
      table += is_empty ? " |" : ' ' + escaped_cell(rows[row][column]) + " |";
    }
    if (row > 0) continue;
    table += "\n|";
    for (std::size_t column = 0; column < columns; ++column)
      table += " --- |";
  }
  return table;
}

/// The table whose first cell is at `i`.
Block table_at(const std::vector<PdfParagraph>& paragraphs, std::size_t& i) {
  const int number = paragraphs[i].cell.table;
  std::vector<std::vector<std::string>> rows;
  std::size_t columns = 0;
  for (; i < paragraphs.size() && paragraphs[i].cell.table == number; ++i) {
    const PdfCell& cell = paragraphs[i].cell;
    columns = std::max(columns, cell.column + 1);
    if (rows.size() <= cell.row) rows.resize(cell.row + 1);
    std::vector<std::string>& row = rows[cell.row];
    if (row.size() <= cell.column) row.resize(cell.column + 1);
    std::string& text = row[cell.column];
    if (!text.empty()) text += ' ';
    text += inline_markdown(paragraphs[i].text, InlineText::Breaks::space);
  }
  return {BlockKind::other, markdown_table(rows, columns)};
}

Blocks blocks_of(const std::vector<PdfParagraph>& paragraphs, const std::vector<unsigned>& levels) {
  Blocks blocks;
  for (std::size_t i = 0; i < paragraphs.size();) {
    if (paragraphs[i].label == LabelKind::bullet) {
      Block list = list_at(paragraphs, i, blocks, 1);
      if (!list.text.empty()) blocks.push_back(std::move(list));
      continue;
    }
    if (paragraphs[i].cell.table > 0) {
      blocks.push_back(table_at(paragraphs, i));
      continue;
    }
    const unsigned level = levels[i];
    const auto breaks = level > 0 ? InlineText::Breaks::space : InlineText::Breaks::hard;
    std::string text = inline_markdown(paragraphs[i].text, breaks);
    ++i;
    if (text.empty()) continue;
    if (level == 0) {
      blocks.push_back({BlockKind::paragraph, std::move(text)});
    } else {
      blocks.push_back({BlockKind::heading, std::string(level, '#') + ' ' + text});
    }
  }
  return with_plain_structures(std::move(blocks));
}

/// Programs that print to PDF name the document after its file.
bool is_file_name(std::string_view title) {
  constexpr std::array<std::string_view, 12> k_endings = {
      ".doc", ".docx", ".pdf", ".odt", ".rtf", ".indd", ".txt", ".html", ".htm", ".xlsx", ".pptx", ".pages"};
  return std::any_of(k_endings.begin(), k_endings.end(), [title](std::string_view ending) {
    return title.size() > ending.size() && iequals(title.substr(title.size() - ending.size()), ending);
  });
}

std::string title_of(const PdfDocument& document, const std::vector<PdfParagraph>& paragraphs,
                     const std::vector<unsigned>& levels) {
  std::string_view own = document.title;
  constexpr std::string_view k_word = "Microsoft Word - ";
  const bool is_printed = own.starts_with(k_word);
  if (is_printed) own.remove_prefix(k_word.size());
  const auto has_text = [](std::string_view title) {
    return title.find_first_not_of(" \t") != std::string_view::npos && !iequals(title, "untitled");
  };
  if (has_text(own) && !is_printed && !is_file_name(own)) return std::string(own);
  // A heading in the middle is not the document's.
  constexpr std::size_t k_first = 3;
  for (std::size_t i = 0; i < std::min(k_first, levels.size()); ++i) {
    if (levels[i] > 0) return paragraphs[i].text;
  }
  return has_text(own) ? std::string(own) : std::string();
}

/// Most pages are without a word.
bool is_scanned(const PdfDocument& document) {
  const auto empty = std::count_if(document.pages.begin(), document.pages.end(),
                                   [](const PdfPage& page) { return page.lines.empty(); });
  return 2 * static_cast<std::size_t>(empty) > document.pages.size();
}

/// U+FB00 to U+FB06 as letters: whether a font has such signs is not a matter of words.
void divide_ligatures(std::string& text) {
  constexpr std::string_view k_lead = "\xEF\xAC";
  constexpr std::array<std::string_view, 7> k_letters = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
  if (text.find(k_lead) == std::string::npos) return;
  std::string divided;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t sign =
        i + 2 < text.size() ? static_cast<unsigned char>(text[i + 2]) - std::size_t{0x80} : 7;
    if (sign >= k_letters.size() || std::string_view(text).substr(i, 2) != k_lead) {
      divided += text[i];
    } else {
      divided += k_letters.at(sign);
      i += 2;
    }
  }
  text = std::move(divided);
}

}  // namespace

PdfText pdf_to_text(const PdfLayout& layout) {
  PdfText text;
  switch (layout.end) {
    case PdfEnd::whole:
      break;
    case PdfEnd::cut:
      text.marks.push_back(Mark::too_large);
      break;
    case PdfEnd::no_reader:
      text.marks.push_back(Mark::no_pdf_reader);
      return text;
    case PdfEnd::encrypted:
      text.marks.push_back(Mark::encrypted);
      return text;
    case PdfEnd::damaged:
      text.marks.push_back(Mark::damaged);
      break;
    case PdfEnd::timed_out:
      text.marks.push_back(Mark::timed_out);
      return text;
  }
  // A font's own table says what its characters are; it may say half a surrogate pair.
  PdfDocument document = parse_bbox_layout(decode_page(layout.xhtml, *find_encoding("utf-8")).utf8);
  if (!document.pages.empty() && is_scanned(document)) text.marks.push_back(Mark::scanned);
  for (PdfPage& page : document.pages) {
    for (PdfLine& line : page.lines)
      divide_ligatures(line.text);
    join_rows(page);
  }
  drop_running_lines(document);
  find_tables(document);
  const std::vector<PdfParagraph> paragraphs = paragraphs_of(document);
  const std::vector<unsigned> levels = heading_levels(paragraphs);
  text.markdown = join_blocks(blocks_of(paragraphs, levels), false);
  text.title = title_of(document, paragraphs, levels);
  return text;
}

PdfText read_pdf(std::string_view pdf) {
  const std::optional<PdfReader>& reader = installed_pdf_reader();
  if (!reader) return pdf_to_text({PdfEnd::no_reader, {}});
  PdfLayout layout = read_pdf_layout(*reader, pdf);
  constexpr std::size_t k_tail = 1024;  // where readers look for it
  const bool has_end =
      pdf.substr(pdf.size() - std::min(pdf.size(), k_tail)).find("%%EOF") != std::string_view::npos;
  if (layout.end == PdfEnd::whole && !has_end) layout.end = PdfEnd::damaged;
  return pdf_to_text(layout);
}

}  // namespace winnow
