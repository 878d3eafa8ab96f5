// One state for all processes: the sum is kept whoever asks, dies or writes nonsense.
#include "crawler/budget_file.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crawler/budget.hpp"
#include "model/error.hpp"
#include "tests/support/temp_dir.hpp"

using namespace winnow;
using namespace std::chrono_literals;
using winnow::test::TempDir;

namespace {

/// Runs `work` in a process of its own.
pid_t in_process(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(60);
    try {
      work();
      ::_exit(0);
    } catch (...) {
      ::_exit(1);
    }
  }
  return child;
}

bool ended_well(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// Takes tokens until `end` and notes the moment of each in `notes`, with one write that no other cuts.
void take_tokens(const std::string& state, double per_minute, const std::string& notes, Moment end) {
  const int fd = ::open(notes.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  Budget budget({0, per_minute}, BudgetFile(state));
  for (;;) {
    const Moment now = BootClock::now();
    if (now >= end) return;
    if (budget.take(RequestKind::replay, now)) {
      const auto line = std::to_string(now.time_since_epoch().count()) + '\n';
      if (::write(fd, line.data(), line.size()) != static_cast<ssize_t>(line.size())) throw error("no note");
    } else {
      std::this_thread::sleep_until(std::min(end, budget.ready_at(RequestKind::replay)));
    }
  }
}

std::vector<Moment> noted(const std::string& notes) {
  std::vector<Moment> moments;
  std::ifstream file(notes);
  for (std::int64_t time = 0; file >> time;)
    moments.emplace_back(std::chrono::microseconds(time));
  std::sort(moments.begin(), moments.end());
  return moments;
}

BootClock::duration smallest_gap(const std::vector<Moment>& moments) {
  auto smallest = BootClock::duration::max();
  for (std::size_t i = 1; i < moments.size(); ++i)
    smallest = std::min(smallest, moments[i] - moments[i - 1]);
  return smallest;
}

const std::string k_name = "web.archive.org.json";

}  // namespace

TEST_CASE("several processes at once keep the sum") {
  const TempDir folder;
  const auto end = BootClock::now() + 2s;
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i)
    children.push_back(in_process([&] { take_tokens(folder / k_name, 6000, folder / "notes", end); }));
  for (const pid_t child : children)
    CHECK(ended_well(child));
  const auto moments = noted(folder / "notes");
  CHECK(moments.size() <= 197);  // one in 10.2 ms
  CHECK(moments.size() >= 80);   // and most of them are used, also on a busy machine
  CHECK(smallest_gap(moments) >= 10ms);
}

