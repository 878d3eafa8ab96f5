// Texts and versions made anew from the stored bodies.
#pragma once

#include <filesystem>
#include <string_view>

#include "storage/rereader.hpp"

namespace winnow::cli {

struct Reextraction {
  RereadOutcome outcome;
  std::uint64_t left =
      0;  ///< readings, after an interrupt: nothing has changed yet, and the next call goes on
};

/// Reads all bodies of the store anew, on all processors, and puts the texts and versions in place of the
/// present ones. Offline. Errors as Rereader's.
[[nodiscard]] Reextraction reextract(const std::filesystem::path& path);

/// The same where the store's texts are of another extractor than this program's; before anything new is
/// read, which would else be told as a change of the site's.
void reextract_if_outdated(const std::filesystem::path& path);

}  // namespace winnow::cli
