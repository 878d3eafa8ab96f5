// WARC files as an archive: what they hold, and each capture's response.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "formats/capture_index.hpp"
#include "formats/capture_note.hpp"
#include "formats/mapped_file.hpp"
#include "formats/warc_reader.hpp"
#include "model/headers.hpp"
#include "model/series.hpp"

namespace winnow {

/// What a capture answers when it is played back.
struct ArchivedResponse {
  std::optional<int> statuscode;
  Headers headers;         ///< the archived response's own; of a revisit its own, if it kept them
  std::string source_uri;  ///< WARC-Source-URI: the memento it was taken from; empty when there is none
  std::shared_ptr<const std::string> body;  ///< as stored: chunks undone, content coding kept
};

/// Reads the files' records once, to list them, and a single one whenever it is asked for. Thread-safe.
class WarcArchive {
public:
  struct FileDamage {
    std::string path;
    WarcDamage damage;
  };

  /// A file under the name that captures are told to come from.
  struct Source {
    std::string path;
    std::string name;
  };

  /// What becomes of a file that can't be read or holds no WARC record.
  enum class BadFile {
    throws,    ///< Error
    left_out,  ///< it is in damage(), as from its first byte on
  };

  /// Damaged records are passed over.
  explicit WarcArchive(const std::vector<std::string>& paths, RecordLimits limits = {});

  explicit WarcArchive(const std::vector<Source>& sources, RecordLimits limits = {},
                       BadFile bad_file = BadFile::throws);

  [[nodiscard]] const CaptureIndex& index() const { return m_index; }
  [[nodiscard]] const std::vector<FileDamage>& damage() const { return m_damage; }
  /// What metadata records of winnow's exports tell.
  [[nodiscard]] const std::vector<Takeover>& takeovers() const { return m_takeovers; }
  /// The name, without folders, of the file that a capture is in.
  [[nodiscard]] const std::string& file_name(CaptureIndex::Row row) const {
    return m_files[m_index.file(row)].name;
  }

  /// Nothing when a revisit's original is not in these files, or the record can't be read any more.
  [[nodiscard]] std::optional<ArchivedResponse> load(CaptureIndex::Row row) const;

  /// What winnow's own files tell of the capture beside its record, of the same page and time; or why that
  /// can't be used. They are the captures, then, that the record stands for: 64 at most.
  [[nodiscard]] std::vector<std::variant<CaptureNote, std::string>> notes(CaptureIndex::Row row) const;

private:
  struct File {
    std::string name;
    MappedFile mapped;
  };

  void add(const Source& source);
  [[nodiscard]] std::optional<WarcRecord> read(std::uint32_t file, const WarcPosition& position) const;
  [[nodiscard]] std::string_view unpacked_member(std::uint32_t file, const WarcPosition& position) const;

  RecordLimits m_limits;
  std::vector<File> m_files;
  CaptureIndex m_index;
  std::vector<FileDamage> m_damage;
  std::vector<Takeover> m_takeovers;

  using Member = std::pair<std::uint32_t, std::uint64_t>;  // file and offset
  /// Of members with captures far inside: the end of the last one. What comes behind it, which may be a
  /// thousand times the file, is never unpacked again.
  std::map<Member, std::uint64_t> m_unpacked_ends;
  // These members, unpacked when first needed.
  mutable std::mutex m_unpacking;
  mutable std::map<Member, MappedFile> m_unpacked;
};

}  // namespace winnow
