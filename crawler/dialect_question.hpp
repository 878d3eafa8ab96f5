// Finding out by asking in which dialect an archive answers, and remembering it.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "crawler/archive_client.hpp"

namespace winnow {

/// What one answer to a question in a dialect says about it.
struct DialectAnswer {
  int status = 0;
  std::string content_type;
  std::string body;  ///< its beginning
};

/// Whether that is how an archive of the dialect of `asked` answers: rows or mementos, or none in the media
/// type of its own, or its own words for an excluded page. Never by the status alone: many servers answer
/// whatever they are asked with 200 and a page. Pure.
[[nodiscard]] bool answers_in(const Archive& asked, const DialectAnswer& answer);

struct DialectFound {
  std::optional<Dialect> dialect;
  std::string evidence;           ///< when there is none: what each question came to
  std::optional<Failure> closed;  ///< the archive refuses, or can't be reached
  RequestCounters requests;       ///< that it took
};

/// Asks for one row about `page` (a URL or a site) in each dialect until one is answered: three requests at
/// most, of the index's budget. `go_on` is asked a few times a second.
[[nodiscard]] DialectFound ask_dialect(const ClientOptions& options, const std::string& page,
                                       const std::function<bool()>& go_on);

/// What remember_dialect() kept for this archive's base URL: beside its budget, a line `URL<TAB>dialect` for
/// each, the last one counts.
[[nodiscard]] std::optional<Dialect> remembered_dialect(const std::filesystem::path& budgets,
                                                        const Archive& archive);
/// What can't be kept is asked again. \pre the archive's dialect is known
void remember_dialect(const std::filesystem::path& budgets, const Archive& archive);

}  // namespace winnow
