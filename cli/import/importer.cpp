#include "cli/import/importer.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/import/document_import.hpp"
#include "cli/import/record_import.hpp"
#include "cli/import/warc_import.hpp"
#include "cli/interrupt.hpp"
#include "formats/atomic_file.hpp"
#include "formats/mapped_file.hpp"
#include "model/printable.hpp"

namespace winnow::cli {

namespace {

namespace fs = std::filesystem;

/// No document of the corpus is near this, and no record of an export.
constexpr std::size_t k_largest_document = std::size_t{64} << 20U;

bool is_document_name(const fs::path& name) {
  return name.extension() == ".md" || name.extension() == ".html";
}

bool is_warc_name(const std::string& name) {
  return name.ends_with(".warc.gz") || name.ends_with(".warc") || name.ends_with(".warc.zst");
}

std::vector<fs::path> children(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    // A link may lead anywhere, also to where it is.
    if (!entry.is_symlink() && (entry.is_directory() || entry.is_regular_file()))
      paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

void Importer::leave_out(std::string_view what, std::string_view why) {
  spdlog::error("{} not imported: {}", printable(what), why);
  ++m_left_out;
}

void Importer::take(const fs::path& path) {
  if (fs::is_directory(path)) {
    take_folder(path);
  } else if (kind_of_file(path.string()) == FileKind::other) {
    take_document(path.string(), MappedFile(path.string()).bytes());
  } else {
    take_file(path);
  }
}

void Importer::take_folder(const fs::path& folder) {
  for (const fs::path& path : children(folder)) {
    if (interrupted()) return;
    if (fs::is_directory(path)) {
      take_folder(path);
    } else {
      take_file(path);
    }
  }
}

void Importer::take_file(const fs::path& path) {
  switch (kind_of_file(path.string())) {
    case FileKind::warc:
      m_warcs.push_back({path.string(), path.filename().string()});
      return;
    case FileKind::tar:
    case FileKind::zip:
      take_container(path.string());
      return;
    case FileKind::json_lines:
      take_records(path.string());
      return;
    case FileKind::other:
      break;
  }
  if (is_document_name(path)) {
    take_document(path.string(), MappedFile(path.string()).bytes());
  } else {
    ++m_passed_over;
  }
}

void Importer::take_container(const std::string& path) {
  ContainerReader container(path);
  while (const auto name = container.next()) {
    if (interrupted()) return;
    take_entry(container, path, *name);
  }
  if (container.damage()) leave_out(path, *container.damage());
}

void Importer::take_entry(ContainerReader& container, const std::string& where, const std::string& name) {
  if (is_warc_name(name)) {
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
  } else {
    ++m_passed_over;
  }
}

void Importer::take_records(const std::string& path) {
  const MappedFile file(path);
  std::string_view rest = file.bytes();
  for (std::size_t number = 1; !rest.empty() && !interrupted(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (end > 0) take_record(rest.substr(0, end), path, number);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t done = file.bytes().size() - rest.size();
    file.forget(done - std::min(done, end + 1), done);
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
