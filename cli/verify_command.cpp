#include <memory>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "cli/command.hpp"
#include "cli/counted.hpp"
#include "cli/json_text.hpp"
#include "cli/output.hpp"
#include "cli/store_option.hpp"
#include "model/printable.hpp"
#include "model/version.hpp"
#include "storage/repair.hpp"
#include "storage/verify.hpp"

namespace winnow::cli {
namespace {

constexpr std::size_t k_most_shown = 5;

struct Options {
  std::string store;
  bool repair = false;
  bool json = false;
};

std::string text(const Damage& damage) {
  std::string out = fmt::format("{}{}{}: {}\n", name(damage.kind), damage.name.empty() ? "" : " ",
                                printable(damage.name), printable(damage.detail));
  for (std::size_t i = 0; i < damage.touches.size() && i < k_most_shown; ++i) {
    const TouchedCapture& capture = damage.touches[i];
    out += fmt::format("  touches {} {}{}\n", printable(capture.url), printable(capture.timestamp),
                       capture.version ? fmt::format(" (version {})", *capture.version) : "");
  }
  if (damage.touches.size() > k_most_shown) {
    out += fmt::format("  and {}; --json lists all\n",
                       counted(damage.touches.size() - k_most_shown, "more capture"));
  }
  return out;
}

std::string summary(const Verification& found) {
  return fmt::format("{}, {}, {}, {}: {}\n", counted(found.bodies, "body", "bodies"),
                     counted(found.texts, "text"), counted(found.captures, "capture"),
                     counted(found.versions, "version"),
                     found.damages.empty() ? "sound" : counted(found.damages.size(), "damage"));
}

nlohmann::ordered_json json(const Damage& damage) {
  nlohmann::ordered_json touches = nlohmann::ordered_json::array();
  for (const TouchedCapture& capture : damage.touches) {
    nlohmann::ordered_json entry = {
        {"url", capture.url}, {"timestamp", capture.timestamp}, {"version", nullptr}};
    if (capture.version) entry["version"] = *capture.version;
    touches.push_back(std::move(entry));
  }
  return {{"kind", name(damage.kind)},
          {"name", damage.name},
          {"detail", damage.detail},
          {"touches", std::move(touches)}};
}

nlohmann::ordered_json json(const Verification& found) {
  nlohmann::ordered_json damages = nlohmann::ordered_json::array();
  for (const Damage& damage : found.damages)
    damages.push_back(json(damage));
  return {{"sound", found.damages.empty()}, {"bodies", found.bodies},     {"texts", found.texts},
          {"captures", found.captures},     {"versions", found.versions}, {"damages", std::move(damages)}};
}

std::string text(const Verification& found) {
  std::string out;
  for (const Damage& damage : found.damages)
    out += text(damage);
  return out + summary(found);
}

ExitCode run(const Options& options) {
  if (!options.repair) {
    const Verification found = verify(store_path(options.store));
    print(options.json ? json_text(json(found)) : text(found));
    return found.damages.empty() ? ExitCode::done : ExitCode::error;
  }
  const Repair done = repair(store_path(options.store), k_program);
  if (options.json) {
    print(json_text(nlohmann::ordered_json{{"before", json(done.before)},
                                           {"after", json(done.after)},
                                           {"bodies_given_up", done.bodies},
                                           {"texts_given_up", done.texts},
                                           {"packed_anew", done.rebased},
                                           {"captures_on_ledger", done.captures}}));
  } else {
    std::string out = text(done.before);
    if (!done.before.damages.empty()) {
      out += fmt::format("given up {} and {}; {} on the ledger, fetched anew by the next harvest\n",
                         counted(done.bodies, "body", "bodies"), counted(done.texts, "text"),
                         counted(done.captures, "capture"));
      out += "after the repair\n" + text(done.after);
    }
    print(out);
  }
  if (!done.after.damages.empty()) {
    spdlog::error("not all could be mended: restore the store from a backup");
    return ExitCode::error;
  }
  return done.captures > 0 ? ExitCode::incomplete : ExitCode::done;
}

}  // namespace

void add_verify_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub =
      app.add_subcommand("verify", "Prove that the store holds what was written, and name what is damaged");
  add_store_option(*sub, options->store);
  sub->add_flag(
      "--repair", options->repair,
      "Mend what can be mended: captures whose body or text is lost go to the ledger, to be fetched anew");
  sub->add_flag("--json", options->json, "Print JSON");
  sub->footer(
      "Example:\n  winnow verify\n  winnow verify --repair && winnow harvest\n"
      "Reads only, unless --repair is given; others may use the store meanwhile.\n"
      "Exit codes: 0 sound (or mended without loss), 1 damaged, 3 mended, but captures must be fetched "
      "anew.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
