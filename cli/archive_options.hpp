// The options of commands that ask an archive: which one, and how it is asked.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "crawler/archive_client.hpp"

namespace winnow::cli {

struct ArchiveOptions {
  std::string from = "wayback";
  std::string dialect;  ///< empty: the archive's own
  std::string user_agent;
  std::string contact;
  std::optional<double> cdx_rate;
  std::optional<double> replay_rate;
  std::size_t parallel = ClientOptions{}.parallel;
};

void add_archive_options(CLI::App& sub, ArchiveOptions& options);

/// Throws UsageError when the archive is not known or the user agent is no one line.
[[nodiscard]] ClientOptions client_options(const ArchiveOptions& options);

}  // namespace winnow::cli
