// Which two versions `winnow diff` compares.
#pragma once

#include <string>
#include <vector>

#include "model/version_record.hpp"
#include "storage/store_reader.hpp"

namespace winnow::cli {

struct ComparedVersion {
  std::string page;  ///< URL of the series' present page
  VersionRecord record;
};

struct Compared {
  ComparedVersion older;  ///< the one named first
  ComparedVersion newer;
};

/// From the command line's words:
/// - PAGE or PAGE#3, PAGE@2015: that version and the one before it;
/// - two targets: PAGE#2 PAGE#3, PAGE@2011 PAGE@2015, also of two pages. The second may leave the page out:
/// #3,
///   @2015;
/// - PAGE and two versions: 2 3, 2011 2015-05. Four digits and more are a date; #1234 is a number whatever
/// its
///   length.
///
/// Throws UsageError when they cannot be understood, Error when there is no such page or version, or no
/// version before the one that is named alone.
[[nodiscard]] Compared read_compared(StoreReader& store, const std::vector<std::string>& words);

}  // namespace winnow::cli
