#include "cli/harvest/harvest_report.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/counted.hpp"
#include "model/reason.hpp"

namespace winnow::cli {
namespace {

struct Oddity {
  std::uint64_t CdxOddities::*count;
  std::string_view key;
  std::string_view words;
};

constexpr std::array<Oddity, 20> k_oddities = {{
    {&CdxOddities::bad_rows, "bad_rows", "index rows skipped for being no rows"},
    {&CdxOddities::overlong_rows, "overlong_rows", "index rows skipped for being longer than 64 KiB"},
    {&CdxOddities::repeated_rows, "repeated_rows", "index rows skipped for repeating the one before"},
    {&CdxOddities::foreign_originals, "foreign_originals",
     "index rows skipped for being of mailto:, data: and such"},
    {&CdxOddities::no_url_originals, "no_url_originals", "index rows skipped for having no URL"},
    {&CdxOddities::fuzzy_rows, "fuzzy_rows", "index rows skipped for being the archive's guesses"},
    {&CdxOddities::posted_rows, "posted_rows", "index rows skipped for being answers to POST and such"},
    {&CdxOddities::elsewhere, "elsewhere", "index rows skipped for being at another archive"},
    {&CdxOddities::mailto_hosts, "mailto_hosts", "index rows with a mail address for a host"},
    {&CdxOddities::repaired_timestamps, "repaired_timestamps", "index rows with a timestamp that was mended"},
    {&CdxOddities::same_moment, "same_moment", "index rows with the URL and time of one with another digest"},
    {&CdxOddities::hex_digests, "hex_digests", "index rows with a digest in hexadecimal"},
    {&CdxOddities::odd_digests, "odd_digests", "index rows with an unreadable digest"},
    {&CdxOddities::missing_statuses, "missing_statuses", "index rows with no status"},
    {&CdxOddities::odd_statuses, "odd_statuses", "index rows with an impossible status"},
    {&CdxOddities::odd_lengths, "odd_lengths", "index rows with an unreadable length"},
    {&CdxOddities::spaced_rows, "spaced_rows", "index rows with blanks in their URL"},
    {&CdxOddities::cut_answers, "cut_answers", "answers of the index cut off and asked for again"},
    {&CdxOddities::empty_answers, "empty_answers", "answers of the index empty and asked for again"},
    {&CdxOddities::cycling_keys, "cycling_keys", "resume keys of the index leading in a circle"},
}};

std::string_view kind_name(Target::Kind kind) {
  switch (kind) {
    case Target::Kind::site:
      return "site";
    case Target::Kind::url:
      return "url";
    case Target::Kind::prefix:
      return "prefix";
  }
  return "";
}

std::string_view end_name(HarvestEnd end) {
  switch (end) {
    case HarvestEnd::done:
      return "done";
    case HarvestEnd::spent:
      return "spent";
    case HarvestEnd::interrupted:
      return "interrupted";
    case HarvestEnd::refused:
      return "refused";
    case HarvestEnd::unreachable:
      return "unreachable";
  }
  return "";
}

double waited_seconds(const RequestCounters& requests) {
  return static_cast<double>(requests.waited.count()) / 1000;
}

/// Fewer than before where what lay between two turned out to say the same.
std::string counted_versions(std::int64_t versions) {
  if (versions >= 0) return counted(static_cast<std::uint64_t>(versions), "new version");
  return counted(static_cast<std::uint64_t>(-versions), "version") + " less";
}

}  // namespace

std::string label(const TargetReport& target) {
  return target.archive.empty() ? target.target.text
                                : fmt::format("{} from {}", target.target.text, target.archive);
}

HarvestEnd end_of(const Failure& closed) {
  return closed.reason == Reason::transport_error ? HarvestEnd::unreachable : HarvestEnd::refused;
}

nlohmann::json to_json(const HarvestReport& report) {
  nlohmann::json targets = nlohmann::json::array();
  for (const auto& target : report.targets) {
    nlohmann::json json = {{"target", target.target.text},
                           {"kind", kind_name(target.target.kind)},
                           {"rows", target.rows},
                           {"left_out", target.left_out},
                           {"pages", target.pages}};
    if (!target.archive.empty()) json["archive"] = target.archive;
    if (!target.asked) json["asked"] = false;
    if (!target.note.empty()) json["note"] = target.note;
    if (!target.failure.empty()) json["failure"] = target.failure;
    targets.push_back(std::move(json));
  }
  nlohmann::json oddities = nlohmann::json::object();
  for (const auto& oddity : k_oddities) {
    if (const auto count = report.oddities.*oddity.count; count > 0)
      oddities[std::string(oddity.key)] = count;
  }
  nlohmann::json json = {{"end", end_name(report.end)},
                         {"targets", targets},
                         {"index_oddities", oddities},
                         {"captures",
                          {{"asked", report.asked},
                           {"already_held", report.already_held},
                           {"held", report.recorded.held},
                           {"inferred", report.recorded.inferred},
                           {"missing", report.recorded.missing},
                           {"missing_before", report.missing_before},
                           {"left", report.left},
                           {"elsewhere", report.elsewhere.captures},
                           {"unread_between_same", report.unread.between_same},
                           {"unread_undecided", report.unread.undecided}}},
                         {"versions", report.recorded.versions},
                         {"ledger", report.missing_by_reason},
                         {"bodies", report.recorded.bodies},
                         {"texts", report.recorded.texts},
                         {"requests",
                          {{"cdx", report.requests.cdx_requests},
                           {"replay", report.requests.replay_requests},
                           {"repeats", report.requests.repeats},
                           {"limited", report.requests.limited},
                           {"bytes", report.requests.bytes_received},
                           {"waited_seconds", waited_seconds(report.requests)}}},
                         {"seconds", report.seconds},
                         {"extraction_cpu_seconds", report.extraction_seconds}};
  if (!report.end_detail.empty()) json["end_detail"] = report.end_detail;
  if (report.resume_after) json["resume_after"] = report.resume_after->digits();
  return json;
}

std::string to_text(const HarvestReport& report) {
  std::string text;
  const auto line = [&text](std::string_view label, const std::string& value) {
    text += fmt::format("{:<12}{}\n", label, value);
  };
  std::size_t not_asked = 0;
  for (const auto& target : report.targets) {
    if (!target.asked) {
      ++not_asked;
      continue;
    }
    auto value = counted(target.pages, "page");
    if (target.has_index) value = counted(target.rows, "index row") + ", " + value;
    if (target.left_out > 0) value += ", " + counted(target.left_out, "row") + " of other pages left out";
    if (!target.note.empty()) value += "; " + target.note;
    if (!target.failure.empty()) value += "; " + target.failure;
    text += fmt::format("{}: {}\n", label(target), value);
  }
  if (not_asked > 0) line("", fmt::format("{} not asked for", counted(not_asked, "target")));
  line("captures",
       fmt::format("{} fetched, {} inferred by digest, {} held before, {} missing", report.recorded.held,
                   report.recorded.inferred, report.already_held, report.recorded.missing));
  if (report.missing_before > 0) {
    line("", fmt::format("{} missing since earlier runs: on the ledger, not asked for again yet",
                         report.missing_before));
  }
  if (report.left > 0) line("", fmt::format("{} still to be fetched", report.left));
  if (report.unread.between_same > 0) {
    line("", fmt::format(
                 "{} unread between two that say the same: what changed and changed back there is not seen",
                 report.unread.between_same));
  }
  if (report.unread.undecided > 0) {
    line("",
         fmt::format(
             "{} unread where the words changed or no words were found: too many around them were in vain",
             report.unread.undecided));
  }
  if (report.elsewhere.captures > 0) {
    line("", fmt::format("{} left to {}", report.elsewhere.captures, report.elsewhere.holder));
  }
  for (const auto& [reason, count] : report.missing_by_reason) {
    const auto parsed = parse_reason(reason);
    line("", fmt::format("{} {}: {}", count, reason, parsed ? describe(*parsed) : ""));
  }
  line("stored", fmt::format("{}, {}, {}", counted_versions(report.recorded.versions),
                             counted(report.recorded.bodies, "new body", "new bodies"),
                             counted(report.recorded.texts, "new text")));
  for (const auto& oddity : k_oddities) {
    if (const auto count = report.oddities.*oddity.count; count > 0) {
      line("", fmt::format("{}: {}", oddity.words, count));
    }
  }
  line("requests",
       fmt::format(
           "{} to the index, {} for captures ({} repeated), {:.1f} MB in {:.1f} s, {:.1f} s of them waiting",
           report.requests.cdx_requests, report.requests.replay_requests, report.requests.repeats,
           static_cast<double>(report.requests.bytes_received) / 1e6, report.seconds,
           waited_seconds(report.requests)));
  return text;
}

}  // namespace winnow::cli
