#include "cli/archive_options.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/archive_config.hpp"
#include "cli/folders.hpp"
#include "cli/interrupt.hpp"
#include "cli/rate.hpp"
#include "crawler/dialect_question.hpp"
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
  sub.add_option(
         "--from", options.from,
         "The archive: a name that `winnow archives` lists, or a base URL; may be given several times")
      ->type_name("ARCHIVE")
      ->capture_default_str()
      ->allow_extra_args(false);  // one value each time: what follows is a target
  sub.add_option("--dialect", options.dialect,
                 "How the archive is asked [the archive's, else found out by asking]")
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

namespace {

ClientOptions options_for(Archive archive, const ArchiveOptions& options) {
  ClientOptions client;
  client.archive = std::move(archive);
  const bool live = is_live(client.archive);
  if (!options.dialect.empty() && !live) client.archive.dialect = parse_dialect(options.dialect).value();
  if (options.cdx_rate) client.archive.limits.cdx_per_minute = *options.cdx_rate;
  if (options.replay_rate) client.archive.limits.replay_per_minute = *options.replay_rate;
  client.budgets = budgets_folder();
  client.parallel = options.parallel;
  client.user_agent = user_agent(options);
  if (client.user_agent.find_first_of("\r\n") != std::string::npos)
    throw usage_error("--user-agent and --contact must be one line");
  if (!client.archive.dialect && !live)
    client.archive.dialect = remembered_dialect(client.budgets, client.archive);
  return client;
}

}  // namespace

std::vector<ClientOptions> all_client_options(const ArchiveOptions& options) {
  const auto archives = configured_archives();
  std::vector<ClientOptions> all;
  for (const auto& from : options.from) {
    auto archive = find_archive(archives, from);
    const bool twice = std::any_of(all.begin(), all.end(), [&](const ClientOptions& other) {
      return other.archive.base_url == archive.base_url;
    });
    if (!twice) all.push_back(options_for(std::move(archive), options));
  }
  const bool all_live = std::all_of(all.begin(), all.end(),
                                    [](const ClientOptions& client) { return is_live(client.archive); });
  if (all_live && (!options.dialect.empty() || options.cdx_rate))
    throw usage_error("--dialect and --cdx-rate are of archives with an index; the live sites have none");
  return all;
}

std::vector<ClientOptions> past_client_options(const ArchiveOptions& options) {
  const auto archives = configured_archives();
  for (const auto& from : options.from) {
    if (is_live(find_archive(archives, from)))
      throw usage_error("--from {}: this needs an archive, which has a past", from);
  }
  return all_client_options(options);
}

SettledDialect settle_dialect(ClientOptions& options, const std::string& page) {
  auto& archive = options.archive;
  if (archive.dialect) return {};
  auto found = ask_dialect(options, page, [] { return !interrupted(); });
  if (found.closed) return {found.closed, found.requests};
  if (interrupted())
    return {Failure{.reason = Reason::transport_error, .detail = "interrupted"}, found.requests};
  if (!found.dialect) {
    throw usage_error(
        "{} answers as no archive does that winnow knows ({}); check the address, or tell with "
        "--dialect how it is asked",
        archive.base_url, found.evidence);
  }
  archive.dialect = found.dialect;
  // An archive without limits is one's own: it may be asked each time, and leaves nothing behind.
  const bool limited = archive.limits.cdx_per_minute > 0 || archive.limits.replay_per_minute > 0;
  if (limited) remember_dialect(options.budgets, archive);
  spdlog::info("{} is asked as {} is; --dialect would tell otherwise", archive.base_url,
               name(*found.dialect));
  return {std::nullopt, found.requests};
}

}  // namespace winnow::cli
