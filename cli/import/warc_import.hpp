// WARC files' captures into the store, without fetching.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/import/archive_ids.hpp"
#include "cli/import/import_batch.hpp"
#include "formats/warc_archive.hpp"

namespace winnow::cli {

/// Imports all captures of the files; revisits find their bodies in any of them. Returns how many captures or
/// records had to be left out; each was logged as an error. Stops early when the program is interrupted.
/// `takeovers` are what the files tell of their pages, added.
std::size_t import_warcs(ArchiveIds& archives, const std::vector<WarcArchive::Source>& files,
                         ImportBatch& batch, std::vector<Takeover>& takeovers);

}  // namespace winnow::cli
