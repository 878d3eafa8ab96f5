// How many transfers from one archive run at a time, in all processes of a user together.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

namespace winnow {

/// An empty file beside the budget's of which each transfer locks a byte, up to as many as are allowed. The
/// kernel drops the locks with the process, however that ends (open file description locks: fcntl(2),
/// F_OFD_SETLK). Processes that allow different numbers have together as many as the one that allows most.
class ConnectionSlots {
public:
  /// Makes the file and its folder. Throws Error when they can't be made.
  ConnectionSlots(std::filesystem::path path, std::size_t allowed);
  ~ConnectionSlots();
  ConnectionSlots(ConnectionSlots&& other) noexcept;
  ConnectionSlots(const ConnectionSlots&) = delete;
  ConnectionSlots& operator=(const ConnectionSlots&) = delete;
  ConnectionSlots& operator=(ConnectionSlots&&) = delete;

  /// Takes or gives back until `wanted` slots are ours; false when others leave no more than fewer.
  bool hold(std::size_t wanted);

  /// Whether other processes hold some.
  [[nodiscard]] bool others_hold() const;

private:
  bool lock(std::size_t slot, short type) const;

  std::filesystem::path m_path;
  int m_file;
  std::vector<bool> m_ours;
  std::size_t m_held = 0;
};

}  // namespace winnow
