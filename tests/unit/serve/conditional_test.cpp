// 304 for what a reader has already.
#include "serve/conditional.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "serve/store_service.hpp"
#include "tests/unit/serve/served_store.hpp"

namespace winnow::serve {
namespace {

constexpr const char* k_then = "Sat, 21 May 2011 19:56:25 GMT";
constexpr const char* k_later = "Sat, 21 May 2011 19:56:26 GMT";
constexpr const char* k_before = "Sat, 21 May 2011 19:56:24 GMT";

}  // namespace

TEST_CASE("an answer that is known is not sent again", "[serve]") {
  const auto [if_none_match, if_modified_since, status] = GENERATE(table<const char*, const char*, int>({
      {"", "", 200},
      {"\"one\"", "", 304},
      {"W/\"one\"", "", 304},
      {"\"other\", \"one\"", "", 304},
      {"*", "", 304},
      {"\"other\"", "", 200},
      {"", k_then, 304},
      {"", k_later, 304},
      {"", k_before, 200},
      {"", "2011-05-21", 200},
      {"\"other\"", k_later, 200},  // the name decides
      {"\"one\"", k_before, 304},
  }));
  INFO(if_none_match << " " << if_modified_since);
  HttpRequest request{.method = "GET", .target = "/", .host = "localhost"};
  request.if_none_match = if_none_match;
  request.if_modified_since = if_modified_since;
  HttpAnswer answer{200, "text/plain", {{"ETag", "\"one\""}, {"Last-Modified", k_then}}, std::string("text")};
  omit_what_is_known(request, answer);
  CHECK(answer.status == status);
  CHECK(std::get<std::string>(answer.body) == (status == 304 ? "" : "text"));
}

TEST_CASE("answers without a name, and errors, are always sent", "[serve]") {
  HttpRequest request{.method = "GET", .target = "/", .host = "localhost"};
  request.if_none_match = "*";
  request.if_modified_since = k_later;
  HttpAnswer unnamed{200, "text/plain", {}, std::string("text")};
  omit_what_is_known(request, unnamed);
  CHECK(unnamed.status == 200);
  HttpAnswer missing{404, "text/plain", {{"ETag", "\"one\""}}, std::string("text")};
  omit_what_is_known(request, missing);
  CHECK(missing.status == 404);
}

TEST_CASE("a name is of bytes and type", "[serve]") {
  CHECK(etag_of("text/html", "a") == etag_of("text/html", "a"));
  CHECK(etag_of("text/html", "a") != etag_of("text/plain", "a"));
  CHECK(etag_of("text/html", "a") != etag_of("text/html", "b"));
}

TEST_CASE("pages and played captures say since when they are so", "[serve]") {
  test::StoreFixture fixture;
  test::add_pages(fixture, {{20100101000000, "http://a.test/p", "P", "We keep names.", "<p>We keep names.",
                             "text/html"}});
  StoreService service(fixture.path, {});
  const std::string target =
      GENERATE(values<std::string>({"/site/a.test", "/web/20100101000000id_/http://a.test/p"}));
  INFO(target);
  HttpRequest asked = test::request(target);
  const test::Got first = test::get(service, asked);
  REQUIRE(first.status == 200);
  CHECK(first.header("ETag").size() > 2);
  if (target.starts_with("/web/")) CHECK(first.header("Last-Modified") == first.header("Memento-Datetime"));
  asked.if_modified_since = first.header("Last-Modified");
  CHECK(test::get(service, asked).status == 304);
  asked.if_none_match = first.header("ETag");
  CHECK(test::get(service, asked).status == 304);
  asked.accept = "text/html";  // a browser gets the same bytes as another type
  CHECK(test::get(service, asked).status == (target.starts_with("/web/") ? 200 : 304));
}

}  // namespace winnow::serve
