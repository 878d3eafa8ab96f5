#include "seeds/target.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "model/ascii.hpp"
#include "model/error.hpp"
#include "model/headers.hpp"
#include "model/url.hpp"

namespace winnow {
namespace {

bool is_host(std::string_view host) {
  if (host.find('.') == std::string_view::npos && host != "localhost") return false;
  return !host.starts_with('.') && !host.ends_with('.') && host.find("..") == std::string_view::npos &&
         std::all_of(host.begin(), host.end(), [](char c) {
           return is_lower(c) || is_digit(c) || c == '.' || c == '-' || c == '_' ||
                  static_cast<unsigned char>(c) >= 0x80;
         });
}

/// As an error quotes it: a file that is no seed list may have lines of megabytes.
std::string shortened(std::string_view text) {
  constexpr std::size_t k_most = 80;
  return text.size() <= k_most ? std::string(text) : std::string(text.substr(0, k_most)) + "...";
}

/// "12,soompi.com" -> "soompi.com"; anything else as it is.
std::string_view without_rank(std::string_view line) {
  const auto comma = line.find(',');
  if (comma == std::string_view::npos || comma == 0) return line;
  const auto rank = line.substr(0, comma);
  const bool is_rank = all_digits(rank);
  return is_rank ? trim(line.substr(comma + 1)) : line;
}

}  // namespace

Target parse_target(std::string_view written) {
  const auto text = trim(written);
  if (text.empty())
    throw usage_error("a target is empty; name a site, a URL or a prefix such as soompi.com/legal/*");
  if (text.find_first_of(" \t\r\n") != std::string_view::npos) {
    throw usage_error("'{}' is no target: it holds white space", shortened(text));
  }
  const auto star = text.find('*');
  const bool is_prefix = star != std::string_view::npos;
  if (is_prefix && star + 1 != text.size()) {
    throw usage_error("'{}' is no target: a * may only stand at its end, as in soompi.com/legal/*",
                      shortened(text));
  }
  const auto plain = text.substr(0, star);
  const bool has_scheme = plain.find("://") != std::string_view::npos;
  if (!has_scheme && !is_prefix && plain.find_first_of("/?#") == std::string_view::npos) {
    const auto host = ascii_lower(plain);
    if (is_host(host)) return {Target::Kind::site, host.starts_with("www.") ? host.substr(4) : host};
    if (host.find(':') == std::string::npos) {
      throw usage_error("'{}' is no target: name a site (soompi.com), a URL or a prefix (soompi.com/legal/*)",
                        shortened(text));
    }
  }
  const auto url = Url::parse(has_scheme ? std::string(plain) : "http://" + std::string(plain));
  if (!url || !url->is_http() || !is_host(url->host) || !url->userinfo.empty()) {
    throw usage_error("'{}' is no target: not the URL of a web page", shortened(text));
  }
  return {is_prefix ? Target::Kind::prefix : Target::Kind::url, std::string(plain)};
}

std::vector<Target> read_seed_list(const std::string& path) {
  if (path.empty()) throw usage_error("@ names no seed list; write @FILE");
  if (std::filesystem::is_directory(path)) throw usage_error("{} is a folder, no seed list", path);
  std::ifstream file(path);
  if (!file) throw usage_error("cannot read the seed list {}: {}", path, std::strerror(errno));
  std::vector<Target> targets;
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (number == 1 && line.starts_with("\xef\xbb\xbf")) line.erase(0, 3);
    auto text = std::string_view(line);
    if (const auto comment = text.find('#');
        comment == 0 ||
        (comment != std::string_view::npos && (text[comment - 1] == ' ' || text[comment - 1] == '\t'))) {
      text = text.substr(0, comment);
    }
    text = without_rank(trim(text));
    if (text.empty()) continue;
    try {
      targets.push_back(parse_target(text));
    } catch (const UsageError& failure) {
      throw usage_error("{}:{}: {}", path, number, failure.what());
    }
  }
  if (file.bad()) throw usage_error("cannot read the seed list {} to its end", path);
  if (targets.empty()) throw usage_error("the seed list {} holds no target", path);
  return targets;
}

std::vector<Target> parse_targets(const std::vector<std::string>& arguments) {
  std::vector<Target> targets;
  const auto add = [&targets](Target target) {
    if (std::find(targets.begin(), targets.end(), target) == targets.end())
      targets.push_back(std::move(target));
  };
  for (const auto& argument : arguments) {
    if (argument.starts_with('@')) {
      for (auto& target : read_seed_list(argument.substr(1)))
        add(std::move(target));
    } else {
      add(parse_target(argument));
    }
  }
  return targets;
}

}  // namespace winnow
