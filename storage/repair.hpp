// Mends what `verify` finds, as far as the archive or the rest of the store still has it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "storage/verify.hpp"

namespace winnow {

struct Repair {
  Verification before;
  Verification after;          ///< what is left can't be mended here: a backup has it
  std::uint64_t bodies = 0;    ///< given up
  std::uint64_t texts = 0;     ///< given up
  std::uint64_t rebased = 0;   ///< sound, but packed against one that was given up: packed by themselves
  std::uint64_t captures = 0;  ///< on the ledger for it, for the next run to fetch or to infer anew
};

/// In one transaction. Bodies and texts that can't be read back go, and the captures that were held with
/// them, or whose rows are not to be trusted, go to the ledger (`damaged`, to be asked for again by the next
/// run); texts of bodies that are gone stay, and so the versions. What follows from other rows is made anew:
/// indexes, versions, readings, looks. Sites, pages, archives, takeovers and the schema can't be had from
/// anywhere and are left alone. Throws Error when another run writes, or when the file is too damaged to be
/// written.
Repair repair(const std::filesystem::path& store, std::string_view program);

}  // namespace winnow
