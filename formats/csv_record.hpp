// A version, or a capture of it, as a record of CSV (RFC 4180).
#pragma once

#include <string>

#include "formats/jsonl_record.hpp"
#include "model/exported_record.hpp"

namespace winnow {

/// The columns' names, with the line end (CRLF): the keys of jsonl_record(), and of the provenance
/// memento_url, source_warc, digest_check, fetched_at and program.
[[nodiscard]] std::string csv_header(WithText with_text);

/// One record, with its line end. Values as jsonl_record() has them, in UTF-8; what is not known is an empty
/// field; marks have a space between. Fields with a comma, quote or line end are quoted.
[[nodiscard]] std::string csv_record(const ExportedRecord& exported, WithText with_text);

}  // namespace winnow
