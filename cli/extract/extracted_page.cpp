#include "cli/extract/extracted_page.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/extract/text_record.hpp"
#include "cli/extract/warc_pages.hpp"
#include "cli/read_input.hpp"
#include "extract/analysis.hpp"
#include "extract/extract.hpp"
#include "extract/given_text.hpp"
#include "extract/markdown_html.hpp"
#include "extract/markdown_writer.hpp"
#include "extract/plain_text.hpp"
#include "model/error.hpp"
#include "model/headers.hpp"
#include "model/html_escape.hpp"
#include "model/printable.hpp"

namespace winnow::cli {
namespace {

bool is_given(const Text& text) {
  return has_mark(text, Mark::imported);
}

/// Markdown, which may begin with a provenance header.
void take_markdown(ExtractedPage& page, std::string_view bytes, const ExtractOptions& options) {
  page.text = read_markdown(bytes, options.content_type);
  if (const auto document = parse_corpus_document(page.text.markdown)) {
    page.origin = document->header;
    Text text = given_text(document->title, document->text);
    text.charset = page.text.charset;
    text.marks = page.text.marks;
    page.text = std::move(text);
  }
  if (!options.section.empty()) select_section(page.text, options.section);
}

void take_page(ExtractedPage& page, std::string_view body, const ExtractOptions& options) {
  // The comment of a Princeton-Leuven source is not the page's, but it tells where the page is from.
  if (const auto source = parse_corpus_source(body)) {
    body = source->text;
    page.origin = source->header;
  }
  std::string url = options.url;
  if (url.empty() && page.origin) url = page.origin->url;
  const std::size_t hash = options.url.find('#');
  page.text = extract(body, {.url = url,
                             .content_type = options.content_type,
                             .fragment = hash == std::string::npos ? "" : options.url.substr(hash + 1),
                             .section = options.section});
}

/// Text was lost; the other marks only say how it was read.
bool is_loss(Mark mark) {
  constexpr std::array k_losses = {Mark::too_large, Mark::no_text, Mark::not_html,  Mark::encrypted,
                                   Mark::scanned,   Mark::damaged, Mark::timed_out, Mark::needs_script};
  return std::find(k_losses.begin(), k_losses.end(), mark) != k_losses.end();
}

void tell_marks(const ExtractedPage& page) {
  const auto& marks = page.text.marks;
  const bool has_cause = std::count_if(marks.begin(), marks.end(), is_loss) > 1;
  if (has_mark(page.text, Mark::no_pdf_reader)) {
    spdlog::warn("{}: {}: PDFs are read by pdftotext; install poppler-utils", shown_name(page.file),
                 name(Mark::no_pdf_reader));
    return;
  }
  for (const Mark mark : marks) {
    if (mark == Mark::no_section) {
      spdlog::warn("{}: no heading answers to --section; this is the whole text", shown_name(page.file));
      continue;
    }
    if (mark == Mark::no_text && has_cause) continue;
    spdlog::log(is_loss(mark) ? spdlog::level::warn : spdlog::level::debug, "{}: {}", shown_name(page.file),
                name(mark));
  }
}

bool needs_title(const Text& text) {
  return !text.title.empty() && !opens_with_title(text.markdown, text.title);
}

std::string with_line_end(std::string text) {
  if (!text.ends_with('\n')) text += '\n';
  return text;
}

/// A page's title opens the text where no heading of its own does.
std::string render_markdown(const ExtractedPage& page) {
  const Text& text = page.text;
  if (is_given(text)) {
    return page.origin ? render_corpus_document(*page.origin, text.title, text.markdown) : text.markdown;
  }
  return needs_title(text) ? fmt::format("# {}\n\n{}\n", text.title, text.markdown) : text.markdown + '\n';
}

std::string render_text(const Text& text) {
  std::string lines = plain_text(text.markdown, ListNumbers::kept);
  return with_line_end(needs_title(text) ? fmt::format("{}\n{}", text.title, lines) : std::move(lines));
}

std::string render_html(const Text& text) {
  std::string body = markdown_to_html(text.markdown);
  if (needs_title(text)) body = fmt::format("<h1>{}</h1>\n{}", escape_html(text.title), body);
  return html_document(text.title, std::move(body));
}

std::string render_json(const ExtractedPage& page) {
  RecordSource source{.file = page.file, .url = page.url};
  if (page.origin) source.timestamp = page.origin->timestamp;
  return text_record(source, page.text, analyse(page.text, page.url)) + '\n';
}

}  // namespace

std::string shown_name(const std::string& file) {
  return file == k_standard_input ? "standard input" : printable(file);
}

ExtractedPage extract_file(const std::string& file, const ExtractOptions& options) {
  return extract_bytes(file, read_input(file), options);
}

ExtractedPage extract_bytes(const std::string& file, std::string_view bytes, const ExtractOptions& options) {
  if (begins_like_warc(bytes))
    throw error("{} holds a WARC file: name the file, or give it on standard input without --output-dir",
                shown_name(file));
  ExtractedPage page{.file = file};
  if (media_type(options.content_type) == "text/markdown") {
    take_markdown(page, bytes, options);
  } else {
    take_page(page, bytes, options);
  }
  page.url = options.url;
  if (!options.url.empty()) {
    if (auto replayed = header_of_replay_url(options.url)) page.origin = std::move(replayed);
  }
  if (page.origin) page.url = page.origin->url;
  if (options.header && !page.origin) {
    throw usage_error(
        "{}: --header needs to know the capture: give --url https://web.archive.org/web/TIMESTAMPid_/URL, or "
        "a file that begins with the Princeton-Leuven comment",
        shown_name(file));
  }
  tell_marks(page);
  return page;
}

std::string render(const ExtractedPage& page, OutputFormat format, HeaderLine header) {
  switch (format) {
    case OutputFormat::md:
      if (header == HeaderLine::with) {
        return with_line_end(render_corpus_document(*page.origin, page.text.title, page.text.markdown));
      }
      return render_markdown(page);
    case OutputFormat::text:
      return render_text(page.text);
    case OutputFormat::json:
      return render_json(page);
    case OutputFormat::html:
      return render_html(page.text);
  }
  std::abort();  // no other value
}

}  // namespace winnow::cli
