// WACZ 1.1.1 (specs.webrecorder.net/wacz/1.1.1): a WARC file with its index and list of pages in one zip.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "formats/sorted_lines.hpp"
#include "formats/spool_file.hpp"
#include "formats/warc_export.hpp"
#include "model/exported_record.hpp"

namespace winnow {

/// A line of a CDXJ index: `<urlkey> <timestamp> {"url":...}`.
[[nodiscard]] std::string cdxj_line(const WarcExport::Written& written, std::string_view file_name);

/// What goes into the package is put aside in the folder that is to hold it; commit() writes it. The same
/// calls give the same bytes.
class WaczWriter {
public:
  explicit WaczWriter(std::filesystem::path path);

  /// Of archive/data.warc.gz.
  void write_warc(std::string_view bytes) { m_warc.write(bytes); }
  void add_to_index(const WarcExport::Written& written);
  /// A line of pages/pages.jsonl.
  void add_page(const ExportedRecord& exported);

  void commit(std::string_view title, std::string_view program, Timestamp created);

private:
  std::filesystem::path m_path;
  SpoolFile m_warc;
  SpoolFile m_pages;
  SortedLines m_index;
};

}  // namespace winnow
