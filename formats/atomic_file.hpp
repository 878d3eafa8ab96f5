// Files that are there whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace winnow {

/// Writes beside the final name and takes it over in commit(): whoever reads the final name sees the old file
/// or the new one, also when the program is killed or the power goes. Without commit() nothing is left
/// behind; a killed program leaves `.NAME.partial`, which the next one overwrites. All functions throw Error,
/// with the path in it, when the system refuses.
class AtomicFile {
public:
  /// \pre the folder exists
  explicit AtomicFile(std::filesystem::path path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::string_view bytes);
  /// Once, after the last write().
  void commit();

private:
  void flush();

  std::filesystem::path m_path;
  std::filesystem::path m_partial;
  int m_file;
  std::string m_buffer;
};

/// A whole small file.
void write_atomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace winnow
