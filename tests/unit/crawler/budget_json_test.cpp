#include "crawler/budget_json.hpp"

#include <chrono>
#include <string>

#include <catch2/catch.hpp>

using namespace winnow;
using namespace std::chrono_literals;

namespace {

Clocks clocks(std::string boot, BootClock::duration since_boot, WallTime wall) {
  return {[=] { return Moment{} + since_boot; }, [=] { return wall; }, std::move(boot)};
}

const WallTime k_noon = WallTime{} + 24h * 20000;

/// Written 1000 hours after a start of the machine, at noon.
const Clocks k_written = clocks("first", 1000h, k_noon);

BudgetState some_state() {
  const Moment now = k_written.now();
  BudgetState state;
  state.lanes = {BudgetState::Lane{now + 2500001us, 1, {}}, BudgetState::Lane{now + 125ms, 0.3, now - 7s}};
  state.paused_until = now + 60s;
  state.pauses_in_a_row = 3;
  state.trial = true;
  state.trial_until = now + 59s;
  state.last_429 = now - 1s;
  state.refusing = true;
  state.refused_until = now + 2h;
  state.refusals = 2;
  return state;
}

}  // namespace

TEST_CASE("a state that is written and read is the same") {
  for (const auto& state : {BudgetState{}, some_state()}) {
    const auto text = to_json(state, k_written);
    CHECK(text.back() == '\n');
    CHECK(text.size() < 1000);
    const auto read = parse_budget_state(text, k_written);
    REQUIRE(read);
    CHECK((*read == state));
    CHECK((parse_budget_state(text + text.substr(0, 50), k_written) == read));  // a longer line was there
  }
}

TEST_CASE("a state is as old as it is, whatever the clocks did meanwhile") {
  struct Case {
    const char* story;
    Clocks now;
    BootClock::duration refused_for;  ///< two hours, when it was written
  };
  const Case cases[] = {
      {"ten minutes later", clocks("first", 1000h + 10min, k_noon + 10min), 110min},
      {"the wall clock was set a year ahead", clocks("first", 1000h + 10min, k_noon + 24h * 365), 110min},
      {"the wall clock was set back", clocks("first", 1000h + 10min, k_noon - 24h * 365), 110min},
      {"the machine was started anew", clocks("second", 1min, k_noon + 30min), 90min},
      {"and long ago", clocks("second", 3000h, k_noon + 3000h), 2h - 3000h},
      {"and the wall clock set back: no time has passed", clocks("second", 1min, k_noon - 24h), 2h},
      {"the kernel does not name its start", clocks("", 1000h + 10min, k_noon + 30min), 90min},
      {"the same start, but another clock (a container's)", clocks("first", 1min, k_noon + 30min), 90min},
  };
  const auto text = to_json(some_state(), k_written);
  for (const auto& c : cases) {
    INFO(c.story);
    const auto state = parse_budget_state(text, c.now);
    REQUIRE(state);
    const Moment now = c.now.now();
    CHECK(state->refused_until - now == c.refused_for);
    CHECK(state->paused_until - now == c.refused_for - 2h + 60s);
    CHECK(*state->last_429 - now == c.refused_for - 2h - 1s);
    CHECK(state->lanes[0].next - now == c.refused_for - 2h + 2500001us);
    CHECK(state->refusals == 2);
  }
}

TEST_CASE("the first state of all means nothing after a new start either") {
  const auto state =
      parse_budget_state(to_json({}, clocks("first", 1min, k_noon)), clocks("second", 1000h, k_noon));
  REQUIRE(state);
  CHECK(ready_at(*state, RequestKind::cdx, 24) <= Moment{} + 1000h);
  CHECK(!stop(*state, Moment{} + 1000h));
}

TEST_CASE("what is no state is none") {
  const auto good = to_json(some_state(), k_written);
  for (std::size_t size = 0; size < good.size(); ++size)
    CHECK(!parse_budget_state(good.substr(0, size), k_written));

  const auto with = [&](const std::string& part, const std::string& other) {
    auto text = good;
    const auto at = text.find(part);
    REQUIRE(at != std::string::npos);
    return text.replace(at, part.size(), other);
  };
  for (const auto& text : {
           std::string("\n"),
           std::string("null\n"),
           std::string("[]\n"),
           std::string("{}\n"),
           std::string(400, '\0') + "\n",
           std::string("\xff\xfe{}\n"),
           std::string(10'000, '[') + "\n",
           with("\"format\":1", "\"format\":2"),
           with("\"pauses\":3", "\"pauses\":-3"),
           with("\"pauses\":3", "\"pauses\":\"3\""),
           with("\"share\":0.3", "\"share\":0"),
           with("\"share\":0.3", "\"share\":1e300"),
           with("\"trial\":true", "\"trial\":1"),
           with("\"paused_until\":", "\"paused_until\":9999"),
           with("\"refused_until\":", "\"x\":"),
       }) {
    INFO(text);
    CHECK(!parse_budget_state(text, k_written));
  }
  const auto many = parse_budget_state(with("\"refusals\":2", "\"refusals\":9000000000"), k_written);
  REQUIRE(many);
  CHECK(stop(after(*many, RequestRefused{k_written.now() + 3h}, k_written.now() + 3h), k_written.now()));
}
