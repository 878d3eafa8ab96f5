// Packs the store's bodies and texts anew, each against the one it is most like, and gives back the room.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace winnow {

struct PackedSize {
  std::uint64_t count = 0;
  std::uint64_t bytes = 0;   ///< as they are read
  std::uint64_t packed = 0;  ///< as they are stored
};

struct StoreSize {
  PackedSize bodies, texts;
  std::uint64_t file = 0;  ///< bytes of the whole store, its write-ahead log apart
};

/// Works on the store in small transactions: each leaves every body and text readable, and what was done is
/// kept however the process ends; a later Compactor goes on there. Others may read and write meanwhile.
/// Errors as Store's.
class Compactor {
public:
  /// Enters a run. Throws Error when another process compacts or repairs the store.
  Compactor(const std::filesystem::path& path, std::string_view program);
  ~Compactor();
  Compactor(const Compactor&) = delete;
  Compactor& operator=(const Compactor&) = delete;

  [[nodiscard]] StoreSize size();

  /// Packs the next contents, some 64; false when all are packed. What can't be read back as what it is named
  /// is left as it is, and counted: `winnow verify` tells more.
  bool step();
  [[nodiscard]] std::uint64_t left() const;  ///< contents still to be packed
  [[nodiscard]] std::uint64_t damaged() const;

  enum class Shrunk { done, nothing_to_give, others_write };
  /// Hands the file's free pages back (VACUUM). Needs room for two more copies of what is used, one of them
  /// in the folder for temporary files: throws Error, naming how much, when the disk has less. Readers go on
  /// meanwhile; writers would wait too long, so beside another run it is left for the next time.
  Shrunk shrink();

  void end(int exit_code, std::string_view report);

private:
  class Parts;
  std::unique_ptr<Parts> m_parts;
};

}  // namespace winnow
