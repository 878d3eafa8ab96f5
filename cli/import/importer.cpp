#include "cli/import/importer.hpp"

#include <algorithm>
#include <system_error>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/import/document_import.hpp"
#include "cli/import/evidence_bag.hpp"
#include "cli/import/record_import.hpp"
#include "cli/import/warc_import.hpp"
#include "cli/interrupt.hpp"
#include "formats/atomic_file.hpp"
#include "formats/mapped_file.hpp"
#include "model/error.hpp"
#include "model/printable.hpp"

namespace winnow::cli {

namespace {

namespace fs = std::filesystem;

/// No document of the corpus is near this, and no record of an export.
constexpr std::size_t k_largest_document = std::size_t{64} << 20U;

/// All are mapped at a time, of which a process has 65,530 (Linux' vm.max_map_count).
constexpr std::size_t k_most_spooled = 20'000;

bool is_document_name(const fs::path& name) {
  return name.extension() == ".md" || name.extension() == ".html";
}

std::vector<fs::path> children(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem); !problem && entry != fs::directory_iterator();
       entry.increment(problem)) {
    std::error_code unknown;
    // A link may lead anywhere, also to where it is.
    const bool is_taken =
        !entry->is_symlink(unknown) && (entry->is_directory(unknown) || entry->is_regular_file(unknown));
    if (is_taken) paths.push_back(entry->path());
  }
  if (problem) throw error("can't read the folder {}: {}", folder.string(), problem.message());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// Of an export with texts. A WACZ's list of pages and others' JSON are none.
bool is_record_line(std::string_view line) {
  return line.find("\"text_sha256\":") != std::string_view::npos &&
         line.find("\"text\":") != std::string_view::npos;
}

}  // namespace

void Importer::leave_out(std::string_view what, std::string_view why) {
  spdlog::error("{} not imported: {}", printable(what), why);
  ++m_left_out;
}

std::optional<FileKind> Importer::kind(const fs::path& path) {
  try {
    return kind_of_file(path.string());
  } catch (const Error& problem) {
    leave_out(path.string(), problem.what());
    return std::nullopt;
  }
}

void Importer::take(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return take_folder(path);
  const auto found = kind(path);
  if (!found) return;
  if (*found == FileKind::other) {
    take_document_file(path);
  } else {
    take_file(path, *found, Named::yes);
  }
}

void Importer::take_folder(const fs::path& folder) {
  if (const fs::path captures = captures_of_evidence(folder); !captures.empty())
    return take_file(captures, FileKind::warc, Named::yes);
  std::vector<fs::path> paths;
  try {
    paths = children(folder);
  } catch (const Error& problem) {
    return leave_out(folder.string(), problem.what());
  }
  std::error_code ignored;
  for (const fs::path& path : paths) {
    if (interrupted()) return;
    if (fs::is_directory(path, ignored)) {
      take_folder(path);
    } else if (const auto found = kind(path)) {
      take_file(path, *found, Named::no);
    }
  }
}

void Importer::take_file(const fs::path& path, FileKind kind, Named named) {
  switch (kind) {
    case FileKind::warc:
      m_warcs.push_back({path.string(), path.filename().string()});
      return;
    case FileKind::tar:
    case FileKind::zip:
      take_container(path.string());
      return;
    case FileKind::json_lines:
      take_records(path.string(), named);
      return;
    case FileKind::other:
      break;
  }
  if (is_document_name(path)) {
    take_document_file(path);
  } else {
    ++m_passed_over;
  }
}

template <class Opened>
std::unique_ptr<Opened> Importer::open(const std::string& path) {
  try {
    return std::make_unique<Opened>(path);
  } catch (const Error& problem) {
    leave_out(path, problem.what());
    return nullptr;
  }
}

void Importer::take_document_file(const fs::path& path) {
  if (const auto file = open<MappedFile>(path.string())) take_document(path.string(), file->bytes());
}

void Importer::take_container(const std::string& path) {
  const auto container = open<ContainerReader>(path);
  if (!container) return;
  const auto captures = captures_in_bag(path);
  const std::size_t spooled = m_spooled;
  while (const auto name = container->next()) {
    if (interrupted()) return;
    if (!captures || *name == *captures) take_entry(*container, path, *name);
  }
  if (container->damage()) {
    leave_out(path, *container->damage());
  } else if (path.ends_with(".wacz") && m_spooled == spooled) {
    leave_out(path, "a WACZ package without a WARC file");
  }
}

