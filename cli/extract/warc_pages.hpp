// The pages in a WARC file, one after another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "formats/warc_archive.hpp"
#include "formats/warc_capture.hpp"
#include "formats/warc_reader.hpp"

namespace winnow::cli {

/// Whether bytes begin a WARC file, plain or compressed.
[[nodiscard]] bool begins_like_warc(std::string_view bytes);

/// Whether a file is to be read as WARC: because its Content-Type was given as application/warc, by its name,
/// or by its first bytes. Those of standard input, and of what else can be read only once, are not looked at.
[[nodiscard]] bool is_warc_input(const std::string& file, std::string_view content_type);

/// A response as it lies in the file, its content coding not undone.
struct WarcPage {
  Capture capture;  ///< of a revisit its own; the status is the one that a visitor saw
  std::uint64_t offset = 0;
  std::string content_type;
  std::string content_encoding;
  std::string body;
};

/// Reads a file in its own order, holding one record. Only when a revisit comes is the file read once more,
/// for a list of what it holds (formats/capture_index.hpp says how large).
class WarcPages {
public:
  /// `name` is for messages. Throws Error when the file can't be read or is no WARC.
  WarcPages(std::string path, std::string name);

  /// The next page: responses, resources and revisits of HTML, text or PDF, or of no stated type. Nothing at
  /// the end. What is damaged, and revisits of what is not in the file, are logged as errors and counted.
  [[nodiscard]] std::optional<WarcPage> next();

  [[nodiscard]] std::size_t left_out() const { return m_left_out; }

private:
  [[nodiscard]] std::optional<ArchivedResponse> load_revisit(const Capture& revisit,
                                                             const WarcPosition& position);
  void tell_damage();

  std::string m_path;
  std::string m_name;
  WarcReader m_reader;
  std::unique_ptr<const WarcArchive> m_archive;
  std::size_t m_damage_told = 0;
  std::size_t m_left_out = 0;
  bool m_has_record = false;
};

}  // namespace winnow::cli
