// The objects of the API. Timestamps are the fourteen digits; what is not known is null. For serve/api.cpp
// only.
#pragma once

#include <nlohmann/json.hpp>

#include "model/word_diff.hpp"
#include "serve/history.hpp"
#include "storage/capture_reader.hpp"
#include "storage/overview_reader.hpp"
#include "storage/site_reader.hpp"

namespace winnow::serve {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json to_json(const SiteOverview& overview, const std::string& base);
[[nodiscard]] Json to_json(const SeriesSummary& series, const std::string& base);
/// A version within its series, without its text.
[[nodiscard]] Json version_json(const History& history, std::size_t index, const std::string& base);
[[nodiscard]] Json to_json(const VersionNews& news, const std::string& base);
[[nodiscard]] Json to_json(const SeriesCapture& capture);
[[nodiscard]] Json to_json(const LedgerRow& entry);
[[nodiscard]] Json to_json(const RunRecord& run);
[[nodiscard]] Json to_json(const WordDiff& diff);

}  // namespace winnow::serve
