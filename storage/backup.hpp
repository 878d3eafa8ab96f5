// A copy of the store, taken while others read and write it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

namespace winnow {

/// Copies the store as it is at this moment to `destination`.partial, proves it (verify()) and gives it its
/// name: a file under that name is whole, whenever the process dies. Nothing is ever overwritten but what an
/// earlier backup left half done. `go_on` is asked between pieces; false stops, and leaves nothing. The
/// copy's size, 0 where it was stopped. Throws Error when there is a file of that name, no room, or when what
/// was copied is damaged.
std::uint64_t back_up(const std::filesystem::path& store, const std::filesystem::path& destination,
                      const std::function<bool()>& go_on);

}  // namespace winnow
