// WARC files' captures into the store, without fetching.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/import/import_batch.hpp"

namespace winnow::cli {

/// Imports all captures of the files; revisits find their bodies in any of them. The archive of a capture is
/// `file:NAME` of its file. Returns how many captures or records had to be left out; each was logged as an
/// error. Stops early when the program is interrupted.
std::size_t import_warcs(Store& store, const std::vector<std::string>& paths, ImportBatch& batch);

}  // namespace winnow::cli
