#include "formats/memento_of.hpp"

#include <cstddef>

#include <fmt/format.h>

#include "model/url.hpp"

namespace winnow {

std::string memento_of(const VersionRecord& record) {
  if (!record.provenance) return {};
  const std::string& fetched = record.provenance->memento_url;
  if (record.state != "inferred") return fetched;
  if (record.provenance->archive != record.archive || !fetched.starts_with(record.archive + "/")) return {};
  // <archive>/[web/]<14 digits><flag>/<original>
  const std::string digits = "/" + record.provenance->replayed_timestamp.digits();
  const std::size_t at = fetched.find(digits, record.archive.size());
  if (at == std::string::npos) return {};
  const std::size_t flag = at + digits.size();
  const std::size_t end = fetched.find('/', flag);
  if (end == std::string::npos) return {};
  return fmt::format("{}/{}{}/{}", fetched.substr(0, at), record.capture.timestamp.digits(),
                     fetched.substr(flag, end - flag), escape_for_request(record.capture.original));
}

}  // namespace winnow
