// Captured pages to lines of JSON; a page that was read before is not parsed again.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "cli/extract/warc_pages.hpp"
#include "cli/form_cache.hpp"
#include "extract/analysis.hpp"
#include "extract/extract.hpp"

namespace winnow::cli {

/// Thread-safe; all workers share one.
class PageReader {
public:
  /// `section` is the title of the part that is wanted of each page; empty: the whole.
  explicit PageReader(std::string section) : m_section(std::move(section)) {}

  /// The page's record with a line end (docs/records.md), `file` in it. Nothing when its content coding can't
  /// be undone, which is logged as an error.
  [[nodiscard]] std::optional<std::string> read(const std::string& file, WarcPage page);

private:
  struct Reading {
    Text text;
    Analysis analysis;
  };
  static constexpr std::size_t k_most_bytes = std::size_t{16} << 20U;

  [[nodiscard]] std::shared_ptr<const Reading> read_body(std::string_view body, const Hints& hints);

  std::string m_section;
  /// By form and URL: whose links are its own depends on the URL.
  FormCache<Reading> m_readings{k_most_bytes};
};

}  // namespace winnow::cli
