#include "cli/import/evidence_bag.hpp"

#include <array>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "formats/container.hpp"
#include "model/error.hpp"

namespace winnow::cli {

namespace {

namespace fs = std::filesystem;

/// What tells such a bag from others (RFC 8493), below the folder that is the bag.
constexpr std::string_view k_captures = "data/captures.warc.gz";
constexpr std::array k_signs{std::string_view("bagit.txt"), std::string_view("data/versions.jsonl"),
                             k_captures};

/// A file's name, cut where the bag begins; nothing when no bag has a file of that name.
std::optional<std::pair<std::string_view, std::string_view>> cut_at_bag(std::string_view name) {
  constexpr std::array<std::string_view, 4> k_tags{"bagit.txt", "bag-info.txt", "manifest-sha256.txt",
                                                   "tagmanifest-sha256.txt"};
  const std::size_t slash = name.rfind('/');
  const std::size_t file = slash == std::string_view::npos ? 0 : slash + 1;
  for (const std::string_view tag : k_tags)
    if (name.substr(file) == tag) return std::pair(name.substr(0, file), name.substr(file));
  constexpr std::string_view k_payload = "data/";
  for (std::size_t at = name.find(k_payload); at != std::string_view::npos; at = name.find(k_payload, at + 1))
    if (at == 0 || name[at - 1] == '/') return std::pair(name.substr(0, at), name.substr(at));
  return std::nullopt;
}

}  // namespace

fs::path captures_of_evidence(const fs::path& folder) {
  std::error_code ignored;
  for (const std::string_view sign : k_signs)
    if (!fs::is_regular_file(folder / sign, ignored)) return {};
  return folder / k_captures;
}

std::optional<std::string> captures_in_bag(const std::string& container) {
  std::optional<std::string> bag;
  std::set<std::string, std::less<>> missing(k_signs.begin(), k_signs.end());
  try {
    ContainerReader reader(container);
    while (const auto name = reader.next()) {
      const auto cut = cut_at_bag(*name);
      if (!cut || (bag && *bag != cut->first)) return std::nullopt;
      bag = std::string(cut->first);
      if (const auto sign = missing.find(cut->second); sign != missing.end()) missing.erase(sign);
    }
  } catch (const Error&) {
    return std::nullopt;  // whoever reads it next says why it can't be read
  }
  if (!bag || !missing.empty()) return std::nullopt;
  return *bag + std::string(k_captures);
}

}  // namespace winnow::cli
