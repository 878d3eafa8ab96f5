// Versions as rows of queries: the columns, and what they are read as. For storage/*.cpp only.
#pragma once

#include <initializer_list>
#include <string>

#include "model/version_record.hpp"
#include "storage/content_chain.hpp"
#include "storage/statement.hpp"

namespace winnow::storage {

/// `SELECT` and columns 0 to 19, of a version: read by version_summary().
extern const char* const k_version_summary;
/// Columns from 20 on, of the capture `c` and its text `t`: read by version_record().
extern const char* const k_version_record;
/// ` FROM version_texts v` and what the first columns need. `c` is the version's first capture.
extern const char* const k_from_versions;
/// What the other columns need besides.
extern const char* const k_from_version_record;

[[nodiscard]] std::string join(std::initializer_list<const char*> parts);

[[nodiscard]] VersionSummary version_summary(Statement& row);
[[nodiscard]] VersionRecord version_record(Statement& row, ContentChain& texts);

}  // namespace winnow::storage
