// What is kept of a site's discovery.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/timestamp.hpp"

namespace winnow {

struct Discovery {
  std::string site;  ///< a target's host: soompi.com
  std::optional<Timestamp> since;
  std::optional<Timestamp> until;
  std::vector<std::string> pages;  ///< URLs that held its policy
};

}  // namespace winnow
