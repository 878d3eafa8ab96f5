// A version, or a capture of it, as one line of JSON: the record that analyzers read (docs/records.md).
#pragma once

#include <string>

#include "model/exported_record.hpp"

namespace winnow {

enum class WithText { yes, no };

/// One JSON object, no line end. Keys in a fixed order; what is not known is null. Timestamps are the
/// fourteen digits, digests lower-case hex (`digest`, the index's, base32), `simhash` sixteen hex digits,
/// since JSON's numbers lose bits. The same record gives the same bytes.
[[nodiscard]] std::string jsonl_record(const ExportedRecord& exported, WithText with_text = WithText::yes);

}  // namespace winnow
