#include "storage/similar_reader.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

class SimilarFixture : public StoreFixture {
public:
  void add(const std::string& url, std::uint64_t time, const std::string& words, std::uint64_t simhash,
           std::uint32_t word_count = 100) {
    const Capture shown = capture(time, url);
    Held content = held(shown, words);
    Text said = text(words);
    said.simhash = simhash;
    said.word_count = word_count;
    content.content.text = pack_text(said);
    const ImportedCapture imported{shown, "", content.provenance, content.content, {}};
    store->import(archive, Found::warc, std::span(&imported, 1));
  }

  /// `site#version distance`, nearest first.
  std::vector<std::string> similar(std::uint64_t simhash, int most_distance = 3) {
    std::vector<std::string> found;
    for (const SimilarVersion& version :
         SimilarReader(path).similar(simhash, sha256("mine"), "mine.example", most_distance)) {
      found.push_back(version.site + "#" + std::to_string(version.number) + " " +
                      (version.has_same_words ? "same" : std::to_string(version.distance)));
    }
    return found;
  }
};

using Lines = std::vector<std::string>;

constexpr std::uint64_t k_hash = 0x8123'4567'89ab'cdef;

}  // namespace

TEST_CASE_METHOD(SimilarFixture, "Versions of other sites with nearly the same text, nearest first") {
  add("http://mine.example/a", 20100101000000, "mine", k_hash);
  add("http://a.example/", 20120101000000, "a", k_hash ^ 1);
  add("http://b.example/", 20110101000000, "b", k_hash ^ 1);
  add("http://c.example/", 20110101000000, "mine", k_hash);
  add("http://d.example/", 20110101000000, "far", ~k_hash);
  add("http://d.example/", 20120101000000, "near", k_hash);
  CHECK(similar(k_hash) == Lines{"c.example#1 same", "d.example#2 0", "b.example#1 1", "a.example#1 1"});
  CHECK(similar(k_hash, 0) == Lines{"c.example#1 same", "d.example#2 0"});
}

TEST_CASE_METHOD(SimilarFixture, "Whichever bits differ, up to three of them") {
  struct Case {
    std::uint64_t flipped;
    bool is_found;
  };
  const Case cases[] = {
      {0x8000'0000'0000'0000, true},  {0x0001'0000'0000'0001, true},  {0x0001'0001'0001'0000, true},
      {0x8000'8000'8000'0000, true},  {0x0000'8000'8000'8000, true},  {0x8000'0000'8000'8000, true},
      {0x0000'0000'0000'0007, true},  {0x0001'0001'0001'0001, false}, {0x0000'0000'0000'000f, false},
      {0xffff'0000'0000'0000, false},
  };
  std::uint64_t time = 20100101000000;
  for (const Case& test : cases) {
    ++time;
    add("http://a.example/" + std::to_string(time), time, std::to_string(test.flipped),
        k_hash ^ test.flipped);
  }
  std::size_t found = 0;
  for (const Case& test : cases)
    found += test.is_found ? 1 : 0;
  CHECK(similar(k_hash).size() == found);
}

TEST_CASE_METHOD(SimilarFixture, "Texts of a few words are not compared") {
  add("http://a.example/", 20100101000000, "short", k_hash, 19);
  add("http://b.example/", 20100101000000, "long", k_hash, 20);
  CHECK(similar(k_hash) == Lines{"b.example#1 0"});
}

TEST_CASE_METHOD(SimilarFixture, "Near texts are looked up, the texts are not scanned") {
  std::set<std::string> indexes;
  for (const std::string& row : rows(std::string("EXPLAIN QUERY PLAN ") + storage::k_texts_with_band)) {
    CAPTURE(row);
    CHECK(row.find("SCAN") == std::string::npos);
    if (const auto at = row.find("texts_simhash_"); at != std::string::npos)
      indexes.insert(row.substr(at, 15));
  }
  CHECK(indexes ==
        std::set<std::string>{"texts_simhash_0", "texts_simhash_1", "texts_simhash_2", "texts_simhash_3"});
}
