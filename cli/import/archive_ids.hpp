// The archives that captures of files belong to.
#pragma once

#include <map>
#include <string>

#include "model/provenance.hpp"
#include "storage/store.hpp"

namespace winnow::cli {

/// The archive that captures from WARC files belong to, unless their records name the memento that they were
/// taken from (WARC-Source-URI): then it is that one's. A file is none: the same records come in files of
/// other names, merged and split, and are the same captures. Which file one was read from, its provenance
/// tells.
inline constexpr const char* k_warc_archive = "warc:";

/// Asks the store for each once: to enter an archive is a transaction.
class ArchiveIds {
public:
  explicit ArchiveIds(Store& store) : m_store(store) {}

  ArchiveId of(const std::string& archive) {
    const auto known = m_known.find(archive);
    if (known != m_known.end()) return known->second;
    const char* const dialect = archive == k_warc_archive   ? "warc"
                                : archive == k_live_archive ? "live"
                                                            : "wayback";
    return m_known.emplace(archive, m_store.archive(archive, dialect)).first->second;
  }

private:
  Store& m_store;
  std::map<std::string, ArchiveId> m_known;
};

}  // namespace winnow::cli
