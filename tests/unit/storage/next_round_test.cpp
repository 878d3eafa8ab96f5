#include "storage/next_round.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace winnow;
using winnow::storage::ListEntry;
using winnow::storage::next_round;
using winnow::storage::Round;
using State = winnow::storage::ListEntry::State;

namespace {

Timestamp day(std::size_t number) {
  return Timestamp::from_time(std::chrono::sys_days{std::chrono::year{2010} / 1 / 4} +
                              std::chrono::days(number));
}

/// One entry a letter: `A` known words, `.` unread, `a` unread with digest a, `?` unread and doubtful with
/// digest q, `-` silent, `!` lost, `>` a redirect, `<` one that was asked for. One a day, from a Monday on.
std::vector<ListEntry> list(const std::string& picture) {
  std::vector<ListEntry> list;
  for (const char sign : picture) {
    ListEntry entry{.timestamp = day(list.size())};
    if (sign >= 'A' && sign <= 'Z') {
      entry.state = State::words;
      entry.words = static_cast<std::uint32_t>(sign);
    } else if (sign >= 'a' && sign <= 'z') {
      entry.digest = static_cast<std::uint32_t>(sign);
    } else if (sign == '?') {
      entry.digest = 'q';
      entry.is_doubtful = true;
    } else if (sign != '.') {
      entry.state = sign == '-'   ? State::silent
                    : sign == '!' ? State::lost
                    : sign == '>' ? State::redirect
                                  : State::asked_redirect;
    }
    list.push_back(entry);
  }
  return list;
}

/// `^` below each entry that is wanted.
std::string wanted(const std::string& picture, const Selection& selection = Selection::changes) {
  std::string marks(picture.size(), ' ');
  for (const std::size_t place : next_round(list(picture), selection).wanted)
    marks.at(place) = '^';
  return marks;
}

struct Case {
  const char* story;
  std::string picture;
  std::string wanted;
};

}  // namespace

TEST_CASE("bisection: what is asked for next", "[next_round]") {
  const auto [story, picture, marks] = GENERATE(values<Case>({
      {"nothing is listed",
       "",  //
       ""},
      {"one capture",
       ".",  //
       "^"},
      {"both ends first",
       ".....",  //
       "^   ^"},
      {"the ends differ: the middle",
       "A....B",  //
       "   ^  "},
      {"the same at both ends: left",
       "A....A",  //
       "      "},
      {"every interval that differs is halved in the same round",
       "A..B..B..C",  //
       "  ^     ^ "},
      {"adjacent: done",
       "AB",  //
       "  "},
      {"older and newer captures than those known",
       "..A...A..",  //
       "^       ^"},
      {"a run of one digest is one",
       "Aaaaab",  //
       "     ^"},
      {"of a run the one that is surely playable",
       "A??qqqB",  //
       "   ^   "},
      {"one of each digest in a round",
       "abba",  //
       "^   "},
      {"a digest on either side of a capture in vain is asked for again",
       "Aa!aB",  //
       " ^   "},
      {"after a failure the middle of the longer rest",
       "A...!....B",  //
       "       ^  "},
      {"a failure between neighbours is no reason to go on",
       "A!B",  //
       "   "},
      {"a page that began in vain: where the words begin",
       "-.....A",  //
       "   ^   "},
      {"that ended in vain",
       "A.....-",  //
       "   ^   "},
      {"no words at either end: somewhere between",
       "-......!",  //
       "    ^   "},
      {"the list's first end is unknown, its last was in vain",
       ".....!",  //
       "^     "},
      {"redirects between pages are left out, and cut nothing",
       "A>.>.>.>B",  //
       "    ^    "},
      {"those behind the last page: the first and the last",
       "AB>>>>",  //
       "  ^  ^"},
      {"asked for, whatever came of it",
       "AB<>><",  //
       "      "},
      {"together with the last page",
       "A..>>",  //
       "  ^^^"},
      {"a page that always led elsewhere",
       ">>>>",  //
       "^  ^"},
      {"redirects in front of pages",
       ">>A",  //
       "   "},
      {"many captures in vain: no more tries",
       "A.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-B",  //
       "                                    "},
      {"one fewer",
       "A.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-..B",  //
       "                                ^ "},
      {"neighbours in vain cut once",
       "A.-----------------------------.B",  //
       " ^                               "},
  }));
  CAPTURE(story, picture);
  CHECK(wanted(picture) == marks);
}

