// Which live pages a harvest's targets stand for.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "seeds/target.hpp"
#include "storage/watch_reader.hpp"

namespace winnow::cli {

struct LivePage {
  enum class Kind {
    page,
    homepage,  ///< of a site that the store knows no page of: its link to the policy is followed
    unknown,   ///< of a prefix that it knows no page of: there is nothing to ask for
  };
  std::size_t target = 0;  ///< its number
  Kind kind = Kind::page;
  std::string url;  ///< as the target or the store has it, maybe without a scheme; of a homepage the host

  bool operator==(const LivePage&) const = default;
};

/// A URL is itself; a site or a prefix is the pages there that hold the policies of `known` series at
/// present. Each URL once, in groups of one site, which are in the order of their first page: pages of a
/// group are fetched one after the other, groups at a time.
[[nodiscard]] std::vector<std::vector<LivePage>> live_pages(const std::vector<WatchedPage>& known,
                                                            const std::vector<Target>& targets);

}  // namespace winnow::cli
