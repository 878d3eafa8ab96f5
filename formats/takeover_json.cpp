#include "formats/takeover_json.hpp"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

namespace winnow {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t k_longest = std::size_t{16} << 20U;
constexpr int k_deepest = 4;

std::optional<Takeover> parse_one(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  for (const char* const key : {"from", "to", "when", "evidence"})
    if (!json.contains(key) || !json[key].is_string()) return std::nullopt;
  const auto when = Timestamp::parse(json["when"].get<std::string>());
  const auto evidence = parse_evidence(json["evidence"].get<std::string>());
  const Json confidence = json.value("confidence", Json(0.0));
  if (!when || !evidence || !confidence.is_number() || json["from"] == json["to"]) return std::nullopt;
  return Takeover{.from_urlkey = json["from"].get<std::string>(),
                  .to_urlkey = json["to"].get<std::string>(),
                  .when = *when,
                  .evidence = *evidence,
                  .confidence = std::min(1.0, std::max(0.0, confidence.get<double>()))};
}

}  // namespace

std::string takeovers_json(std::span<const Takeover> takeovers) {
  Json list = Json::array();
  for (const Takeover& takeover : takeovers) {
    list.push_back({{"from", takeover.from_urlkey},
                    {"to", takeover.to_urlkey},
                    {"when", takeover.when.digits()},
                    {"evidence", name(takeover.evidence)},
                    {"confidence", takeover.confidence}});
  }
  return list.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::vector<Takeover> parse_takeovers(std::string_view json) {
  if (json.size() > k_longest) return {};
  bool too_deep = false;
  const auto look = [&too_deep](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > k_deepest;
    return depth <= k_deepest;
  };
  const Json list = Json::parse(json, look, false);
  std::vector<Takeover> takeovers;
  if (too_deep || !list.is_array()) return takeovers;
  for (const Json& item : list)
    if (const auto takeover = parse_one(item)) takeovers.push_back(*takeover);
  return takeovers;
}

}  // namespace winnow
