// An archive with faults: stands before a good one (winnow replay) and hands its answers on, but for the
// requests that a rule spoils. Golden tests run it (tests/support/golden.sh: start_faults).
//
//   fault_server UPSTREAM_PORT RULES
//
// Prints its base URL, then the target of each request, a line each. RULES is a file, read again at every
// request; the first line `PART FAULT` whose PART occurs in the request's target decides:
//
//   429 SECONDS  limited, with that Retry-After
//   quit         limited; then the server ends, so that connections are refused
//   html         status 200 and a page that is neither an index nor a capture
//   empty        status 200 and no body
//   cut          the good answer, one byte short of its Content-Length
//   hang-up      the connection is closed without a byte
//   gone         an archived 404, whatever the index says
//   loop         an archived redirect to the URL that was asked for
//   none         404: the archive has no such capture
#include <exception>
#include <fstream>
#include <future>
#include <iostream>
#include <mutex>
#include <sstream>
#include <string>

#include "model/memento_url.hpp"
#include "model/timestamp.hpp"
#include "tests/support/http_exchange.hpp"
#include "tests/support/loopback_server.hpp"

namespace {

using winnow::testing::LoopbackServer;
using winnow::testing::Reply;
using winnow::testing::respond;
using winnow::testing::SeenRequest;

class FaultyArchive {
public:
  FaultyArchive(int upstream, std::string rules) : m_upstream(upstream), m_rules(std::move(rules)) {}

  Reply answer(const SeenRequest& request) {
    {
      const std::lock_guard lock(m_mutex);
      std::cout << request.target << std::endl;
    }
    std::istringstream rule(rule_for(request.target));
    std::string fault;
    rule >> fault;
    if (fault == "429") {
      std::string seconds;
      rule >> seconds;
      return respond("429 Too Many Requests", {"Retry-After: " + seconds}, "");
    }
    if (fault == "quit") {
      const std::lock_guard lock(m_mutex);
      if (!std::exchange(m_has_quit, true)) m_quit.set_value();
      return {respond("429 Too Many Requests", {"Retry-After: 1", "Connection: close"}, "").bytes,
              Reply::Then::close};
    }
    if (fault == "html") {
      return respond("200 OK", {"Content-Type: text/html"}, "<html><title>Hello</title><p>A page.</html>");
    }
    if (fault == "empty") return respond("200 OK", {}, "");
    if (fault == "none") return respond("404 Not Found", {}, "The archive has not archived that URL.");
    if (fault == "loop") return archived(request.target, "302 Found", "Location: " + request.target);
    if (fault == "gone") return archived(request.target, "404 Not Found", "X-Archive-Orig-Server: Apache");
    if (fault == "hang-up") return {"", Reply::Then::close};
    auto good = ask_upstream(request);
    if (fault == "cut") good.pop_back();
    return {good, Reply::Then::close};
  }

  void wait_for_end() { m_quit.get_future().wait(); }

private:
  [[nodiscard]] std::string rule_for(const std::string& target) const {
    std::ifstream rules(m_rules);
    for (std::string part, fault; rules >> part && std::getline(rules, fault);) {
      if (target.find(part) != std::string::npos) return fault;
    }
    return "";
  }

  /// Of /web/20110521195625id_/http://www.soompi.com/privacy. A redirect as some servers say it: Location
  /// alone tells where to, and leads into the archive.
  static Reply archived(const std::string& target, const std::string& status, const std::string& field) {
    const auto memento = winnow::parse_memento_url(target);
    const std::string original(memento ? memento->original : std::string_view());
    const auto time = memento ? memento->timestamp() : std::nullopt;
    return respond(status,
                   {"Memento-Datetime: " + time.value_or(winnow::Timestamp::now()).http_date(),
                    "Link: <" + original + ">; rel=\"original\"", field},
                   "");
  }

  [[nodiscard]] std::string ask_upstream(const SeenRequest& request) const {
    const winnow::test::Connection upstream(m_upstream);
    upstream.send(request.head + "\r\nConnection: close\r\n\r\n");
    return upstream.receive_all();
  }

  int m_upstream;
  std::string m_rules;
  std::mutex m_mutex;
  std::promise<void> m_quit;
  bool m_has_quit = false;
};

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::invalid_argument("usage: fault_server UPSTREAM_PORT RULES");
  FaultyArchive archive(std::stoi(argv[1]), argv[2]);
  const LoopbackServer server(
      [&](const SeenRequest& request, std::size_t) { return archive.answer(request); });
  std::cout << server.base_url() << std::endl;
  archive.wait_for_end();
  return 0;
} catch (const std::exception& failure) {
  std::cerr << failure.what() << '\n';
  return 1;
}
