// One input of `winnow extract`, extracted.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/extract/extract_options.hpp"
#include "formats/corpus_document.hpp"
#include "model/text.hpp"

namespace winnow::cli {

struct ExtractedPage {
  std::string file;                    ///< as it was named
  std::string url;                     ///< the original's; empty when unknown
  std::optional<CorpusHeader> origin;  ///< the capture that it is, when the URL or the document tells
  Text text;
};

/// For messages.
[[nodiscard]] std::string shown_name(const std::string& file);

/// Extracts what was read of a file. Text that was lost is logged as a warning. Throws Error when it is a
/// WARC file, UsageError when the header was asked for and nothing tells the capture.
[[nodiscard]] ExtractedPage extract_bytes(const std::string& file, std::string_view bytes,
                                          const ExtractOptions& options);

/// Reads and extracts a file, or standard input. Throws also Error when it can't be read.
[[nodiscard]] ExtractedPage extract_file(const std::string& file, const ExtractOptions& options);

enum class HeaderLine { with, without };

/// As the format wants it, with a line end: what stands in a file or on standard output. Only Markdown can
/// have a provenance header. \pre with one, the origin is known
[[nodiscard]] std::string render(const ExtractedPage& page, OutputFormat format, HeaderLine header);

}  // namespace winnow::cli
