// What is being written, until it may have its name.
#pragma once

#include <filesystem>

namespace winnow {

/// A new file or folder beside the final name, which it takes over in commit(): whoever looks at the final
/// name sees the old thing or the new one, also when the program is killed or the power goes. Without
/// commit() nothing is left behind. It is called `.NAME.partial`, or `.NAME.partial-2` and so on as long as
/// other living programs write to the same name; what a killed one has left is used anew. All functions throw
/// Error, with the final name in it, when the system refuses.
class PartialPath {
public:
  enum class Kind { file, folder };
  /// \pre the folder that it lies in exists
  PartialPath(std::filesystem::path name, Kind kind);
  ~PartialPath();
  PartialPath(const PartialPath&) = delete;
  PartialPath& operator=(const PartialPath&) = delete;

  /// Where it lies until commit().
  [[nodiscard]] const std::filesystem::path& path() const { return m_partial; }
  /// Of the file, open for writing.
  [[nodiscard]] int descriptor() const { return m_descriptor; }

  /// Once, when all that it holds is on its disk. A folder takes no name that a file or a folder with
  /// something in it has.
  void commit();

private:
  [[nodiscard]] bool take(const std::filesystem::path& candidate);
  void remove() const noexcept;

  std::filesystem::path m_name;
  Kind m_kind;
  std::filesystem::path m_partial;
  int m_descriptor = -1;
  bool m_is_committed = false;
};

/// With all folders above it. Throws Error when the system refuses.
void make_folder(const std::filesystem::path& folder);

}  // namespace winnow
