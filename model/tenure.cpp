#include "model/tenure.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace winnow {

std::vector<std::vector<Tenure>> joined_series(std::span<const Takeover> takeovers) {
  std::vector<const Takeover*> in_order;
  for (const Takeover& takeover : takeovers)
    in_order.push_back(&takeover);
  std::sort(in_order.begin(), in_order.end(), [](const Takeover* a, const Takeover* b) {
    return std::tie(a->when, b->confidence, a->evidence, a->from_urlkey, a->to_urlkey) <
           std::tie(b->when, a->confidence, b->evidence, b->from_urlkey, b->to_urlkey);
  });

  std::vector<std::vector<Tenure>> all;
  std::unordered_map<std::string, std::size_t> series_of;
  for (const Takeover* takeover : in_order) {
    const auto from = series_of.find(takeover->from_urlkey);
    const auto to = series_of.find(takeover->to_urlkey);
    if (from == series_of.end()) {
      if (to != series_of.end() || takeover->from_urlkey == takeover->to_urlkey) continue;
      series_of[takeover->from_urlkey] = all.size();
      series_of[takeover->to_urlkey] = all.size();
      all.push_back({{takeover->from_urlkey, {}}, {takeover->to_urlkey, takeover->when}});
      continue;
    }
    auto& series = all[from->second];
    const bool is_holder = series.back().urlkey == takeover->from_urlkey;
    const bool is_free = to == series_of.end() || to->second == from->second;
    // Of two successors at one moment the first one, which is the surer, has it.
    if (!is_holder || !is_free || takeover->from_urlkey == takeover->to_urlkey ||
        series.back().since == takeover->when) {
      continue;
    }
    series_of[takeover->to_urlkey] = from->second;
    series.push_back({takeover->to_urlkey, takeover->when});
  }
  return all;
}

}  // namespace winnow
