// A PDF's words and where they stand, read by poppler's pdftotext in a process of its own: poppler has a
// history of memory errors on hostile files, and is GPL.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace winnow {

/// How a reading of a PDF ended.
enum class PdfEnd {
  whole,      ///< read to its end
  cut,        ///< more output than allowed: its first part is here
  no_reader,  ///< pdftotext is not installed
  encrypted,  ///< cannot be opened without a password
  damaged,    ///< pdftotext gave up, crashed or ran out of memory; what came before that is here
  timed_out   ///< nothing is here: how far it came says more of the machine than of the file
};

struct PdfLayout {
  PdfEnd end = PdfEnd::whole;
  std::string xhtml;  ///< of `pdftotext -bbox-layout`, see extract/pdf/page_lines.hpp; possibly cut anywhere
};

/// The program and what it may use. A policy of 20 pages takes 0.1 s, 30 MiB and 0.4 MB of output. CPU time
/// ends a hostile file the same way on a busy machine; the clock is for a process that only waits.
struct PdfReader {
  std::string program;
  std::chrono::milliseconds time{30'000};
  std::chrono::seconds cpu_time{10};
  std::uint64_t memory = std::uint64_t{512} << 20U;  ///< bytes of address space
  std::size_t output = std::size_t{32} << 20U;       ///< bytes
};

/// With the pdftotext that lies on $PATH, looked for once; none when there is none.
[[nodiscard]] const std::optional<PdfReader>& installed_pdf_reader();

/// The process gets the bytes as its standard input, no other open file, a bare environment and a process
/// group of its own; it is gone when this returns. May be called by many threads at once. Throws Error when
/// the machine has no process, pipe or memory left for it.
[[nodiscard]] PdfLayout read_pdf_layout(const PdfReader& reader, std::string_view pdf);

}  // namespace winnow
