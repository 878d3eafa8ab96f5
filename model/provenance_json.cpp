#include "model/provenance_json.hpp"

#include <nlohmann/json.hpp>

#include "model/error.hpp"

namespace winnow {

namespace {

using Json = nlohmann::ordered_json;

// A list of [name, value]: order and repeats are part of the record.
Json headers_json(const Headers& headers) {
  Json list = Json::array();
  for (const HeaderField& field : headers.fields())
    list.push_back({field.name, field.value});
  return list;
}

Json hops_json(const std::vector<Hop>& hops) {
  Json list = Json::array();
  for (const Hop& hop : hops) {
    list.push_back(
        {{"url", hop.url}, {"status", hop.status}, {"kind", name(hop.kind)}, {"location", hop.location}});
  }
  return list;
}

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Headers parse_headers(const Json& list) {
  Headers headers;
  for (const Json& field : list)
    headers.add(field.at(0).get<std::string>(), field.at(1).get<std::string>());
  return headers;
}

void put(Json& record, const char* key, const std::string& value) {
  if (!value.empty()) record[key] = value;
}

Timestamp parse_time(const Json& record, const char* key) {
  const auto time = Timestamp::parse(record.at(key).get<std::string>());
  if (!time) throw error("a provenance record has no valid {}", key);
  return *time;
}

}  // namespace

std::string to_json(const Provenance& provenance) {
  Json record = Json::object();
  put(record, "archive", provenance.archive);
  put(record, "requested_url", provenance.requested_url);
  record["requested_timestamp"] = provenance.requested_timestamp.digits();
  put(record, "replayed_url", provenance.replayed_url);
  record["replayed_timestamp"] = provenance.replayed_timestamp.digits();
  put(record, "memento_url", provenance.memento_url);
  if (!provenance.hops.empty()) record["hops"] = hops_json(provenance.hops);
  if (provenance.statuscode != 0) record["statuscode"] = provenance.statuscode;
  if (!provenance.original_headers.empty())
    record["original_headers"] = headers_json(provenance.original_headers);
  if (!provenance.response_headers.empty())
    record["response_headers"] = headers_json(provenance.response_headers);
  put(record, "source_warc", provenance.source_warc);
  record["digest_check"] = name(provenance.digest_check);
  record["fetched_at"] = provenance.fetched_at.digits();
  put(record, "program", provenance.program);
  put(record, "remote_address", provenance.remote_address);
  if (provenance.not_modified_since) record["not_modified_since"] = provenance.not_modified_since->digits();
  return dumped(record);
}

std::string to_json(const std::vector<Hop>& hops) {
  return dumped(hops_json(hops));
}

std::string to_json(const Headers& headers) {
  return dumped(headers_json(headers));
}

Provenance parse_provenance(std::string_view json) {
  try {
    const Json record = Json::parse(json);
    // Times first, and the rest one by one: what throws within braces has g++ 12 destroy the members before
    // it twice (GCC bug 66139).
    const Timestamp requested = parse_time(record, "requested_timestamp");
    const Timestamp replayed = parse_time(record, "replayed_timestamp");
    const Timestamp fetched = parse_time(record, "fetched_at");
    Provenance provenance{
        .requested_timestamp = requested, .replayed_timestamp = replayed, .fetched_at = fetched};
    provenance.archive = record.value("archive", "");
    provenance.requested_url = record.value("requested_url", "");
    provenance.replayed_url = record.value("replayed_url", "");
    provenance.memento_url = record.value("memento_url", "");
    provenance.statuscode = record.value("statuscode", 0);
    provenance.original_headers = parse_headers(record.value("original_headers", Json::array()));
    provenance.response_headers = parse_headers(record.value("response_headers", Json::array()));
    provenance.source_warc = record.value("source_warc", "");
    provenance.program = record.value("program", "");
    provenance.remote_address = record.value("remote_address", "");
    if (record.contains("not_modified_since"))
      provenance.not_modified_since = parse_time(record, "not_modified_since");
    for (const Json& hop : record.value("hops", Json::array())) {
      provenance.hops.push_back({hop.value("url", ""), hop.value("status", 0),
                                 parse_hop_kind(hop.value("kind", "")).value_or(HopKind::archive),
                                 hop.value("location", "")});
    }
    if (const auto check = parse_digest_check(record.value("digest_check", "")))
      provenance.digest_check = *check;
    return provenance;
  } catch (const Json::exception& exception) {
    throw error("a provenance record is damaged: {}", exception.what());
  }
}

}  // namespace winnow
