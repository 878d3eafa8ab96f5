// E-mail addresses and link targets of a text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/facts/facts.hpp"

namespace winnow {

struct Addresses {
  std::vector<std::string> emails;
  std::vector<LinkDomain> domains;
};

/// E-mail addresses in the words (`blocks`) and in mailto: links; domains of the http(s) links of the
/// Markdown, autolinks included. At most k_facts_entries of each.
[[nodiscard]] Addresses find_addresses(std::string_view markdown, std::string_view blocks);

}  // namespace winnow
