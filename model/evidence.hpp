// What an archive answered in place of what was asked for, cut to what tells why: the ledger keeps it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/headers.hpp"

namespace winnow {

/// Bytes of a body that are kept.
inline constexpr std::size_t k_most_evidence = 256;

/// Bounded whatever was sent, and printable ASCII: safe for terminals, JSON and people who paste it.
struct Evidence {
  Headers headers;         ///< at most 16: of the body's form, of where to and when, and the archive's own
  std::string body_start;  ///< the first k_most_evidence bytes, with their content-encoding undone where the
                           ///< archive itself speaks; empty when none came

  bool operator==(const Evidence&) const = default;
};

/// Takes Content-Type, -Length and -Encoding (the archived response's own as well), Date, Location, Link,
/// Retry-After, Server, Memento-Datetime and the archive's X-Archive-* out of an answer's header fields.
[[nodiscard]] Evidence evidence_of(const Headers& answer, std::string_view body);

/// The first `limit` bytes with `\n`, `\r`, `\t`, `\\` and `\xNN` for what is not printable ASCII.
[[nodiscard]] std::string escaped(std::string_view bytes, std::size_t limit);

}  // namespace winnow