TEST_CASE("a grid: the capture nearest to the middle of each period", "[next_round]") {
  // A day each, at midnight, from a Monday on; a week's middle is Thursday noon: of Thursday and Friday the
  // earlier.
  const Selection weekly = *Selection::parse("every:7d");
  const auto [story, picture, marks] = GENERATE(values<Case>({
      {"each week, also the one begun",
       "................",  //
       "   ^      ^    ^"},
      {"known already",
       "...A...B......",  //
       "          ^   "},
      {"the next nearest after one in vain",
       "...!...",  //
       "    ^  "},
      {"and after two",
       "...!-..",  //
       "  ^    "},
      {"not after three",
       "..-!-..",  //
       "       "},
      {"what was read beside the middle before does not count",
       ".AA.---",  //
       "   ^   "},
      {"redirects are no pages",
       "..>>>..",  //
       "     ^ "},
      {"nothing but redirects",
       ">>>>>>>",  //
       "       "},
      {"one digest is asked for once",
       "aaaaaaabbbbbbbaaaaaaa",  //
       "   ^      ^          "},
  }));
  CAPTURE(story, picture);
  CHECK(wanted(picture, weekly) == marks);
}

TEST_CASE("both: the grid, then bisection between its points", "[next_round]") {
  const Selection both = *Selection::parse("changes,every:7d");
  CHECK(wanted(".....................", both) == "   ^      ^      ^   ");
  CHECK(wanted("...A......A......B...", both) == "^             ^     ^");
}

TEST_CASE("what a finished bisection has left unread is counted", "[next_round]") {
  const Round round = next_round(list("A...A.>.AB..-!B"), Selection::changes);
  CHECK(round.wanted.empty());
  CHECK(round.unread.between_same == 7);
  CHECK(round.unread.undecided == 0);
  const Round given_up = next_round(list("A.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-B"), Selection::changes);
  CHECK(given_up.unread.between_same == 0);
  CHECK(given_up.unread.undecided == 17);
}

namespace {

/// A page that answers: what its captures say, and the list as the store would know it.
class Page {
public:
  std::vector<std::uint32_t> truth;  ///< 0: silent
  std::vector<ListEntry> list;
  std::size_t reads = 0;
  std::size_t rounds = 0;

  void add(std::uint32_t words, std::uint32_t digest) {
    list.push_back({.timestamp = day(list.size()), .digest = digest});
    truth.push_back(words);
  }

  void read(std::size_t place) {
    ++reads;
    learn(place);
    if (list[place].digest == 0) return;
    for (std::size_t twin = 0; twin < list.size(); ++twin)
      if (list[twin].digest == list[place].digest) learn(twin);
  }

  Round run(const Selection& selection) {
    for (;;) {
      Round round = next_round(list, selection);
      if (round.wanted.empty()) return round;
      ++rounds;
      for (const std::size_t place : round.wanted) {
        REQUIRE(list[place].state == State::unread);  // nothing is fetched twice
        read(place);
      }
    }
  }

  [[nodiscard]] std::vector<std::uint32_t> known() const {
    std::vector<std::uint32_t> known;
    for (const auto& entry : list)
      known.push_back(entry.state == State::words ? entry.words : 0);
    return known;
  }

private:
  void learn(std::size_t place) {
    list[place].state = truth[place] == 0 ? State::silent : State::words;
    list[place].words = truth[place];
  }
};

/// `changes` + 1 states one after the other, none of them twice, each capture with a digest of its own.
Page page_of(std::size_t captures, std::size_t changes, std::mt19937& random) {
  std::vector<std::size_t> places(captures - 1);
  for (std::size_t i = 0; i < places.size(); ++i)
    places[i] = i + 1;
  std::shuffle(places.begin(), places.end(), random);
  const std::set<std::size_t> begins(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(changes));
  Page page;
  std::uint32_t words = 1;
  for (std::size_t i = 0; i < captures; ++i) {
    if (begins.contains(i)) ++words;
    page.add(words, static_cast<std::uint32_t>(i) + 1);
  }
  return page;
}

}  // namespace

