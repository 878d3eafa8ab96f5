// A store, and an archive on 127.0.0.1 that holds one page: http://example.com/privacy, captured once a
// minute.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/harvest/harvest.hpp"
#include "model/digest.hpp"
#include "model/timestamp.hpp"
#include "seeds/target.hpp"
#include "storage/store.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/temp_dir.hpp"

namespace winnow::test {

inline const std::string k_page = "http://example.com/privacy";

inline Timestamp minute(int number) {
  return *Timestamp::parse(fmt::format("20100101{:02}{:02}00", number / 60, number % 60));
}

/// A page of its own for each capture, about 20 KB of words that hardly compress.
inline std::string page_body(Timestamp timestamp) {
  std::minstd_rand random(static_cast<std::minstd_rand::result_type>(timestamp.value() % 1'000'003));
  std::string body = "<p>privacy policy of " + timestamp.digits() + " ";
  for (int i = 0; i < 20'000; ++i)
    body += random() % 8 == 0 ? ' ' : static_cast<char>('a' + random() % 26);
  return body + "</p>";
}

inline Capture page_capture(int number) {
  return {"com,example)/privacy",
          minute(number),
          k_page,
          "text/html",
          200,
          sha1(page_body(minute(number))),
          1000};
}

class PageArchive {
public:
  /// Called before each answer to a request for a capture, with its number from 0; what it returns is sent
  /// instead.
  using Fault = std::function<std::optional<testing::Reply>(std::size_t number)>;

  explicit PageArchive(int captures, Fault fault = {})
      : m_captures(captures),
        m_fault(std::move(fault)),
        m_server([this](const testing::SeenRequest& request, std::size_t) { return answer(request); }) {}

  [[nodiscard]] cli::HarvestOptions options(const std::filesystem::path& store) const {
    cli::HarvestOptions options;
    options.store = store;
    options.client.archive.base_url = m_server.base_url();
    options.client.user_agent = "winnow-test/1";
    options.client.archive.limits = {0, 0};
    options.client.parallel = 2;
    options.captures = Selection::all;
    return options;
  }

  /// Requests for captures so far.
  [[nodiscard]] std::size_t fetched() const { return m_fetched; }

private:
  testing::Reply answer(const testing::SeenRequest& request) {
    constexpr std::string_view k_web = "/web/";
    if (!request.target.starts_with(k_web)) return testing::respond("200 OK", {}, index());
    const std::size_t number = m_fetched++;
    if (m_fault) {
      if (auto reply = m_fault(number)) return *std::move(reply);
    }
    const auto timestamp = *Timestamp::parse(request.target.substr(k_web.size(), 14));
    return testing::respond("200 OK",
                            {"Memento-Datetime: " + timestamp.http_date(),
                             "Link: <" + k_page + ">; rel=\"original\"", "Content-Type: text/html"},
                            page_body(timestamp));
  }

  [[nodiscard]] std::string index() const {
    std::string rows;
    for (int i = 0; i < m_captures; ++i) {
      const auto capture = page_capture(i);
      rows += fmt::format("{} {} {} text/html 200 {} 1000\n", capture.urlkey, capture.timestamp.digits(),
                          capture.original, base32(*capture.digest));
    }
    return rows;
  }

  int m_captures;
  Fault m_fault;
  std::atomic<std::size_t> m_fetched = 0;
  testing::LoopbackServer m_server;  // last: its threads use the others
};

/// One run on a store, as a command makes it.
inline cli::HarvestReport run_harvest(
    const cli::HarvestOptions& options, Store& store, const std::vector<std::string>& targets = {k_page},
    const std::function<void(const cli::HarvestProgress&)>& show = [](const cli::HarvestProgress&) {}) {
  store.begin_run("test", "winnow/test");
  auto report = cli::harvest(store, options, parse_targets(targets), show);
  store.end_run(0, "{}");
  return report;
}

inline std::size_t count_threads() {
  const std::filesystem::directory_iterator threads("/proc/self/task");
  return static_cast<std::size_t>(std::distance(begin(threads), end(threads)));
}

/// The archive's threads end a moment after their connections.
inline bool threads_are_back_at(std::size_t count) {
  for (int i = 0; i < 100 && count_threads() != count; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  return count_threads() == count;
}

/// Runs `work` in a child process, where limits and signals are its own; its exit code, or -1.
template <class Work>
int in_child(Work&& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(60);  // threads that never end
    int code = 99;
    try {
      code = work();
    } catch (const std::exception&) {
    }
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace winnow::test
