// Reads all stored bodies anew, once the extractor has changed, and makes the versions anew from what they
// say.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/capture_result.hpp"
#include "storage/codec.hpp"

namespace winnow {

/// A reading that is to be made anew.
struct RereadTask {
  Reading reading;        ///< with the URL to read it under
  std::string known_url;  ///< that the reading is known by: empty when no link depended on it so far
};

struct Reread {
  RereadTask task;
  PackedText text;
};

/// What reading anew has changed.
struct RereadOutcome {
  std::uint64_t readings = 0;
  std::uint64_t captures = 0;  ///< that say something else now, in words, links or marks
  std::int64_t versions = 0;   ///< more than before, or fewer
};

/// Texts are read in small transactions, beside the present ones; nobody sees them before finish() puts them
/// in place of those, all at once: a version that only the extractor made is never seen beside another's.
/// However the process ends, what was read is kept, and a later Rereader goes on there. Others may read
/// meanwhile, and not write. Imported texts stay. Errors as Store's.
class Rereader {
public:
  /// Enters a run. Throws Error when another process is in one.
  Rereader(const std::filesystem::path& path, std::string_view program);
  ~Rereader();
  Rereader(const Rereader&) = delete;
  Rereader& operator=(const Rereader&) = delete;

  /// The next readings; none when all were made.
  [[nodiscard]] std::vector<RereadTask> next(std::size_t most);
  /// What these say. \pre all that next() gave
  void note(std::span<const Reread> rereads);
  [[nodiscard]] std::uint64_t left() const;  ///< readings

  /// \pre next() gave none
  RereadOutcome finish();

  void end(int exit_code, std::string_view report);

private:
  class Parts;
  std::unique_ptr<Parts> m_parts;
};

/// Whether the store has texts of an extractor with another number than this program's: what it reads
/// and what it read would be taken for different versions.
[[nodiscard]] bool has_texts_of_another_extractor(const std::filesystem::path& store);

}  // namespace winnow
