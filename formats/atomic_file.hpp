// Files that are there whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "formats/partial_path.hpp"

namespace winnow {

/// Writes beside the final name and takes it over in commit(), as PartialPath does: several programs may
/// write to one name, and each leaves a whole file there or none. All functions throw Error, with the path in
/// it, when the system refuses.
class AtomicFile {
public:
  /// \pre the folder exists
  explicit AtomicFile(std::filesystem::path path);

  void write(std::string_view bytes);
  /// Once, after the last write().
  void commit();

private:
  void flush();

  std::filesystem::path m_path;
  PartialPath m_partial;
  std::string m_buffer;
};

/// A whole small file.
void write_atomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace winnow
