#include "cli/export/export_target.hpp"

#include <array>
#include <fstream>
#include <string_view>
#include <system_error>

#include "model/error.hpp"

namespace winnow::cli {

namespace {

namespace fs = std::filesystem;

/// SQLite's log and index of it, and the list of runs.
constexpr std::array k_beside_store{"", "-wal", "-shm", "-journal", "-runs"};

/// Somebody's store, whichever is exported: FILE is easily taken for it.
bool is_database(const fs::path& file) {
  constexpr std::string_view k_magic = "SQLite format 3";  // sqlite.org/fileformat2.html §1.2
  std::string start(k_magic.size(), '\0');
  std::ifstream in(file, std::ios::binary);
  return in.read(start.data(), static_cast<std::streamsize>(start.size())) && start == k_magic;
}

}  // namespace

bool is_same_file(const fs::path& one, const fs::path& other) {
  std::error_code problem;
  if (fs::equivalent(one, other, problem) && !problem) return true;
  const fs::path here = fs::weakly_canonical(fs::absolute(one, problem), problem);
  if (problem) return false;
  const fs::path there = fs::weakly_canonical(fs::absolute(other, problem), problem);
  return !problem && here == there;
}

void check_export_file(const std::string& file, const fs::path& store) {
  if (file == "-") return;
  for (const char* const end : k_beside_store) {
    if (is_same_file(file, store.string() + end))
      throw usage_error("{} belongs to the store {}; give the export another name", file, store.string());
  }
  std::error_code problem;
  const fs::file_status status = fs::status(file, problem);
  if (!fs::exists(status)) return;
  if (fs::is_directory(status)) throw usage_error("{} is a folder; name a file in it", file);
  if (!fs::is_regular_file(status))
    throw usage_error("{} is no regular file, and an export would replace it; - is standard output", file);
  if (is_database(file))
    throw usage_error("{} is a database, maybe a store, and no export replaces one; --store names the store",
                      file);
}

}  // namespace winnow::cli
