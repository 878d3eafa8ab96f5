// What the store needs of a body: the bytes packed, the text extracted.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "cli/form_cache.hpp"
#include "storage/body_lookup.hpp"
#include "storage/body_packer.hpp"
#include "storage/capture_result.hpp"

namespace winnow::cli {

/// Remembers the bodies and texts of the pages being worked on: the next body of a page is packed against the
/// last, and is not parsed when what is parsed of it is the same. Thread-safe; all workers share one.
class BodyReader {
public:
  /// Fills in what is not `known`, and returns the CPU time that extraction took. `page` is the capture's
  /// urlkey.
  std::chrono::nanoseconds read(BodyContent& content, std::string_view bytes, const BodyLookup::Known& known,
                                std::string_view page);

  /// The content has been sent to the store, whose bytes these are.
  void sent(std::string_view page, const Reading& reading, std::string bytes, int depth) {
    m_packer.keep(page, reading.body, std::move(bytes), depth);
  }

private:
  static constexpr std::size_t k_most_bytes = std::size_t{16} << 20U;

  BodyPacker m_packer;
  FormCache<PackedText> m_texts{k_most_bytes};
};

}  // namespace winnow::cli
