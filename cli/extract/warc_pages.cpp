#include "cli/extract/warc_pages.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include <spdlog/spdlog.h>

#include "cli/extract/extract_options.hpp"
#include "formats/warc_member.hpp"
#include "formats/warc_stream.hpp"
#include "model/error.hpp"
#include "model/headers.hpp"
#include "model/printable.hpp"

namespace winnow::cli {
namespace {

using namespace std::string_view_literals;

/// Servers give a page's type wrongly or not at all: only what is surely none is passed over.
bool is_page(std::string_view content_type) {
  const std::string type = media_type(content_type);
  if (type.empty() || type == "application/xhtml+xml" || type == "application/xml" ||
      type == "application/pdf" || type == "application/octet-stream")
    return true;
  return type.starts_with("text/") && type != "text/css" && type != "text/javascript";
}

/// Enough of a file to unpack a record's first line of.
std::string begin_of(const std::string& file) {
  constexpr std::size_t k_enough = 4096;
  std::error_code failure;
  if (!std::filesystem::is_regular_file(file, failure)) return {};
  std::ifstream in(file, std::ios::binary);
  std::string begin(k_enough, '\0');
  in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  begin.resize(static_cast<std::size_t>(in.gcount()));
  return begin;
}

}  // namespace

bool begins_like_warc(std::string_view bytes) {
  constexpr std::string_view k_version = "WARC/1.";
  WarcStream stream(bytes, sniff_compression(bytes));
  std::string begin;
  stream.read(begin, k_version.size());
  return begin == k_version;
}

bool is_warc_input(const std::string& file, std::string_view content_type) {
  if (media_type(content_type) == "application/warc") return true;
  if (file == k_standard_input) return false;
  constexpr std::array k_endings = {".warc"sv, ".warc.gz"sv, ".warc.zst"sv};
  return std::any_of(k_endings.begin(), k_endings.end(),
                     [&file](std::string_view ending) { return file.ends_with(ending); }) ||
         begins_like_warc(begin_of(file));
}

WarcPages::WarcPages(std::string path, std::string name)
    : m_path(std::move(path)), m_name(std::move(name)), m_reader(m_path) {}

std::optional<WarcPage> WarcPages::next() {
  while (auto record = m_reader.next()) {
    m_has_record = true;
    tell_damage();
    const WarcPosition position = record->position;
    auto found = capture_of(std::move(*record));
    if (!found) continue;
    WarcPage page{.capture = std::move(found->capture), .offset = position.offset};
    page.capture.statuscode = found->statuscode;
    if (found->refers_to) {
      auto response = load_revisit(page.capture, position);
      if (!response) {
        spdlog::error("{}: {} {} left out: the response that this revisit repeats is not in this file",
                      m_name, page.capture.timestamp.digits(), printable(page.capture.original));
        ++m_left_out;
        continue;
      }
      page.capture.statuscode = response->statuscode;
      found->headers = std::move(response->headers);
      found->body = *response->body;
    }
    page.content_type = found->headers.first("Content-Type").value_or("");
    if (!is_page(page.content_type)) continue;
    page.content_encoding = found->headers.first("Content-Encoding").value_or("");
    page.body = std::move(found->body);
    return page;
  }
  tell_damage();
  if (!m_has_record && m_left_out == 0) throw error("{} holds no WARC record", m_name);
  return std::nullopt;
}

std::optional<ArchivedResponse> WarcPages::load_revisit(const Capture& revisit,
                                                        const WarcPosition& position) {
  if (!m_archive) m_archive = std::make_unique<const WarcArchive>(std::vector{m_path});
  const CaptureIndex& index = m_archive->index();
  const CaptureIndex::Range rows = index.of_urlkey(revisit.urlkey);
  for (auto row = index.lower_bound(rows, revisit.timestamp); row < rows.end; ++row) {
    const WarcPosition there = index.position(row);
    if (there.offset == position.offset && there.unpacked == position.unpacked) return m_archive->load(row);
  }
  return std::nullopt;
}

void WarcPages::tell_damage() {
  const auto& damage = m_reader.damage();
  for (; m_damage_told < damage.size(); ++m_damage_told) {
    spdlog::error("{}: record at {} left out: {}", m_name, damage[m_damage_told].offset,
                  damage[m_damage_told].what);
    ++m_left_out;
  }
}

}  // namespace winnow::cli
