#include "model/reason.hpp"

#include <array>

namespace winnow {
namespace {

struct ReasonRow {
  Reason reason;
  std::string_view name;
  Retry retry;
  std::string_view description;
};

constexpr std::array<ReasonRow, 18> k_reasons = {{
    {Reason::substituted, "substituted", Retry::later,
     "the archive played another capture than the one it lists"},
    {Reason::excluded, "excluded", Retry::later, "the archive has excluded this page"},
    {Reason::not_archived, "not-archived", Retry::later, "the archive says it has none"},
    {Reason::unplayable, "unplayable", Retry::later, "the archive could not play the capture"},
    {Reason::rate_limited, "rate-limited", Retry::next_run, "we were asked to slow down"},
    {Reason::refused, "refused", Retry::next_run, "the archive refuses connections"},
    {Reason::truncated, "truncated", Retry::next_run, "the body ended too early"},
    {Reason::too_large, "too-large", Retry::later, "the body is larger than the limit"},
    {Reason::redirect_loop, "redirect-loop", Retry::later, "the redirects lead nowhere"},
    {Reason::transport_error, "transport-error", Retry::next_run, "no usable answer came"},
    {Reason::bad_encoding, "bad-encoding", Retry::later, "the body's encoding is damaged"},
    {Reason::bad_index, "bad-index", Retry::next_run, "the index answered with something that is no index"},
    {Reason::robots_disallowed, "robots-disallowed", Retry::later, "the site's robots.txt does not allow it"},
    {Reason::http_error, "http-error", Retry::next_run, "the site answered with an error"},
    {Reason::no_policy, "no-policy", Retry::later, "no privacy policy was found on the site"},
    {Reason::damaged, "damaged", Retry::next_run, "the store could not read it back any more"},
    {Reason::not_a_policy, "not-a-policy", Retry::never, "it looked like the site's policy and is not"},
    {Reason::soft_404, "soft-404", Retry::never, "an error page that was served as a page"},
}};

constexpr std::array<std::string_view, 3> k_retries = {"never", "next-run", "later"};

const ReasonRow& row(Reason reason) {
  return k_reasons[static_cast<std::size_t>(reason)];
}

}  // namespace

std::string_view name(Reason reason) {
  return row(reason).name;
}

std::optional<Reason> parse_reason(std::string_view name) {
  for (const auto& row : k_reasons) {
    if (row.name == name) return row.reason;
  }
  return {};
}

std::string_view name(Retry retry) {
  return k_retries[static_cast<std::size_t>(retry)];
}

std::optional<Retry> parse_retry(std::string_view name) {
  for (std::size_t i = 0; i < k_retries.size(); ++i) {
    if (k_retries[i] == name) return static_cast<Retry>(i);
  }
  return {};
}

std::vector<std::string> reason_names() {
  std::vector<std::string> names;
  for (const auto& row : k_reasons)
    names.emplace_back(row.name);
  return names;
}

std::vector<std::string> retry_names() {
  return {k_retries.begin(), k_retries.end()};
}

Retry retry_rule(Reason reason) {
  return row(reason).retry;
}

std::string_view describe(Reason reason) {
  return row(reason).description;
}

}  // namespace winnow
