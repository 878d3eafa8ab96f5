#include "crawler/archive.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "crawler/archive_client.hpp"
#include "model/error.hpp"

using namespace winnow;

TEST_CASE("what --from names") {
  struct Case {
    const char* from;
    const char* name;
    const char* base_url;
    std::optional<Dialect> dialect;
    double replay_per_minute;
  };
  const Case cases[] = {
      {"wayback", "wayback", "https://web.archive.org", Dialect::wayback, 480},
      {"Wayback", "wayback", "https://web.archive.org", Dialect::wayback, 480},
      {"web.archive.org", "wayback", "https://web.archive.org", Dialect::wayback, 480},
      {"http://web.archive.org/", "wayback", "http://web.archive.org", Dialect::wayback, 480},
      {"https://web.archive.org:443", "wayback", "https://web.archive.org:443", Dialect::wayback, 480},
      {"arquivo.pt", "arquivo.pt", "https://arquivo.pt/wayback", Dialect::pywb, 200},
      {"https://arquivo.pt/noFrame", "arquivo.pt", "https://arquivo.pt/noFrame", Dialect::pywb, 200},
      {"ukwa", "ukwa", "https://www.webarchive.org.uk/wayback/archive", Dialect::pywb, 120},
      {"webarchive.org.uk", "ukwa", "https://www.webarchive.org.uk/wayback/archive", Dialect::pywb, 120},
      {"127.0.0.1:8080", "127.0.0.1:8080", "http://127.0.0.1:8080", std::nullopt, 480},
      {"localhost:8080", "localhost:8080", "http://localhost:8080", std::nullopt, 480},
      {"https://web.archive.org:8443/x//", "web.archive.org:8443", "https://web.archive.org:8443/x",
       std::nullopt, 480},
  };
  for (const auto& c : cases) {
    INFO(c.from);
    const auto archive = find_archive(known_archives(), c.from);
    CHECK(archive.name == c.name);
    CHECK(archive.base_url == c.base_url);
    CHECK(archive.dialect == c.dialect);
    CHECK(archive.limits.replay_per_minute == c.replay_per_minute);
  }
  for (const char* from : {"", "waybak", "ftp://web.archive.org", "http://", "http:///x"}) {
    INFO(from);
    CHECK_THROWS_AS(find_archive(known_archives(), from), UsageError);
  }
}

TEST_CASE("requests are counted by host and port") {
  CHECK(budget_name("https://web.archive.org") == "web.archive.org");
  CHECK(budget_name("http://WEB.archive.org:80/x") == "web.archive.org");
  CHECK(budget_name("http://127.0.0.1:8080") == "127.0.0.1:8080");
  CHECK(budget_name("http://[::1]:8080/a/b") == "[::1]:8080");
  CHECK(budget_file("/state", known_archives().front()) == "/state/web.archive.org.json");
}

TEST_CASE("the known archives have names, addresses and budgets of their own") {
  std::set<std::string> names;
  std::set<std::string> budgets;
  for (const auto& archive : known_archives()) {
    CHECK(names.insert(archive.name).second);
    if (is_live(archive)) continue;
    CHECK(budgets.insert(budget_name(archive.base_url)).second);
    CHECK(checked_base_url(archive.base_url) == archive.base_url);
    CHECK(archive.limits.cdx_per_minute > 0);
    CHECK(archive.limits.replay_per_minute > 0);
  }
}

TEST_CASE("the live sites are named as archives are, and none of them") {
  const Archive live = find_archive(known_archives(), "LIVE");
  CHECK(is_live(live));
  CHECK_FALSE(live.dialect);
  CHECK(live.limits.replay_per_minute > 0);
  CHECK_FALSE(is_live(known_archives().front()));
  CHECK_FALSE(is_live(find_archive(known_archives(), "http://live")));
}

TEST_CASE("dialects by name") {
  for (const auto dialect : {Dialect::wayback, Dialect::pywb, Dialect::memento})
    CHECK(parse_dialect(name(dialect)) == dialect);
  CHECK(!parse_dialect("klingon"));
}
