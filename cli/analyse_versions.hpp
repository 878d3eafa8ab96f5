// What a run does at its end: what is said of new versions, and what can be searched.
#pragma once

#include <filesystem>

#include "storage/store.hpp"

namespace winnow::cli {

/// Analyses the texts that stand for versions (language, kind, claimed date, words to be searched), and
/// measures what changed from each to the next, where the store does not know it yet. On all processors, a
/// batch a transaction. What an interrupt or a sudden death leaves over is done by the next run.
void analyse_versions(Store& store, const std::filesystem::path& path);

}  // namespace winnow::cli
