// Ledger entries and gaps as `winnow ledger` shows them: lines for people, JSON for programs
// (docs/records.md).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json_fwd.hpp>

#include "model/gap.hpp"
#include "storage/ledger_reader.hpp"
#include "storage/store_reader.hpp"

namespace winnow::cli {

/// How many entries there are of each reason and retry rule.
class LedgerCounts {
public:
  void add(const LedgerEntry& entry);
  [[nodiscard]] std::uint64_t total() const { return m_total; }
  [[nodiscard]] std::string text() const;
  [[nodiscard]] nlohmann::ordered_json json() const;

private:
  struct Count {
    std::uint64_t captures = 0;
    std::uint64_t targets = 0;
  };
  std::map<std::pair<std::string, std::string>, Count> m_counts;  ///< by reason and retry
  std::uint64_t m_total = 0;
};

/// Three lines: what, why, what was answered.
[[nodiscard]] std::string to_text(const LedgerEntry& entry);
[[nodiscard]] nlohmann::ordered_json to_json(const LedgerEntry& entry);

/// One line: when, how long, why.
[[nodiscard]] std::string to_text(const Gap& gap);
[[nodiscard]] nlohmann::ordered_json to_json(const SeriesSummary& series, const Gap& gap);

}  // namespace winnow::cli
