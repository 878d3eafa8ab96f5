// Proves that the store holds what was written, and says what does not: every body and text rebuilt and
// hashed, every row against its seal, versions made anew, references, and the file's own structure.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

enum class DamageKind {
  file,       ///< the structure of the database; `name` is empty
  body,       ///< `name` is its SHA-256
  text,       ///< `name` is its SHA-256
  rows,       ///< some of 16 rows of a table, or their seal: `name` is the table
  reference,  ///< a row that refers to one that is not there: `name` is the table
  versions,   ///< of a series: `name`
};
[[nodiscard]] std::string_view name(DamageKind kind);

/// A capture that is not to be trusted, or can't be read, on account of a damage.
struct TouchedCapture {
  std::string url;
  std::string timestamp;  ///< 14 digits, unless it is what is damaged
  std::optional<std::uint32_t> version;
};

struct Damage {
  DamageKind kind{};
  std::string name;
  std::string detail;  ///< one clause for people
  std::vector<TouchedCapture> touches;
  /// What a repair needs: the row's number, or the seal's; nothing for the others.
  std::optional<std::int64_t> row = {};
};

struct Verification {
  std::uint64_t bodies = 0;
  std::uint64_t texts = 0;
  std::uint64_t captures = 0;
  std::uint64_t versions = 0;
  std::vector<Damage> damages;
};

/// Reads everything, writes nothing; others may read and write meanwhile. A byte that is flipped anywhere in
/// the file is found if any reader could see it: those of pages that are free, or of room between rows, are
/// no damage. Throws Error when the file can't be opened as a store at all.
[[nodiscard]] Verification verify(const std::filesystem::path& store);

}  // namespace winnow
