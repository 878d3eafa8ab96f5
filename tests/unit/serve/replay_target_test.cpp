#include "serve/replay_target.hpp"

#include <catch2/catch.hpp>

using namespace winnow;
using namespace winnow::serve;

TEST_CASE("what is asked below /web/") {
  const auto [target, digits, modifier, url] =
      GENERATE(table<std::string, std::string, std::string, std::string>({
          {"/web/20110521195625id_/http://www.soompi.com/privacy", "20110521195625", "id_",
           "http://www.soompi.com/privacy"},
          {"/web/20110521195625/http://a.com/", "20110521195625", "", "http://a.com/"},
          {"/web/2011if_/a.com", "2011", "if_", "a.com"},
          {"/web/2011id_/http://a.com/?q=1&url=http://b.com/?x=%3F", "2011", "id_",
           "http://a.com/?q=1&url=http://b.com/?x=%3F"},
          {"/web/2011id_/http%3A//a.com/%3Fq%3D1%2525", "2011", "id_", "http://a.com/?q=1%25"},
          {"/web/2011id_/https%3a%2f%2fa.com%2f", "2011", "id_", "https://a.com/"},
          {"/web/2011id_/http:/a.com/x", "2011", "id_", "http://a.com/x"},
          {"/web/2011id_/a%20b.com/%41", "2011", "id_", "a%20b.com/%41"},
      }));
  CAPTURE(target);
  const ReplayTarget parsed = parse_replay_target(target);
  const auto* play = std::get_if<PlayTarget>(&parsed);
  REQUIRE(play != nullptr);
  CHECK(play->digits == digits);
  CHECK(play->modifier == modifier);
  CHECK(play->url == url);
}

TEST_CASE("timegates, timemaps, and what is neither") {
  const auto timegate = parse_replay_target("/web/http://a.com/?x");
  REQUIRE(std::holds_alternative<TimegateTarget>(timegate));
  CHECK(std::get<TimegateTarget>(timegate).url == "http://a.com/?x");
  // A host may begin with digits, and have more of them than a timestamp.
  CHECK(std::holds_alternative<TimegateTarget>(parse_replay_target("/web/163.com/")));
  CHECK(std::holds_alternative<TimegateTarget>(parse_replay_target("/web/123456789012345/x")));

  const auto timemap = parse_replay_target("/web/timemap/link/http:/a.com/");
  REQUIRE(std::holds_alternative<TimemapTarget>(timemap));
  CHECK(std::get<TimemapTarget>(timemap).url == "http://a.com/");

  for (const auto* target : {"/", "/web", "/web/", "/web/2011id_/", "/save/http://a.com/"}) {
    CAPTURE(target);
    CHECK(std::holds_alternative<NoTarget>(parse_replay_target(target)));
  }
}
