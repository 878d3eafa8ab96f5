// The options of commands that ask an archive: which one, and how it is asked.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "crawler/archive_client.hpp"
#include "crawler/failure.hpp"

namespace winnow::cli {

struct ArchiveOptions {
  std::vector<std::string> from = {"wayback"};
  std::string dialect;  ///< empty: the archive's own, or to be found out
  std::string user_agent;
  std::string contact;
  std::optional<double> cdx_rate;
  std::optional<double> replay_rate;
  std::size_t parallel = ClientOptions{}.parallel;
};

void add_archive_options(CLI::App& sub, ArchiveOptions& options);

/// For each --from, in its order. Throws UsageError when an archive is not known, the user agent is no one
/// line, or an option means nothing to any of them.
[[nodiscard]] std::vector<ClientOptions> all_client_options(const ArchiveOptions& options);

/// The same of a command that needs archives with a past: throws UsageError for the live sites.
[[nodiscard]] std::vector<ClientOptions> past_client_options(const ArchiveOptions& options);

struct SettledDialect {
  std::optional<Failure> closed;  ///< why the archive can't be asked now
  RequestCounters requests;       ///< that it took
};

/// Finds out the archive's dialect when nobody told it and no earlier run did: by asking about `page`. Throws
/// UsageError when it answers in none.
[[nodiscard]] SettledDialect settle_dialect(ClientOptions& options, const std::string& page);

}  // namespace winnow::cli
