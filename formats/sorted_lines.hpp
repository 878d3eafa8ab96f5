// Lines in byte order, however many there are.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/spool_file.hpp"

namespace winnow {

/// Keeps up to `memory` bytes of lines; what is beyond lies in sorted runs in nameless files of `folder`.
class SortedLines {
public:
  explicit SortedLines(std::filesystem::path folder, std::size_t memory = std::size_t{32} << 20U);

  /// Without a line end in it.
  void add(std::string line);
  /// All in order, without their line ends; once.
  void for_each(const std::function<void(std::string_view)>& visit);

private:
  void spill();

  std::filesystem::path m_folder;
  std::size_t m_memory;
  std::size_t m_held = 0;
  std::vector<std::string> m_lines;
  std::vector<SpoolFile> m_runs;
};

}  // namespace winnow
