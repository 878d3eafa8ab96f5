#include "crawler/archive.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "model/error.hpp"
#include "model/headers.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

constexpr std::array<std::string_view, 3> k_dialects = {"wayback", "pywb", "memento"};

bool same_host(const Archive& archive, std::string_view url) {
  if (is_live(archive)) return false;
  const auto bare = [](std::string_view base_url) {
    auto host = budget_name(base_url);
    return host.starts_with("www.") ? host.substr(4) : host;
  };
  return bare(archive.base_url) == bare(url);
}

}  // namespace

std::string_view name(Dialect dialect) {
  return k_dialects[static_cast<std::size_t>(dialect)];
}

std::optional<Dialect> parse_dialect(std::string_view name) {
  const auto found = std::find(k_dialects.begin(), k_dialects.end(), name);
  if (found == k_dialects.end()) return std::nullopt;
  return static_cast<Dialect>(found - k_dialects.begin());
}

const std::vector<Archive>& known_archives() {
  static const std::vector<Archive> k_archives = {
      {"wayback", "https://web.archive.org", Dialect::wayback, {}},
      // Allows 250 and 400 and shuts out for good who asks for more: half of it.
      // https://github.com/arquivo/pwa-technologies/wiki/APIs
      {"arquivo.pt", "https://arquivo.pt/wayback", Dialect::pywb, {125, 200}},
      // Names no limits.
      {"ukwa", "https://www.webarchive.org.uk/wayback/archive", Dialect::pywb, {24, 120}},
      // A request each five seconds: a page and the robots.txt before it are all that is mostly asked for.
      {"live", std::string(k_live_archive), {}, {0, 12}},
  };
  return k_archives;
}

std::string checked_base_url(std::string_view url) {
  while (url.ends_with('/'))
    url.remove_suffix(1);
  const auto parsed = Url::parse(url);
  if (!parsed || !parsed->is_http() || parsed->host.empty()) {
    throw usage_error("'{}' is no archive's address: it should begin with http:// or https://", url);
  }
  constexpr int k_last_port = 65535;
  int port = 0;
  std::from_chars(parsed->port.data(), parsed->port.data() + parsed->port.size(), port);
  if (parsed->port.size() > 5 || port > k_last_port)
    throw usage_error("'{}' is no archive's address: there is no port {}", url, parsed->port);
  return std::string(url);
}

std::string budget_name(std::string_view base_url) {
  const auto url = Url::parse(base_url).value();
  const std::string_view usual = url.scheme == "https" ? "443" : "80";
  return url.port.empty() || url.port == usual ? url.host : url.host + ':' + url.port;
}

std::filesystem::path budget_file(const std::filesystem::path& folder, const Archive& archive) {
  return folder / (budget_name(archive.base_url) + ".json");
}

Archive find_archive(const std::vector<Archive>& archives, std::string_view from) {
  const auto by_name = std::find_if(archives.begin(), archives.end(),
                                    [&](const Archive& archive) { return iequals(archive.name, from); });
  if (by_name != archives.end()) return *by_name;

  const bool is_url = from.find("://") != std::string_view::npos;
  if (!is_url && from.find_first_of(".:") == std::string_view::npos) {
    std::string names;
    for (const auto& archive : archives)
      names += (names.empty() ? "" : ", ") + archive.name;
    throw usage_error("--from {}: neither an archive's name ({}) nor its base URL", from, names);
  }
  const auto url = checked_base_url(is_url ? std::string(from) : "http://" + std::string(from));
  const auto at_host = std::find_if(archives.begin(), archives.end(),
                                    [&](const Archive& archive) { return same_host(archive, url); });
  if (at_host == archives.end()) return {.name = budget_name(url), .base_url = url};
  Archive archive = *at_host;
  if (is_url) archive.base_url = url;
  return archive;
}

}  // namespace winnow
