// What a harvest asks an archive for: each page since the last look at it.
#pragma once

#include <string_view>
#include <vector>

#include "model/timestamp.hpp"
#include "seeds/target.hpp"
#include "storage/store_reader.hpp"

namespace winnow::cli {

/// The pages that hold the policies of the store's series at present, each as a target of its own, asked for
/// what its index has since 60 days before the last look; the longest not looked at comes first. With `seeds`
/// only what they name; one that the store has nothing of is a target as it is, and comes first.
[[nodiscard]] std::vector<Target> continued_targets(StoreReader& store, std::string_view archive,
                                                    const std::vector<Target>& seeds);

}  // namespace winnow::cli
