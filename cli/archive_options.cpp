#include "cli/archive_options.hpp"

#include <fmt/format.h>

#include "cli/archive_config.hpp"
#include "cli/folders.hpp"
#include "cli/rate.hpp"
#include "model/error.hpp"
#include "model/version.hpp"

namespace winnow::cli {
namespace {

std::string user_agent(const ArchiveOptions& options) {
  if (!options.user_agent.empty()) return options.user_agent;
  auto agent = fmt::format("{} (web-archive harvester of privacy policies", k_program);
  if (!options.contact.empty()) agent += "; contact: " + options.contact;
  return agent + ")";
}

}  // namespace

void add_archive_options(CLI::App& sub, ArchiveOptions& options) {
  sub.add_option("--from", options.from, "The archive: a name that `winnow archives` lists, or a base URL")
      ->type_name("ARCHIVE")
      ->capture_default_str();
  sub.add_option("--dialect", options.dialect, "How the archive is asked [the archive's]")
      ->type_name("wayback|pywb|memento")
      ->check(CLI::IsMember({"wayback", "pywb", "memento"}));
  sub.add_option("--cdx-rate", options.cdx_rate,
                 "Index requests a minute of all winnow processes together, 0 = unlimited [the archive's]")
      ->type_name("N")
      ->check(k_rate);
  sub.add_option("--replay-rate", options.replay_rate, "Capture requests a minute, likewise")
      ->type_name("N")
      ->check(k_rate);
  sub.add_option("--parallel", options.parallel,
                 "Transfers at a time, of all winnow processes together, 1 to 64")
      ->type_name("N")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  sub.add_option("--user-agent", options.user_agent, "Replaces winnow's own")->type_name("TEXT");
  sub.add_option("--contact", options.contact,
                 "An address for the archive's operators, added to the user agent")
      ->type_name("ADDRESS");
}

ClientOptions client_options(const ArchiveOptions& options) {
  ClientOptions client;
  client.archive = find_archive(configured_archives(), options.from);
  if (!options.dialect.empty()) client.archive.dialect = parse_dialect(options.dialect).value();
  if (options.cdx_rate) client.archive.limits.cdx_per_minute = *options.cdx_rate;
  if (options.replay_rate) client.archive.limits.replay_per_minute = *options.replay_rate;
  client.budgets = budgets_folder();
  client.parallel = options.parallel;
  client.user_agent = user_agent(options);
  if (client.user_agent.find_first_of("\r\n") != std::string::npos)
    throw usage_error("--user-agent and --contact must be one line");
  return client;
}

}  // namespace winnow::cli
