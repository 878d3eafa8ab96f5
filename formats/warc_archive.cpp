#include "formats/warc_archive.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>

#include <fmt/format.h>

#include "formats/spool_file.hpp"
#include "formats/takeover_json.hpp"
#include "formats/warc_member.hpp"
#include "model/error.hpp"
#include "model/url.hpp"

namespace winnow {
namespace {

/// A record this far inside its member is not reached by unpacking what comes before it each time.
constexpr std::uint64_t k_near = 1U << 20U;

bool is_far_inside(const WarcPosition& position) {
  return position.compression != Compression::none && position.unpacked > k_near;
}

/// Which records of a file have notes, by the hash of their WARC-Record-ID. That two have the same hash is as
/// likely as that a file lies: whoever uses a note looks whether it is of the record's URL.
class NotedRecords {
public:
  void add_row(std::string_view id, CaptureIndex::Added row) {
    if (!id.empty()) m_rows.emplace_back(hash(id), row);
  }
  void add_note(const WarcRecord& record) {
    if (const auto id = record.headers.first("WARC-Refers-To"))
      m_notes.emplace_back(hash(*id), record.position);
  }

  /// A note may stand before or behind its record.
  void put_into(CaptureIndex& index) {
    if (m_notes.empty()) return;
    std::sort(m_rows.begin(), m_rows.end());
    for (const auto& [id, position] : m_notes) {
      const auto row = std::lower_bound(m_rows.begin(), m_rows.end(), std::pair(id, CaptureIndex::Added{0}));
      if (row != m_rows.end() && row->first == id) index.add_note(row->second, position);
    }
  }

private:
  static std::size_t hash(std::string_view id) { return std::hash<std::string_view>{}(trim(id)); }

