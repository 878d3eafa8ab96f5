#include "cli/archive_config.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/folders.hpp"
#include "cli/rate.hpp"
#include "model/error.hpp"

namespace winnow::cli {
namespace {

/// CLI11 2.1 splits section names at the separator even within quotes (`[archive."arquivo.pt"]`). With one
/// that nobody types they arrive whole.
constexpr char k_no_separator = '\x1f';

/// The archive's name in `archive.NAME` or `archive."NAME"`; empty when it is no such section.
std::string archive_name(std::string_view section) {
  constexpr std::string_view k_prefix = "archive.";
  if (!section.starts_with(k_prefix)) return {};
  std::string name(section.substr(k_prefix.size()));
  CLI::detail::remove_quotes(name);
  return name;
}

class ConfigReader {
public:
  explicit ConfigReader(std::string file) : m_file(std::move(file)), m_archives(known_archives()) {}

  std::vector<Archive> read(std::istream& config) {
    CLI::ConfigTOML reader;
    reader.parentSeparator(k_no_separator);
    for (const auto& item : reader.from_config(config))
      take(item);
    for (const auto& archive : m_archives) {
      if (archive.base_url.empty())
        throw usage_error("{}: [archive.\"{}\"] lacks its url", m_file, archive.name);
    }
    return std::move(m_archives);
  }

private:
  void take(const CLI::ConfigItem& item) {
    if (item.name.starts_with('['))
      throw usage_error("{}: after the section {} its line must end", m_file, item.name);
    const std::string section = item.parents.empty() ? "" : item.parents.front();
    const auto name = archive_name(section);
    if (name.empty()) {
      throw usage_error("{}: {} is not known; winnow reads sections [archive.NAME]", m_file,
                        section.empty() ? item.name : "[" + section + "]");
    }
    auto& archive = named(name);
    if (item.name == "++" || item.name == "--") return;  // the section begins, ends
    m_where = fmt::format("{}: [{}] {}", m_file, section, item.name);
    if (item.inputs.size() != 1 || !m_seen.insert(m_where).second)
      throw usage_error("{} should have one value, in quotes when it has blanks", m_where);
    set(archive, item.name, item.inputs.front());
  }

  Archive& named(const std::string& name) {
    const auto found = std::find_if(m_archives.begin(), m_archives.end(),
                                    [&](const Archive& archive) { return archive.name == name; });
    if (found != m_archives.end()) return *found;
    return m_archives.emplace_back(Archive{.name = name});
  }

  void set(Archive& archive, const std::string& key, const std::string& value) const {
    if (is_live(archive) && key != "replay-rate")
      throw usage_error("{}: the live sites are no archive; they have a replay-rate alone, each host's",
                        m_where);
    if (key == "url") {
      try {
        archive.base_url = checked_base_url(value);
      } catch (const UsageError& problem) {
        throw usage_error("{}: {}", m_where, problem.what());
      }
    } else if (key == "dialect") {
      const auto dialect = parse_dialect(value);
      if (!dialect) throw usage_error("{}: '{}' is none of wayback, pywb, memento", m_where, value);
      archive.dialect = *dialect;
    } else if (key == "cdx-rate") {
      archive.limits.cdx_per_minute = rate(value);
    } else if (key == "replay-rate") {
      archive.limits.replay_per_minute = rate(value);
    } else {
      throw usage_error("{} is not known; there are url, dialect, cdx-rate and replay-rate", m_where);
    }
  }

  [[nodiscard]] double rate(const std::string& value) const {
    const auto rate = parse_rate(value);
    if (!rate) throw usage_error("{}: '{}' is no rate: a number from 0 up", m_where, value);
    return *rate;
  }

  std::string m_file;
  std::vector<Archive> m_archives;
  std::string m_where;           // file, section and key of the value being read
  std::set<std::string> m_seen;  // such places
};

}  // namespace

std::vector<Archive> read_archives(std::istream& config, const std::string& file) {
  return ConfigReader(file).read(config);
}

std::vector<Archive> configured_archives() {
  std::filesystem::path file;
  try {
    file = config_file();
  } catch (const Error&) {
    return known_archives();  // no home, no config file
  }
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return known_archives();
  std::ifstream config(file);
  if (!config || std::filesystem::is_directory(file, ignored)) throw error("can't read {}", file.string());
  return read_archives(config, file.string());
}

}  // namespace winnow::cli
