// The tables and views of the store, and how an older store is brought up to them. docs/store.md tells what
// each column means.
#pragma once

#include <cstdint>

namespace winnow::storage {

/// "winw": says in the file's header whose database it is (`file` and sqlite3 show it).
inline constexpr std::int32_t k_application_id = 0x77696e77;

/// PRAGMA user_version of a store this program has made or migrated.
inline constexpr int k_schema_version = 7;

/// The statements that lead from schema version `from` to `from + 1`; 0 is the empty file. Released ones
/// never change: stores in the field were made by them. Precondition: 0 <= from < k_schema_version.
[[nodiscard]] const char* migration(int from);

}  // namespace winnow::storage
