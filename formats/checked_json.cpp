#include "formats/checked_json.hpp"

#include <cstddef>

#include "formats/ip_address.hpp"
#include "model/printable.hpp"
#include "model/provenance_json.hpp"
#include "model/url.hpp"

namespace winnow::checked {

namespace {

/// Deeper than any record, and far below what a parser's stack takes.
constexpr int k_deepest = 16;
/// Header fields and hops: a real record has some hundred.
constexpr std::size_t k_most_values = 100'000;
/// It is kept as it is: a file that packs well would make a store that does not.
constexpr std::size_t k_most_provenance = std::size_t{1} << 20U;

/// A status that may be unknown: 0, or not there.
void check_status(const Json& json) {
  const Json status = json.value("statuscode", json.value("status", Json(0)));
  if (status != 0) static_cast<void>(integer_of<int>(status, "status", k_least_status, k_most_status));
}

}  // namespace

Json parse(std::string_view text) {
  std::size_t values = 0;
  const auto look = [&values](int depth, Json::parse_event_t, Json&) {
    if (depth > k_deepest) throw error("it is nested too deep");
    if (++values > k_most_values) throw error("it has more values than any record");
    return true;
  };
  return Json::parse(text, look);
}

std::string string_at(const Json& json, const char* key, std::size_t longest) {
  std::string text = json.at(key).get<std::string>();
  if (text.size() > longest) throw error("its {} is longer than any", key);
  return text;
}

Timestamp time_at(const Json& json, const char* key) {
  const auto time = Timestamp::parse(json.at(key).get_ref<const std::string&>());
  if (!time) throw error("its {} is no timestamp", key);
  return *time;
}

std::optional<Sha1> cdx_digest_at(const Json& json, const char* key) {
  const Json& digest = json.at(key);
  if (digest.is_null()) return std::nullopt;
  return parse_cdx_digest(digest.get_ref<const std::string&>());
}

std::string archive_at(const Json& json, const char* key) {
  std::string archive = json.at(key).get<std::string>();
  const bool is_archive = archive == "warc:" || archive == k_live_archive ||
                          archive.starts_with("https://") || archive.starts_with("http://");
  if (!is_archive) throw error("its archive is none");
  return archive;
}

std::string site_at(const Json& json, const char* key) {
  constexpr std::size_t k_longest_name = 253;  // RFC 1035 §2.3.4, without the root
  std::string site = json.at(key).get<std::string>();
  const bool is_site = !site.empty() && site.size() <= k_longest_name &&
                       site.find('/') == std::string::npos && printable(site) == site;
  if (!is_site) throw error("its site is none");
  return site;
}

std::string urlkey_at(const Json& json, const char* key, std::string_view original) {
  std::string found = json.at(key).get<std::string>();
  const std::string ours = winnow::urlkey(original);
  if (found != ours && urlkey_host(found) != urlkey_host(ours)) throw error("its urlkey is not its URL's");
  return found;
}

bool is_inferred_at(const Json& json, const char* key) {
  const std::string& state = json.at(key).get_ref<const std::string&>();
  if (state != "held" && state != "inferred") throw error("its state is none");
  return state == "inferred";
}

Provenance provenance_of(const Json& json) {
  if (!json.is_object()) throw error("its provenance is none");
  check_status(json);
  for (const Json& hop : json.value("hops", Json::array()))
    check_status(hop);
  const std::string record = json.dump();
  if (record.size() > k_most_provenance) throw error("its provenance is longer than any");
  Provenance provenance = parse_provenance(record);
  // It becomes a WARC record's.
  if (!provenance.remote_address.empty() && !is_ip_address(provenance.remote_address))
    throw error("its remote_address is no address");
  return provenance;
}

}  // namespace winnow::checked
