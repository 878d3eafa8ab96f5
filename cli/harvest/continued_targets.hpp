// What a harvest asks an archive for: each page since the last look at it.
#pragma once

#include <string_view>
#include <vector>

#include "seeds/target.hpp"
#include "storage/watch_reader.hpp"

namespace winnow::cli {

/// The pages that hold the policies of the store's series at present, each as a target of its own, asked for
/// what its index has since 60 days before the last look; the longest not looked at comes first. With `seeds`
/// only what they name, also by a page that another one took over from. A seed that the store has nothing of
/// is a target as it is, and comes first, unless it is on the ledger and not to be asked for yet.
[[nodiscard]] std::vector<Target> continued_targets(WatchReader& store, std::string_view archive,
                                                    const std::vector<Target>& seeds);

}  // namespace winnow::cli
