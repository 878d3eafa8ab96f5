#include "formats/warc_archive.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>
#include <unistd.h>

#include "formats/takeover_json.hpp"
#include "formats/warc_member.hpp"
#include "model/error.hpp"

namespace winnow {
namespace {

/// A record this far inside its member is not reached by unpacking what comes before it each time.
constexpr std::uint64_t k_near = 1U << 20U;

bool is_far_inside(const WarcPosition& position) {
  return position.compression != Compression::none && position.unpacked > k_near;
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

/// A file without a name, gone with its descriptor.
class ScratchFile {
public:
  ScratchFile() : m_path((std::filesystem::temp_directory_path() / "winnow-XXXXXX").string()) {
    m_descriptor = mkstemp(m_path.data());
    if (m_descriptor < 0) throw error("cannot unpack a WARC file to {}: {}", m_path, std::strerror(errno));
    unlink(m_path.c_str());
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  ~ScratchFile() { close(m_descriptor); }

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) throw error("cannot unpack a WARC file to {}: {}", m_path, std::strerror(errno));
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  [[nodiscard]] MappedFile map() const { return {m_descriptor, m_path}; }

private:
  std::string m_path;
  int m_descriptor = -1;
};

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
  while (auto record = reader.next()) {
    has_record = true;
    if (record->type == "metadata" && record->target_uri() == k_takeovers_uri) {
      const auto told = parse_takeovers(record->block);
      m_takeovers.insert(m_takeovers.end(), told.begin(), told.end());
    }
    const WarcPosition position = record->position;
    const std::uint64_t end = record->unpacked_end;
    const auto found = capture_of(std::move(*record));
    if (!found) continue;
    m_index.add(*found, file, position);
    if (is_far_inside(position)) m_unpacked_ends[{file, position.offset}] = end;
  }
  if (!has_record) throw error("{} holds no WARC record{}", source.path, first_of(reader.damage()));
  for (const WarcDamage& damage : reader.damage())
    m_damage.push_back({source.path, damage});
}

std::optional<ArchivedResponse> WarcArchive::load(CaptureIndex::Row row) const {
  auto found = read(row);
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

std::optional<WarcCapture> WarcArchive::read(CaptureIndex::Row row) const {
  const std::uint32_t file = m_index.file(row);
  const WarcPosition position = m_index.position(row);
  std::optional<WarcRecord> record;
  if (is_far_inside(position)) {
    const std::string_view unpacked = unpacked_member(file, position);
    record = read_record_at(unpacked, {position.unpacked, unpacked.size(), 0, Compression::none}, m_limits);
  } else {
    record = read_record_at(m_files[file].mapped.bytes(), position, m_limits);
  }
  return record ? capture_of(std::move(*record)) : std::nullopt;
}

std::string_view WarcArchive::unpacked_member(std::uint32_t file, const WarcPosition& position) const {
  const std::scoped_lock lock(m_unpacking);
  const auto key = std::pair(file, position.offset);
  if (const auto known = m_unpacked.find(key); known != m_unpacked.end()) return known->second.bytes();
  ScratchFile scratch;
  MemberReader member(m_files[file].mapped.bytes().substr(position.offset, position.length));
  std::uint64_t left = m_unpacked_ends.at(key);
  while (left != 0) {
    const std::string_view piece = member.next().substr(0, left);
    if (piece.empty()) break;  // the file has changed: the records behind can't be read
    scratch.write(piece);
    left -= piece.size();
  }
  return m_unpacked.emplace(key, scratch.map()).first->second.bytes();
}

}  // namespace winnow
