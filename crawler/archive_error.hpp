// An archive's own errors, known by their words: web.archive.org reports them as text or HTML, often with
// status 200.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/reason.hpp"

namespace winnow {

struct ArchiveError {
  Reason reason;
  std::string_view words;  ///< what gave it away; static
};

/// The cause that the first 64 KiB of `text` name; nothing when they name none that we know.
///   "AdministrativeAccessControlException: Blocked Site Error", "RobotAccessControlException",
///   "This URL has been excluded from the Wayback Machine"        -> excluded
///   "Too Many Requests"                                          -> rate_limited
///   "SocketTimeoutException", "Scheduled Maintenance"            -> transport_error
[[nodiscard]] std::optional<ArchiveError> find_archive_error(std::string_view text);

/// One line of evidence from an error page: the words that gave the cause away, else the page's title, else
/// the beginning of its text.
[[nodiscard]] std::string evidence(int status, std::string_view text);

}  // namespace winnow
