// Princeton-Leuven documents as captures.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/import/import_batch.hpp"
#include "storage/capture_result.hpp"

namespace winnow::cli {

/// The capture that a document's provenance header names, with its text (a Markdown document) or its body (a
/// source twin). Its provenance names the archive, as the header does: k_document_archive, another one,
/// `warc:` or k_live_archive. Nothing when it has no such header: it is given no origin.
[[nodiscard]] std::optional<ImportedCapture> read_document(const std::string& file_name,
                                                           std::string_view document, ImportBatch& batch);

/// Where the captures of the corpus' own documents are, as their headers say.
inline constexpr std::string_view k_document_archive = "https://web.archive.org";

}  // namespace winnow::cli
