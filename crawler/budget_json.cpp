#include "crawler/budget_json.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include <nlohmann/json.hpp>

namespace winnow {

namespace {

using nlohmann::json;
using std::chrono::microseconds;

constexpr int k_format = 1;
constexpr std::chrono::hours k_furthest{24 * 365 * 100};  // what can be a time
constexpr std::chrono::hours k_longest_gap{24};           // between two requests, at the slowest rate
constexpr int k_most_repeats = 1000;

struct BadState {};

microseconds time_of(const json& value) {
  const microseconds time(value.get<std::int64_t>());
  if (time > k_furthest || time < -k_furthest) throw BadState();
  return time;
}

Moment moment(const json& value) {
  return Moment(time_of(value));
}

int count(const json& value) {
  const auto number = value.get<std::int64_t>();
  if (number < 0) throw BadState();
  return static_cast<int>(std::min<std::int64_t>(number, k_most_repeats));
}

json to_json(const BudgetState::Lane& lane) {
  return {{"next", lane.next.time_since_epoch().count()},
          {"share", lane.share},
          {"since", lane.since.time_since_epoch().count()}};
}

BudgetState::Lane parse_lane(const json& value, Moment written) {
  BudgetState::Lane lane{moment(value.at("next")), value.at("share").get<double>(),
                         moment(value.at("since"))};
  if (!(lane.share > 0 && lane.share <= 1)) throw BadState();
  lane.next = std::min(lane.next, written + k_longest_gap);
  return lane;
}

void move(BudgetState& state, microseconds by) {
  for (auto& lane : state.lanes) {
    lane.next += by;
    lane.since += by;
  }
  for (Moment* time : {&state.paused_until, &state.trial_until, &state.refused_until})
    *time += by;
  if (state.last_429) *state.last_429 += by;
}

BudgetState parse(const json& value, const Clocks& clocks) {
  if (value.at("format") != k_format) throw BadState();
  const Moment written = moment(value.at("at").at(0));
  BudgetState state;
  state.lanes = {parse_lane(value.at("cdx"), written), parse_lane(value.at("replay"), written)};
  state.paused_until = moment(value.at("paused_until"));
  state.pauses_in_a_row = count(value.at("pauses"));
  state.trial = value.at("trial").get<bool>();
  state.trial_until = moment(value.at("trial_until"));
  if (const auto& last = value.at("last_429"); !last.is_null()) state.last_429 = moment(last);
  state.refusing = value.at("refusing").get<bool>();
  state.refused_until = moment(value.at("refused_until"));
  state.refusals = count(value.at("refusals"));

  const Moment now = clocks.now();
  const bool same_clock = !clocks.boot.empty() && value.at("boot") == clocks.boot && written <= now;
  if (!same_clock) {
    const WallTime written_wall(time_of(value.at("at").at(1)));
    const auto passed = std::max(clocks.wall() - written_wall, microseconds(0));
    move(state, now - passed - written);
  }
  return state;
}

}  // namespace

std::string to_json(const BudgetState& state, const Clocks& clocks) {
  const auto number = [](Moment time) { return time.time_since_epoch().count(); };
  json value = {{"format", k_format},
                {"boot", clocks.boot},
                {"at", {number(clocks.now()), clocks.wall().time_since_epoch().count()}},
                {"cdx", to_json(state.lanes[0])},
                {"replay", to_json(state.lanes[1])},
                {"paused_until", number(state.paused_until)},
                {"pauses", state.pauses_in_a_row},
                {"trial", state.trial},
                {"trial_until", number(state.trial_until)},
                {"last_429", nullptr},
                {"refusing", state.refusing},
                {"refused_until", number(state.refused_until)},
                {"refusals", state.refusals}};
  if (state.last_429) value["last_429"] = number(*state.last_429);
  return value.dump() + '\n';
}

std::optional<BudgetState> parse_budget_state(std::string_view text, const Clocks& clocks) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const json value = json::parse(text.substr(0, end), nullptr, false);
  try {
    return parse(value, clocks);
  } catch (const json::exception&) {
    return std::nullopt;
  } catch (const BadState&) {
    return std::nullopt;
  }
}

}  // namespace winnow
