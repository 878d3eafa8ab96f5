#include "crawler/archive_error.hpp"

#include <array>

#include <fmt/format.h>

#include "crawler/failure.hpp"
#include "model/headers.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_most_searched = std::size_t{64} << 10U;  // an archive's own pages are short

}  // namespace

std::optional<ArchiveError> find_archive_error(std::string_view text) {
  static constexpr std::array<ArchiveError, 9> k_errors{{
      {Reason::excluded, "blocked site"},
      {Reason::excluded, "administrativeaccesscontrol"},
      {Reason::excluded, "robotaccesscontrol"},
      {Reason::excluded, "excluded from the wayback machine"},
      {Reason::rate_limited, "too many requests"},
      {Reason::transport_error, "timeoutexception"},
      {Reason::transport_error, "scheduled maintenance"},
      {Reason::transport_error, "temporarily offline"},
      {Reason::transport_error, "temporarily unavailable"},
  }};
  const std::string lower = ascii_lower(text.substr(0, k_most_searched));
  for (const auto& error : k_errors) {
    if (lower.find(error.words) != std::string::npos) return error;
  }
  return std::nullopt;
}

std::string evidence(int status, std::string_view text) {
  if (const auto error = find_archive_error(text))
    return fmt::format("status {}: \"{}\"", status, error->words);
  text = text.substr(0, k_most_searched);
  const std::string lower = ascii_lower(text);
  if (const auto open = lower.find("<title>"); open != std::string::npos) {
    const auto begin = open + 7;
    text = text.substr(begin, lower.find("</title>", begin) - begin);
  }
  const std::string line = one_line(text);
  return line.empty() ? fmt::format("status {}", status) : fmt::format("status {}: {}", status, line);
}

}  // namespace winnow