TEST_CASE("bisection finds every change where no text comes back, within its cost", "[next_round]") {
  std::mt19937 random(20261122);
  for (int i = 0; i < 300; ++i) {
    const std::size_t captures = 2 + random() % 3000;
    const std::size_t changes = random() % std::min<std::size_t>(captures, 40);
    Page page = page_of(captures, changes, random);
    CAPTURE(i, captures, changes);
    const Round last = page.run(Selection::changes);
    for (std::size_t place = 1; place < captures; ++place) {
      if (page.truth[place] == page.truth[place - 1]) continue;
      REQUIRE(page.list[place - 1].state == State::words);
      REQUIRE(page.list[place].state == State::words);
    }
    CHECK(last.unread.between_same == captures - page.reads);
    CHECK(last.unread.undecided == 0);
    const auto n = static_cast<double>(captures);
    const auto k = static_cast<double>(changes);
    CHECK(static_cast<double>(page.reads) <= 2 + (changes == 0 ? 0 : k * (std::ceil(std::log2(n / k)) + 2)));
    CHECK(static_cast<double>(page.rounds) <= 2 + std::ceil(std::log2(n)));
  }
}

TEST_CASE("on any page, what differs at its ends is read down to neighbours", "[next_round]") {
  std::mt19937 random(4);
  for (int i = 0; i < 300; ++i) {
    Page page;
    const std::size_t captures = 1 + random() % 200;
    const auto states = static_cast<std::uint32_t>(1 + random() % 6);
    const bool repeats = random() % 2 == 0;
    std::uint32_t words = 1;
    for (std::size_t place = 0; place < captures; ++place) {
      if (random() % 10 == 0) words = 1 + static_cast<std::uint32_t>(random()) % states;
      const bool silent = random() % 50 == 0;
      // With repeats a body comes back, now and then under another digest.
      const auto digest = silent || !repeats ? 1000 + static_cast<std::uint32_t>(place)
                                             : words * 3 + static_cast<std::uint32_t>(random()) % 3;
      page.add(silent ? 0 : words, digest);
    }
    CAPTURE(i, captures);
    // Captures that an earlier run has read count as known.
    for (std::size_t n = random() % 4; n > 0; --n)
      page.read(random() % captures);
    page.run(Selection::changes);
    const auto known = page.known();
    std::size_t last = captures;
    for (std::size_t place = 0; place < captures; ++place) {
      if (known[place] == 0) continue;
      if (last < captures && known[last] != known[place]) {
        for (std::size_t between = last + 1; between < place; ++between)
          REQUIRE(page.list[between].state == State::silent);
      }
      last = place;
    }
  }
}

TEST_CASE("a run that was stopped anywhere ends with what it would have read", "[next_round]") {
  std::mt19937 random(5);
  for (int i = 0; i < 100; ++i) {
    const Page fresh = page_of(2 + random() % 500, random() % 2, random);
    Page whole = fresh;
    whole.run(Selection::changes);
    Page stopped = fresh;
    // The answers of a round come in any order, and not all before the stop; the next run asks for the
    // others.
    for (;;) {
      Round round = next_round(stopped.list, Selection::changes);
      if (round.wanted.empty()) break;
      stopped.read(round.wanted[random() % round.wanted.size()]);
    }
    CHECK(stopped.known() == whole.known());
  }
}

TEST_CASE("pages that never show words cost little", "[next_round]") {
  Page page;
  for (std::uint32_t i = 0; i < 3000; ++i)
    page.add(0, i + 1);
  const Round last = page.run(Selection::changes);
  CHECK(page.reads == 18);
  CHECK(last.unread.undecided == 3000 - 18);
}

TEST_CASE("a hundred thousand captures are one fast round", "[next_round]") {
  std::mt19937 random(6);
  Page page = page_of(100'000, 12, random);
  page.run(Selection::changes);
  CHECK(page.reads < 200);
  CHECK(page.rounds < 20);
}
