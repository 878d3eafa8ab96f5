#include "formats/corpus_document.hpp"

#include <cstddef>

#include <fmt/format.h>

namespace winnow {

std::string render_corpus_document(const CorpusHeader& header, std::string_view title,
                                   std::string_view text) {
  return fmt::format("{}\n\n# {}\n\n{}", render_header(header), title, text);
}

std::string render_corpus_source(const CorpusHeader& header, std::string_view source) {
  return fmt::format("{}\n\n{}", render_header(header, HeaderForm::source), source);
}

std::string render_version_document(const VersionRecord& record) {
  std::string document = render_corpus_document(header_of(record), record.text.title, record.text.markdown);
  const bool as_given = has_mark(record.text, Mark::imported);
  if (!as_given && !document.ends_with('\n')) document += '\n';
  return document;
}

std::string render_version_source(const VersionRecord& record, std::string_view body) {
  return render_corpus_source(header_of(record), body);
}

std::optional<CorpusDocument> parse_corpus_document(std::string_view text) {
  constexpr std::string_view k_heading = "\n\n# ";
  auto header = take_header(text, HeaderForm::text);
  if (!header || !text.starts_with(k_heading)) return std::nullopt;
  text.remove_prefix(k_heading.size());
  const std::size_t end = text.find("\n\n");
  // The title is one line, whatever comes behind it.
  if (end == std::string_view::npos || text.find('\n') != end) return std::nullopt;
  return CorpusDocument{std::move(*header), text.substr(0, end), text.substr(end + 2)};
}

std::optional<CorpusDocument> parse_corpus_source(std::string_view text) {
  auto header = take_header(text, HeaderForm::source);
  if (!header || !text.starts_with("\n\n")) return std::nullopt;
  return CorpusDocument{std::move(*header), {}, text.substr(2)};
}

}  // namespace winnow
