#include "model/exported_record.hpp"

#include <fmt/format.h>

namespace winnow {

namespace {

std::string id_of(const std::string& fields) {
  constexpr std::size_t k_digits = 32;
  return sha256(fields).hex().substr(0, k_digits);
}

}  // namespace

std::string version_id(std::string_view site, Timestamp first_seen, const Sha256& words) {
  return id_of(fmt::format("{}\n{}\n{}\n", site, first_seen.digits(), words.hex()));
}

std::string record_id(const ExportedRecord& exported) {
  const VersionRecord& record = exported.record;
  if (exported.unit == ExportedRecord::Unit::version)
    return version_id(record.site, record.version.first_seen, record.version.words_sha256);
  const Sha256& content = record.body_sha256 ? *record.body_sha256 : record.version.text_sha256;
  return id_of(fmt::format("{}\n{}\n{}\n{}\n", record.archive, record.capture.original,
                           record.capture.timestamp.digits(), content.hex()));
}

}  // namespace winnow
