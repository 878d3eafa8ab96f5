// WARC files' captures into the store, without fetching.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/import/import_batch.hpp"
#include "formats/warc_archive.hpp"

namespace winnow::cli {

/// The archive that captures from WARC files belong to, unless their records name the memento that they were
/// taken from (WARC-Source-URI): then it is that one's. A file is none: the same records come in files of
/// other names, merged and split, and are the same captures. Which file one was read from, its provenance
/// tells.
inline constexpr const char* k_warc_archive = "warc:";

/// Imports all captures of the files; revisits find their bodies in any of them. Returns how many captures or
/// records had to be left out; each was logged as an error. Stops early when the program is interrupted.
/// `takeovers` are what the files tell of their pages, added.
std::size_t import_warcs(Store& store, const std::vector<WarcArchive::Source>& files, ImportBatch& batch,
                         std::vector<Takeover>& takeovers);

}  // namespace winnow::cli