void Importer::take_entry(ContainerReader& container, const std::string& where, const std::string& name) {
  if (is_warc_name(name)) {
    if (m_spooled == k_most_spooled)
      return leave_out(fmt::format("{}/{}", where, name),
                       fmt::format("{} WARC files in containers are taken at a time", k_most_spooled));
    ++m_spooled;
    if (!m_scratch) m_scratch = std::make_unique<ScratchFolder>();
    const fs::path spooled = m_scratch->path() / fmt::format("{}.warc", m_warcs.size());
    AtomicFile file(spooled);
    for (std::string_view piece = container.next_piece(); !piece.empty(); piece = container.next_piece())
      file.write(piece);
    file.commit();
    m_warcs.push_back({spooled.string(), fmt::format("{}/{}", fs::path(where).filename().string(), name)});
  } else if (is_document_name(name)) {
    const auto [bytes, is_whole] = container.read(k_largest_document);
    if (is_whole) {
      take_document(name, bytes);
    } else {
      leave_out(name, container.damage() ? "it is cut" : "larger than any document");
    }
  } else if (name.ends_with(".jsonl")) {
    take_record_entry(container, name);
  } else {
    ++m_passed_over;
  }
}

void Importer::take_records(const std::string& path, Named named) {
  const auto file = open<MappedFile>(path);
  if (!file) return;
  std::string_view rest = file->bytes();
  if (!is_record_line(rest.substr(0, rest.find('\n')))) {
    if (named == Named::yes) return leave_out(path, "it has no records of an export with their texts");
    ++m_passed_over;
    return;
  }
  for (std::size_t number = 1; !rest.empty() && !interrupted(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (end > 0) take_record(rest.substr(0, end), path, number);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t done = file->bytes().size() - rest.size();
    file->forget(done - std::min(done, end + 1), done);
  }
}

void Importer::take_record_entry(ContainerReader& container, const std::string& name) {
  std::string line;
  std::size_t number = 1;
  for (std::string_view piece = container.next_piece(); !piece.empty() && !interrupted();) {
    const std::size_t end = std::min(piece.find('\n'), piece.size());
    // One byte more than is allowed tells take_record() that it is too long.
    line += piece.substr(
        0, std::min(end, k_largest_document + 1 - std::min(line.size(), k_largest_document + 1)));
    const bool is_whole = end < piece.size();
    piece.remove_prefix(std::min(end + 1, piece.size()));
    if (is_whole) {
      if (number == 1 && !is_record_line(line)) {
        ++m_passed_over;
        return;
      }
      if (!line.empty()) take_record(line, name, number);
      line.clear();
      ++number;
    }
    if (piece.empty()) piece = container.next_piece();
  }
  const bool is_left = !line.empty() && !interrupted() && !container.damage();
  if (is_left && (number > 1 || is_record_line(line))) {
    take_record(line, name, number);
  } else if (is_left || number == 1) {
    ++m_passed_over;
  }
}

void Importer::take_record(std::string_view line, std::string_view path, std::size_t number) {
  if (line.size() > k_largest_document)
    return leave_out(fmt::format("{}:{}", path, number), "larger than any record");
  auto read = read_record(line);
  if (const auto* const why = std::get_if<std::string>(&read)) {
    return leave_out(fmt::format("{}:{}", path, number), *why);
  }
  auto& capture = std::get<ImportedCapture>(read);
  const ArchiveId archive = m_archives.of(capture.provenance.archive);
  m_batch.add(archive, Found::import, std::move(capture));
}

void Importer::take_document(const std::string& name, std::string_view bytes) {
  if (bytes.size() > k_largest_document) return leave_out(name, "larger than any document");
  auto capture = read_document(fs::path(name).filename().string(), bytes, m_batch);
  if (!capture) return leave_out(name, "it has no provenance header, so nobody knows where and when it was");
  const ArchiveId archive = m_archives.of(capture->provenance.archive);
  m_batch.add(archive, Found::import, std::move(*capture));
}

void Importer::finish() {
  if (!m_warcs.empty() && !interrupted())
    m_left_out += import_warcs(m_archives, m_warcs, m_batch, m_takeovers);
  m_batch.flush();
  // Of pages that have captures by now.
  if (!m_takeovers.empty()) m_store.join(m_takeovers);
}

}  // namespace winnow::cli
