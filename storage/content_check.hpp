// Rebuilds every body or text and asks whether it is what it is named by. For storage/*.cpp only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "storage/content_chain.hpp"

namespace winnow::storage {

struct BadContent {
  std::int64_t id = 0;
  std::string name;    ///< SHA-256 as the store has it, lower-case hex
  std::string detail;  ///< what is wrong with it
};

struct ContentCheck {
  std::uint64_t checked = 0;
  std::vector<BadContent> bad;  ///< by id
};

/// Bodies: SHA-256, SHA-1, size, depth; texts: SHA-256 with their titles; of both that chains end and are not
/// long. With two threads and connections of their own; each content is unpacked about once.
[[nodiscard]] ContentCheck check_contents(const std::filesystem::path& store, Shelf shelf);

}  // namespace winnow::storage
