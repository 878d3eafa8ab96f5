#include "cli/ledger/ledger_view.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/counted.hpp"
#include "cli/digits_or_null.hpp"
#include "model/printable.hpp"
#include "model/reason.hpp"

namespace winnow::cli {
namespace {

using Json = nlohmann::ordered_json;

/// URLs of thousands of characters happen.
std::string short_url(const std::string& url) {
  constexpr std::size_t k_most = 200;
  return printable(url.size() <= k_most ? url : url.substr(0, k_most) + "...");
}

std::string retry_words(const std::string& retry, const std::optional<Timestamp>& at) {
  if (retry == name(Retry::later) && at) return "is asked for again after " + at->date();
  if (retry == name(Retry::never)) return "is not asked for again";
  return "is asked for again by the next run";
}

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/// What the store keeps as JSON; null when somebody has damaged it.
Json parsed(const std::string& text) {
  auto json = Json::parse(text, nullptr, false);
  return json.is_discarded() ? Json(nullptr) : json;
}

std::string span(const Gap& gap) {
  switch (gap.kind) {
    case Gap::Kind::before_first:
      return "before " + gap.to->date();
    case Gap::Kind::between:
      return fmt::format("{} to {}, {}", gap.from->date(), gap.to->date(),
                         counted(static_cast<std::uint64_t>(gap.length() / std::chrono::hours(24)), "day"));
    case Gap::Kind::after_last:
      return gap.to ? fmt::format("after {}, up to {}", gap.from->date(), gap.to->date())
                    : "after " + gap.from->date();
    case Gap::Kind::all:
      return gap.to ? "all, up to " + gap.to->date() : "all";
  }
  return {};
}

std::string words(Hindrance hindrance, const std::string& detail, std::uint64_t count) {
  switch (hindrance) {
    case Hindrance::ledger:
      return fmt::format("{} on the ledger ({})", count, detail);
    case Hindrance::not_wanted:
      return fmt::format("{} not asked for", count);
    case Hindrance::pending:
      return fmt::format("{} still to be fetched", count);
    case Hindrance::status:
      return fmt::format("{} with status {}", count, detail);
    case Hindrance::no_text:
      return fmt::format("{} without a word", count);
  }
  return {};
}

}  // namespace

void LedgerCounts::add(const LedgerEntry& entry) {
  auto& count = m_counts[{entry.reason, entry.retry}];
  ++(entry.timestamp ? count.captures : count.targets);
  ++m_total;
}

std::string LedgerCounts::text() const {
  if (m_total == 0) return "nothing on the ledger\n";
  std::string text =
      fmt::format("{:<16}  {:<8}  {:>8}  {:>8}  {}\n", "reason", "retry", "captures", "targets", "meaning");
  for (const auto& [key, count] : m_counts) {
    const auto reason = parse_reason(key.first);
    text += fmt::format("{:<16}  {:<8}  {:>8}  {:>8}  {}\n", printable(key.first), printable(key.second),
                        count.captures, count.targets, reason ? describe(*reason) : "");
  }
  return text;
}

nlohmann::ordered_json LedgerCounts::json() const {
  Json list = Json::array();
  for (const auto& [key, count] : m_counts) {
    list.push_back({{"reason", key.first},
                    {"retry", key.second},
                    {"captures", count.captures},
                    {"targets", count.targets}});
  }
  return {{"entries", m_total}, {"counts", std::move(list)}};
}

std::string to_text(const LedgerEntry& entry) {
  std::string text = entry.timestamp
                         ? fmt::format("{} {}\n", entry.timestamp->digits(), short_url(entry.target))
                         : fmt::format("index of {}\n", short_url(entry.target));
  text += fmt::format("  {}: {}\n", printable(entry.reason), printable(entry.detail));
  text += fmt::format("  {}{} of {}, {}; {}\n", entry.status ? fmt::format("status {}, ", *entry.status) : "",
                      counted(entry.attempts, "attempt"), printable(entry.archive), entry.noted.date(),
                      retry_words(entry.retry, entry.retry_at));
  return text;
}

nlohmann::ordered_json to_json(const LedgerEntry& entry) {
  return {{"archive", entry.archive},
          {"site", entry.site},
          {"urlkey", entry.timestamp ? Json(entry.urlkey) : Json(nullptr)},
          {"timestamp", digits_or_null(entry.timestamp)},
          {"target", entry.target},
          {"reason", entry.reason},
          {"status", or_null(entry.status)},
          {"detail", entry.detail},
          {"headers", parsed(entry.headers)},
          {"body_start", entry.body_start},
          {"hops", parsed(entry.hops)},
          {"attempts", entry.attempts},
          {"noted", entry.noted.digits()},
          {"retry", entry.retry},
          {"retry_at", digits_or_null(entry.retry_at)}};
}

std::string to_text(const Gap& gap) {
  std::string why;
  for (const auto& [key, count] : gap.hindrances)
    why += (why.empty() ? "" : ", ") + words(key.first, printable(key.second), count);
  if (why.empty()) {
    why = gap.index_read ? "nothing was archived" : "no index was asked for all of it";
  } else if (!gap.index_read) {
    why += "; no index was asked for all of it";
  }
  return fmt::format("  {:<12}  {:<36}  {}\n", name(gap.kind), span(gap), why);
}

nlohmann::ordered_json to_json(const SeriesSummary& series, const Gap& gap) {
  Json why = Json::array();
  for (const auto& [key, count] : gap.hindrances) {
    Json entry = {{"why", name(key.first)}, {"captures", count}};
    if (key.first == Hindrance::ledger) entry["reason"] = key.second;
    if (key.first == Hindrance::status) entry["status"] = std::stoi(key.second);
    why.push_back(std::move(entry));
  }
  return {{"site", series.site},
          {"series", series.name},
          {"url", series.pages.back().url},
          {"gap", name(gap.kind)},
          {"from", digits_or_null(gap.from)},
          {"to", digits_or_null(gap.to)},
          {"days", gap.from && gap.to ? Json(gap.length() / std::chrono::hours(24)) : Json(nullptr)},
          {"index_read", gap.index_read},
          {"captures", gap.captures},
          {"why", std::move(why)}};
}

}  // namespace winnow::cli
