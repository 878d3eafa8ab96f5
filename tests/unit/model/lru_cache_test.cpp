#include "model/lru_cache.hpp"

#include <string>

#include <catch2/catch.hpp>

using winnow::LruCache;

TEST_CASE("the least recently used value gives way") {
  LruCache<int, std::string> cache(100);
  for (int key = 0; key < 4; ++key)
    cache.keep(key, std::to_string(key), 25);
  CHECK(cache.find(0) == "0");
  cache.keep(4, "4", 25);
  CHECK(cache.find(0) == "0");
  CHECK(cache.find(1) == std::nullopt);
  CHECK(cache.find(2) == "2");
  CHECK(cache.find(4) == "4");
}

TEST_CASE("a value replaces the one before, and its cost") {
  LruCache<int, std::string> cache(100);
  for (int i = 0; i < 100; ++i)
    cache.keep(1, std::to_string(i), 20);
  cache.keep(2, "other", 20);
  CHECK(cache.find(1) == "99");
  CHECK(cache.find(2) == "other");
}

TEST_CASE("one value does not drive out all others") {
  LruCache<int, std::string> cache(100);
  cache.keep(0, "small", 10);
  cache.keep(1, "large", 90);
  CHECK(cache.find(0) == "small");
  CHECK(cache.find(1) == std::nullopt);
}