  std::vector<std::pair<std::size_t, CaptureIndex::Added>> m_rows;
  std::vector<std::pair<std::size_t, WarcPosition>> m_notes;
};

bool is_note(const WarcRecord& record) {
  return record.type == "metadata" && is_capture_note(record.block);
}

/// What is known of a file's fault, to end a sentence.
std::string first_of(const std::vector<WarcDamage>& damage) {
  if (damage.empty()) return {};
  return fmt::format(": at byte {}, {}", damage.front().offset, damage.front().what);
}

std::vector<WarcArchive::Source> named(const std::vector<std::string>& paths) {
  std::vector<WarcArchive::Source> sources;
  for (const std::string& path : paths)
    sources.push_back({path, std::filesystem::path(path).filename().string()});
  return sources;
}

}  // namespace

WarcArchive::WarcArchive(const std::vector<std::string>& paths, RecordLimits limits)
    : WarcArchive(named(paths), limits) {}

WarcArchive::WarcArchive(const std::vector<Source>& sources, RecordLimits limits, BadFile bad_file)
    : m_limits(limits) {
  for (const Source& source : sources) {
    try {
      add(source);
    } catch (const Error& problem) {
      if (bad_file == BadFile::throws) throw;
      m_damage.push_back({source.path, {0, problem.what()}});
    }
  }
  m_index.seal();
}

void WarcArchive::add(const Source& source) {
  WarcReader reader(source.path, m_limits);
  const auto file = static_cast<std::uint32_t>(m_files.size());
  m_files.push_back({source.name, MappedFile(source.path)});  // before rows of the index name it
  bool has_record = false;
  NotedRecords noted;
  while (auto record = reader.next()) {
    has_record = true;
    if (record->type == "metadata" && record->target_uri() == k_takeovers_uri) {
      const auto told = parse_takeovers(record->block);
      m_takeovers.insert(m_takeovers.end(), told.begin(), told.end());
    }
    const WarcPosition position = record->position;
    const std::uint64_t end = record->unpacked_end;
    if (is_note(*record)) {
      noted.add_note(*record);
    } else {
      const std::string id(record->headers.first("WARC-Record-ID").value_or(""));
      const auto found = capture_of(std::move(*record));
      if (!found) continue;
      noted.add_row(id, m_index.add(*found, file, position));
    }
    if (is_far_inside(position)) m_unpacked_ends[{file, position.offset}] = end;
  }
  noted.put_into(m_index);
  if (!has_record) throw error("{} holds no WARC record{}", source.path, first_of(reader.damage()));
  for (const WarcDamage& damage : reader.damage())
    m_damage.push_back({source.path, damage});
}

std::optional<ArchivedResponse> WarcArchive::load(CaptureIndex::Row row) const {
  auto record = read(m_index.file(row), m_index.position(row));
  auto found = record ? capture_of(std::move(*record)) : std::nullopt;
  if (!found) return std::nullopt;
  if (!found->refers_to) {
    return ArchivedResponse{found->statuscode, std::move(found->headers), std::move(found->source_uri),
                            std::make_shared<const std::string>(std::move(found->body))};
  }
  const auto original = m_index.revisited(row);
  if (!original) return std::nullopt;
  auto response = load(*original);
  if (!response) return std::nullopt;
  response->source_uri = std::move(found->source_uri);
  // A 304 tells that nothing was sent: what the visitor would have seen is the original's head, too.
  if (found->statuscode && *found->statuscode != 304) {
    response->statuscode = found->statuscode;
    response->headers = std::move(found->headers);
  }
  return response;
}

std::vector<std::variant<CaptureNote, std::string>> WarcArchive::notes(CaptureIndex::Row row) const {
  // Some archives and digests may share a capture. Each note of a hostile file is one more with its body.
  constexpr std::size_t k_most_notes = 64;
  std::vector<std::variant<CaptureNote, std::string>> notes;
  for (const WarcPosition& position : m_index.notes(row)) {
    if (notes.size() == k_most_notes) {
      notes.emplace_back("there are more such records than of any capture");
      break;
    }
    const auto record = read(m_index.file(row), position);
    auto note = parse_capture_note(record ? record->block : std::string());
    if (const auto* const told = std::get_if<CaptureNote>(&note)) {
      // An index may key a URL otherwise than we do.
      const bool is_of_page = told->capture.urlkey == m_index.urlkey(row) ||
                              urlkey(told->capture.original) == m_index.urlkey(row);
      if (!is_of_page) {
        note = "it is of another page";
      } else if (told->capture.timestamp != m_index.timestamp(row)) {
        note = "it is of another time";
      }
    }
    notes.push_back(std::move(note));
  }
  return notes;
}

std::optional<WarcRecord> WarcArchive::read(std::uint32_t file, const WarcPosition& position) const {
  if (is_far_inside(position)) {
    const std::string_view unpacked = unpacked_member(file, position);
    return read_record_at(unpacked, {position.unpacked, unpacked.size(), 0, Compression::none}, m_limits);
  }
  return read_record_at(m_files[file].mapped.bytes(), position, m_limits);
}

std::string_view WarcArchive::unpacked_member(std::uint32_t file, const WarcPosition& position) const {
  const std::scoped_lock lock(m_unpacking);
  const auto key = std::pair(file, position.offset);
  if (const auto known = m_unpacked.find(key); known != m_unpacked.end()) return known->second.bytes();
  SpoolFile scratch(std::filesystem::temp_directory_path());
  MemberReader member(m_files[file].mapped.bytes().substr(position.offset, position.length));
  std::uint64_t left = m_unpacked_ends.at(key);
  while (left != 0) {
    const std::string_view piece = member.next().substr(0, left);
    if (piece.empty()) break;  // the file has changed: the records behind can't be read
    scratch.write(piece);
    left -= piece.size();
  }
  scratch.finish();
  return m_unpacked.emplace(key, MappedFile(scratch.descriptor(), "an unpacked WARC file"))
      .first->second.bytes();
}

}  // namespace winnow
