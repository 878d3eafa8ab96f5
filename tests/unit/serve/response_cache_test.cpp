#include "serve/response_cache.hpp"

#include <catch2/catch.hpp>

using namespace winnow;
using namespace winnow::serve;

namespace {

ResponseCache::Response response(std::size_t size) {
  return std::make_shared<const ArchivedResponse>(
      ArchivedResponse{200, {}, std::make_shared<const std::string>(size, 'x')});
}

}  // namespace

TEST_CASE("the least recently used response gives way") {
  ResponseCache cache(100000);
  for (CaptureIndex::Row row = 0; row < 4; ++row)
    cache.keep(row, response(20000));
  CHECK(cache.find(0) != nullptr);
  cache.keep(4, response(20000));
  CHECK(cache.find(0) != nullptr);
  CHECK(cache.find(1) == nullptr);
  CHECK(cache.find(2) != nullptr);
  CHECK(cache.find(4)->body->size() == 20000);
}

TEST_CASE("one response does not drive out all others") {
  ResponseCache cache(100000);
  cache.keep(0, response(10));
  cache.keep(1, response(90000));
  CHECK(cache.find(0) != nullptr);
  CHECK(cache.find(1) == nullptr);
}
