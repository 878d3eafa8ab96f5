// Reads packed contents back, bodies and texts alike. For storage/*.cpp only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "storage/statement.hpp"

namespace winnow::storage {

/// Which table contents are kept in; each is packed against others of its own.
enum class Shelf { bodies, texts };

/// A content is unpacked after its base, that after its own, from the one that stands by itself.
class ContentChain {
public:
  ContentChain(Database& database, Shelf shelf);

  struct Unpacked {
    std::string bytes;
    int depth = 0;         ///< contents that were unpacked before it
    std::size_t cost = 0;  ///< bytes that were unpacked in all
  };
  /// All of one moment, though others pack anew meanwhile. Throws Error when it or one of its bases is
  /// missing or damaged.
  [[nodiscard]] Unpacked read(std::int64_t id);

private:
  const char* m_kind;
  Statement m_hold, m_row;
};

}  // namespace winnow::storage