TEST_CASE("processes that are killed at odd moments neither break the sum nor block the others") {
  const TempDir folder;
  const auto end = BootClock::now() + 3s;
  const pid_t survivor = in_process([&] { take_tokens(folder / k_name, 12'000, folder / "notes", end); });
  for (int i = 0; i < 60; ++i) {
    const pid_t victim = in_process([&] { take_tokens(folder / k_name, 12'000, folder / "notes", end); });
    std::this_thread::sleep_for(std::chrono::microseconds(5000 + 137 * i));
    ::kill(victim, SIGKILL);
    ::waitpid(victim, nullptr, 0);
    const auto state = BudgetFile(folder / k_name).read();  // whole at any moment
    CHECK(state.lanes[1].next > Moment{});
  }
  CHECK(ended_well(survivor));
  const auto moments = noted(folder / "notes");
  CHECK(moments.size() >= 100);
  CHECK(smallest_gap(moments) >= 5ms);
}

TEST_CASE("what one process learns stops the others, and later ones") {
  const TempDir folder;
  Budget first({24, 480}, BudgetFile(folder / k_name));
  Budget second({24, 480}, BudgetFile(folder / k_name));
  const Moment now = BootClock::now();
  REQUIRE(second.take(RequestKind::cdx, now));
  first.limited(RequestKind::replay, 429, 30s, now, now);
  CHECK(!second.take(RequestKind::replay, now + 29s));

  first.refused(now + 31s, now + 31s);
  second.refresh(now + 32s);
  REQUIRE(stop(second.state(), now + 32s));
  const Budget third({0, 0}, BudgetFile(folder / k_name));
  CHECK(stop(third.state(), now + 1h));

  // One goes first; its answer frees all.
  const auto later = now + 2h;
  CHECK(second.take(RequestKind::replay, later));
  CHECK(!first.take(RequestKind::replay, later + 1s));
  second.answered(later, later + 2s);
  first.refresh(later + 3s);
  CHECK(first.take(RequestKind::replay, later + 3s));
}

TEST_CASE("nothing unlimited makes a file until there is something to remember") {
  const TempDir folder;
  Budget budget({0, 0}, BudgetFile(folder / "not/yet/here.json"));
  const Moment now = BootClock::now();
  for (int i = 0; i < 100; ++i)
    CHECK(budget.take(RequestKind::replay, now + i * 1s));
  budget.answered(now, now);
  CHECK(!std::filesystem::exists(folder / "not"));
  budget.limited(RequestKind::cdx, 429, {}, now, now);
  CHECK(std::filesystem::exists(folder / "not/yet/here.json"));
}

TEST_CASE("a file that is no state is begun anew and used again") {
  for (const std::string garbage : {"", "{", "garbage\n", "\0\0\0\0\n", "{\"format\":1}\n"}) {
    const TempDir folder;
    BudgetFile file(folder.write(k_name, garbage));
    CHECK((file.read() == BudgetState{}));
    file.update([](BudgetState& state) { state.refusals = 3; });
    CHECK(BudgetFile(folder / k_name).read().refusals == 3);
  }
}

TEST_CASE("a file that was deleted meanwhile is made again") {
  const TempDir folder;
  BudgetFile file(folder / k_name);
  file.update([](BudgetState& state) { state.refusals = 3; });
  std::filesystem::remove(folder / k_name);
  CHECK(file.read().refusals == 0);
  file.update([](BudgetState& state) { state.refusals = 1; });
  CHECK(BudgetFile(folder / k_name).read().refusals == 1);
}

TEST_CASE("a budget that can't be kept is an error that says what to do") {
  const TempDir folder;
  folder.write("file", "");
  BudgetFile below_a_file(folder / "file/budgets/x.json");
  CHECK_THROWS_WITH(below_a_file.update([](BudgetState&) {}),
                    Catch::Contains("Not a directory") && Catch::Contains("set XDG_STATE_HOME"));
  std::filesystem::create_directory(folder / "folder.json");
  CHECK_THROWS_WITH(Budget({24, 480}, BudgetFile(folder / "folder.json")), Catch::Contains("Is a directory"));
}

TEST_CASE("a lock that is held for a moment is waited for") {
  const TempDir folder;
  BudgetFile file(folder / k_name);
  file.update([](BudgetState& state) { state.refusals = 1; });
  const int fd = ::open((folder / k_name).c_str(), O_RDWR);
  REQUIRE(::flock(fd, LOCK_EX) == 0);
  std::thread holder([fd] {
    std::this_thread::sleep_for(200ms);
    ::close(fd);
  });
  const auto started = BootClock::now();
  CHECK(file.update([](BudgetState&) {}).refusals == 1);
  CHECK(BootClock::now() - started >= 150ms);
  holder.join();
}

TEST_CASE("the budget of a machine that slept or was started anew") {
  const TempDir folder;
  Moment now = Moment{} + 100h;
  WallTime wall = WallTime{} + 24h * 20000;
  const auto clocks = [&](std::string boot) {
    return Clocks{[&] { return now; }, [&] { return wall; }, std::move(boot)};
  };
  Budget before({24, 480}, BudgetFile(folder / k_name, clocks("first")));
  before.refused(now, now);

  now += 30min;  // asleep: the clock of all waiting went on
  wall += 30min;
  CHECK(stop(Budget({24, 480}, BudgetFile(folder / k_name, clocks("first"))).state(), now)->until ==
        now + 30min);

  now = Moment{} + 1min;  // off for ten minutes
  wall += 10min;
  CHECK(stop(Budget({24, 480}, BudgetFile(folder / k_name, clocks("second"))).state(), now)->until ==
        now + 20min);

  wall -= 24h * 3000;  // its battery is empty: what was to be waited is waited
  now = Moment{} + 2min;
  const auto later = Budget({24, 480}, BudgetFile(folder / k_name, clocks("third")));
  CHECK(stop(later.state(), now)->until <= now + 1h);
  CHECK(stop(later.state(), now)->until >= now + 20min);
}
