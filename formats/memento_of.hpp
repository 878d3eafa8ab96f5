// Where a capture can be looked at.
#pragma once

#include <string>

#include "model/version_record.hpp"

namespace winnow {

/// The memento that the record's capture was taken from. Of an inferred one, the fetched one's with its own
/// time and URL in it, when both are of one archive. Empty when it is not known.
[[nodiscard]] std::string memento_of(const VersionRecord& record);

}  // namespace winnow
