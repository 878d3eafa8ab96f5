// What a request to an archive came to when it did not come to what was asked for.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/evidence.hpp"
#include "model/provenance.hpp"
#include "model/reason.hpp"
#include "model/timestamp.hpp"

namespace winnow {

struct Failure {
  Reason reason = Reason::transport_error;
  int status = 0;                        ///< of the archive's last answer; 0 when there was none
  std::string detail;                    ///< one line of evidence
  std::vector<Hop> hops;                 ///< the archive's redirects followed before
  std::optional<Timestamp> retry_after;  ///< when the archive may be asked again, if it said so
  Evidence evidence = {};                ///< of the last answer; empty when there was none
};

/// One line for people from what a server sent: tags dropped, white space and control characters made one
/// space, bytes that are not ASCII replaced by `?`, at most `limit` bytes.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t limit = 160);

}  // namespace winnow
