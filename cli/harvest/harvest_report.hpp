// What a harvest did: for people, for machines, and for the store's `runs`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "crawler/archive_client.hpp"
#include "seeds/target.hpp"
#include "storage/store.hpp"

namespace winnow::cli {

struct TargetReport {
  Target target;
  std::string archive;     ///< its name, when several are asked
  std::uint64_t rows = 0;  ///< of the index
  std::uint64_t kept =
      0;  ///< rows handed to the store, some twice when a page of the index was asked for again
  std::uint64_t left_out = 0;  ///< of them, of pages that are clearly something else
  std::uint64_t pages = 0;
  bool asked = false;     ///< its index, or its page, was asked for; not so after an early end
  bool has_index = true;  ///< not so for the live sites
  std::string note;       ///< that nothing was found
  std::string failure;    ///< why its index could not be read; empty when it was
};

/// How reports for people name it: `soompi.com`, `soompi.com from arquivo.pt`.
[[nodiscard]] std::string label(const TargetReport& target);

/// How a harvest or its plan ended.
enum class HarvestEnd {
  done,
  spent,        ///< as much was done as was allowed
  interrupted,  ///< by the user, in order
  refused,      ///< by the archive
  unreachable,  ///< the archive was never reached, or was away for too long
};

/// What it means that the client sends nothing any more.
[[nodiscard]] HarvestEnd end_of(const Failure& closed);

struct HarvestReport {
  HarvestEnd end = HarvestEnd::done;
  std::string end_detail;
  std::optional<Timestamp> resume_after;  ///< refused: when to go on
  std::vector<TargetReport> targets;
  bool looked_through = true;  ///< the sites that are new, without a question that failed
  CdxOddities oddities;
  std::uint64_t asked = 0;  ///< captures taken from the frontier and answered
  std::uint64_t already_held = 0;
  std::uint64_t missing_before = 0;  ///< on the ledger, and not to be asked again yet
  std::uint64_t left = 0;            ///< known, not yet asked for: after an early end
  Store::Elsewhere elsewhere;        ///< left to another process on the same store
  Recorded recorded;                 ///< what the answers added
  Unread unread;                     ///< by choice, of the pages that came to their end
  /// What it put on the ledger, captures and targets.
  std::map<std::string, std::uint64_t> missing_by_reason;
  RequestCounters requests;
  double seconds = 0;
  double extraction_seconds = 0;  ///< CPU time of all workers
};

[[nodiscard]] nlohmann::json to_json(const HarvestReport& report);

/// A person's table for stdout.
[[nodiscard]] std::string to_text(const HarvestReport& report);

}  // namespace winnow::cli
