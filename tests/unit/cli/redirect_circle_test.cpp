// A page that only leads to itself, http to https and back. Its own captures are held as the redirects that
// they are; who is led there by another page ends on the ledger.
#include <array>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "model/url.hpp"
#include "storage/ledger_reader.hpp"
#include "storage/store_reader.hpp"
#include "tests/unit/cli/harvest_fixture.hpp"

using namespace winnow;
using namespace winnow::test;
using winnow::testing::Reply;
using winnow::testing::respond;

namespace {

struct Archived {
  const char* timestamp;
  const char* original;
  int status;
  const char* body;  ///< of a redirect its target
};

const std::string k_policy = "<h1>Privacy Policy</h1><p>We collect what you tell us, and keep it.";

/// Matching ignores the scheme, but the capture of that very second and URL goes first.
class SmallArchive {
public:
  explicit SmallArchive(std::vector<Archived> captures)
      : m_captures(std::move(captures)), m_server([this](const testing::SeenRequest& request, std::size_t) {
          return request.target.starts_with("/web/") ? play(request.target) : index(request.target);
        }) {}

  [[nodiscard]] cli::HarvestOptions options(const std::filesystem::path& store) const {
    cli::HarvestOptions options;
    options.store = store;
    options.client.archive.base_url = m_server.base_url();
    options.client.user_agent = "winnow-test/1";
    options.client.archive.limits = {0, 0};
    options.captures = Selection::all;
    return options;
  }
  [[nodiscard]] std::size_t requests() const { return m_server.seen().size(); }

private:
  [[nodiscard]] Reply index(const std::string& target) const {
    std::string rows;
    for (const auto& capture : m_captures) {
      const auto host = std::string(capture.original).substr(std::string(capture.original).find("//") + 2, 4);
      if (target.find("url=" + host) == std::string::npos && target.find("%2F" + host) == std::string::npos)
        continue;
      rows += fmt::format("{} {} {} text/html {} {} 300\n", urlkey(capture.original), capture.timestamp,
                          capture.original, capture.status, base32(sha1(capture.body)));
    }
    return respond("200 OK", {}, rows);
  }

  [[nodiscard]] Reply play(const std::string& target) const {
    const std::string at = target.substr(5, 14);
    const std::string url = target.substr(target.find("id_/") + 4);
    const Archived* nearest = nullptr;
    const auto distance = [&](const Archived& capture) {
      return std::chrono::abs(Timestamp::parse(capture.timestamp)->time() - Timestamp::parse(at)->time());
    };
    for (const auto& capture : m_captures) {
      if (urlkey(capture.original) != urlkey(url)) continue;
      if (nearest == nullptr || distance(capture) < distance(*nearest)) nearest = &capture;
      if (capture.timestamp == at && capture.original == url) nearest = &capture;
    }
    if (nearest == nullptr) return respond("404 Not Found", {}, "The archive has not archived that URL.");
    if (nearest->timestamp != at)
      return respond("302 Found",
                     {fmt::format("Location: /web/{}id_/{}", nearest->timestamp, nearest->original)}, "");
    std::vector<std::string> head = {"Memento-Datetime: " + Timestamp::parse(at)->http_date(),
                                     fmt::format("Link: <{}>; rel=\"original\"", nearest->original),
                                     "Content-Type: text/html"};
    if (nearest->status != 200) head.push_back(fmt::format("X-Archive-Orig-Location: {}", nearest->body));
    return respond(fmt::format("{} Status", nearest->status), head, nearest->body);
  }

  std::vector<Archived> m_captures;
  testing::LoopbackServer m_server;  // last: its threads use the others
};

std::vector<LedgerEntry> ledger(const std::filesystem::path& store) {
  std::vector<LedgerEntry> entries;
  LedgerReader(store).for_each_entry([&](const LedgerEntry& entry) { entries.push_back(entry); });
  return entries;
}

const Archived k_to_https{"20160101120000", "http://b.ex/privacy", 301, "https://b.ex/privacy"};
const Archived k_to_http{"20160101120003", "https://b.ex/privacy", 302, "http://b.ex/privacy"};
const Archived k_the_policy{"20160101120003", "https://b.ex/privacy", 200, k_policy.c_str()};
const Archived k_elsewhere{"20160101120000", "http://a.ex/privacy", 301, "https://b.ex/privacy"};

}  // namespace

TEST_CASE("captures of a page that leads to itself in a circle are what the archive holds", "[harvest]") {
  const SmallArchive archive({k_to_https, k_to_http});
  const TempDir folder;
  const auto path = folder / "winnow.db";
  Store store(path);
  const auto report = run_harvest(archive.options(path), store, {"b.ex/privacy"});
  CHECK(report.recorded.held == 2);
  CHECK(archive.requests() == 3);
  CHECK(ledger(path).empty());
  StoreReader reader(path);
  const auto series = reader.find_series("b.ex");
  REQUIRE(series.size() == 1);
  CHECK(series.front().versions == 0);
  // Why there is no text.
  LedgerReader gaps(path);
  const auto all = gaps.gaps(series.front().id, std::chrono::hours(24));
  REQUIRE(all.size() == 1);
  CHECK(all.front().kind == Gap::Kind::all);
  using Why = decltype(all.front().hindrances);
  CHECK(all.front().hindrances == Why{{{Hindrance::status, "301"}, 1}, {{Hindrance::status, "302"}, 1}});
}

TEST_CASE("a redirect into a page that leads to itself in a circle ends on the ledger", "[harvest]") {
  const SmallArchive archive({k_elsewhere, k_to_https, k_to_http});
  const TempDir folder;
  const auto path = folder / "winnow.db";
  Store store(path);
  const auto report = run_harvest(archive.options(path), store, {"a.ex/privacy"});
  CHECK(report.recorded.held == 1);
  CHECK(report.missing_by_reason == std::map<std::string, std::uint64_t>{{"redirect-loop", 1}});
  const auto entries = ledger(path);
  REQUIRE(entries.size() == 1);
  CHECK(entries.front().target == "https://b.ex/privacy");
  CHECK(entries.front().reason == "redirect-loop");
  CHECK(entries.front().retry == "later");
  CHECK(entries.front().hops.find("archived") != std::string::npos);
  CHECK(entries.front().hops.find("\"archive\"") != std::string::npos);
}

TEST_CASE("a redirect into a page is followed from http to https", "[harvest]") {
  const SmallArchive archive({k_elsewhere, k_to_https, k_the_policy});
  const TempDir folder;
  const auto path = folder / "winnow.db";
  Store store(path);
  const auto report = run_harvest(archive.options(path), store, {"a.ex/privacy"});
  CHECK(report.recorded.held == 2);
  CHECK(report.recorded.versions == 1);
  CHECK(report.missing_by_reason.empty());
}
