#include "cli/extract/text_record.hpp"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace winnow::cli {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/// To four decimals: the others say nothing, and differ between processors.
Json rounded(double number) {
  return std::round(number * 1e4) / 1e4;
}

Json verdict(const Verdict& gate) {
  Json reasons = Json::array();
  for (const GateReason& reason : gate.reasons)
    reasons.push_back({{"feature", reason.feature}, {"weight", rounded(reason.weight)}});
  return {{"band", name(gate.band)},
          {"score", rounded(gate.score)},
          {"kind", name(gate.kind)},
          {"reasons", std::move(reasons)}};
}

Json claimed_date(const std::optional<ClaimedDate>& claimed) {
  if (!claimed) return nullptr;
  return {{"date", claimed->date}, {"or_date", or_null(claimed->or_date)}, {"words", claimed->words}};
}

Json facts_of(const Facts& facts) {
  Json outline = Json::array();
  for (const Heading& heading : facts.outline)
    outline.push_back({{"level", heading.level}, {"text", heading.text}});
  Json domains = Json::array();
  for (const LinkDomain& domain : facts.link_domains)
    domains.push_back({{"domain", domain.domain}, {"links", domain.links}});
  return {{"words", facts.words},
          {"sentences", facts.sentences},
          {"reading_grade", facts.reading_grade ? rounded(*facts.reading_grade) : Json(nullptr)},
          {"claimed_date", claimed_date(facts.claimed_date)},
          {"outline", std::move(outline)},
          {"emails", facts.emails},
          {"link_domains", std::move(domains)}};
}

}  // namespace

std::string text_record(const RecordSource& source, const Text& text, const Analysis& analysis) {
  Json marks = Json::array();
  for (const Mark mark : text.marks)
    marks.push_back(name(mark));

  Json json = Json::object();
  json["file"] = source.file;
  json["offset"] = or_null(source.offset);
  json["url"] = or_null(source.url);
  json["timestamp"] = source.timestamp ? Json(source.timestamp->digits()) : Json(nullptr);
  json["statuscode"] = or_null(source.statuscode);
  json["mimetype"] = or_null(source.mimetype);
  json["digest"] = source.digest ? Json(base32(*source.digest)) : Json(nullptr);
  json["title"] = text.title;
  json["text"] = text.markdown;
  json["words"] = text.word_count;
  json["words_sha256"] = text.words_sha256.hex();
  json["simhash"] = fmt::format("{:016x}", text.simhash);
  json["charset"] = or_null(text.charset);
  json["marks"] = std::move(marks);
  json["extractor"] = text.extractor;
  json["language"] = {{"code", or_null(analysis.language.code)}, {"share", rounded(analysis.language.share)}};
  json["gate"] = verdict(analysis.gate);
  json["facts"] = facts_of(analysis.facts);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace winnow::cli
