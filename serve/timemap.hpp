// All mementos of a URL in application/link-format (RFC 7089 §5, RFC 6690).
#pragma once

#include <cstddef>
#include <string>

#include "formats/capture_index.hpp"

namespace winnow::serve {

class Timemap {
public:
  /// `rows` are of one page, and not empty; `index` must outlive it.
  Timemap(const CaptureIndex& index, CaptureIndex::Range rows, std::string base_url);

  /// Appends up to about `size` bytes; false when nothing comes after them.
  [[nodiscard]] bool fill(std::string& out, std::size_t size);

private:
  void append_head(std::string& out) const;
  void append_memento(std::string& out, CaptureIndex::Row row) const;

  const CaptureIndex& m_index;
  CaptureIndex::Range m_rows;
  CaptureIndex::Row m_next;
  std::string m_base;
};

}  // namespace winnow::serve
