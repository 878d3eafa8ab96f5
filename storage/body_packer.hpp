// Packs the bodies of a page one against the other: successive captures are nearly the same.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "model/digest.hpp"
#include "model/lru_cache.hpp"
#include "storage/codec.hpp"

namespace winnow {

/// Bodies to be unpacked before one is read; the chain then begins anew. Where two threads or processes pack
/// the same body at once it may become a few longer. Reading the last of 20 takes 0.4 ms.
inline constexpr int k_longest_chain = 20;

/// Keeps the last body of each of the pages that are being worked on. Thread-safe.
class BodyPacker {
public:
  /// Against the page's last body where it has one, else by itself. `page` is any name for it (its urlkey).
  [[nodiscard]] Packed pack(std::string_view page, std::string_view bytes);

  /// The page's body to pack the next one against. \pre it is in the store, or will be before anything that
  /// is packed from now on
  void keep(std::string_view page, const Sha256& sha256, std::string bytes, int depth);

private:
  struct Kept {
    Sha256 sha256;
    std::string bytes;
    int depth = 0;
  };
  static constexpr std::size_t k_most_bytes = std::size_t{32} << 20U;

  LruCache<std::string, std::shared_ptr<const Kept>> m_kept{k_most_bytes};
};

}  // namespace winnow
