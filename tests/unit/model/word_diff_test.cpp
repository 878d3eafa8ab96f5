#include "model/word_diff.hpp"

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace winnow;

namespace {

/// As git's word-diff spells it, white space included.
std::string spelled(const WordDiff& diff) {
  std::string out;
  for (const Piece& piece : diff.pieces) {
    switch (piece.kind) {
      case Piece::Kind::same:
        out += piece.text;
        break;
      case Piece::Kind::removed:
        out.append("[-").append(piece.text).append("-]");
        break;
      case Piece::Kind::added:
        out.append("{+").append(piece.text).append("+}");
        break;
    }
  }
  return out;
}

std::string without(const WordDiff& diff, Piece::Kind left_out) {
  std::string out;
  for (const Piece& piece : diff.pieces) {
    if (piece.kind != left_out) out += piece.text;
  }
  return out;
}

/// What holds of any two texts.
WordDiff checked_diff(const std::string& older, const std::string& newer) {
  WordDiff diff = word_diff(older, newer);
  CHECK(without(diff, Piece::Kind::added) == older);
  CHECK(without(diff, Piece::Kind::removed) == newer);
  CHECK(diff.old_words + diff.words_added == diff.new_words + diff.words_removed);
  CHECK(diff.words_removed <= diff.old_words);
  CHECK((diff.share() >= 0 && diff.share() <= 1));
  for (std::size_t i = 0; i < diff.pieces.size(); ++i) {
    CHECK_FALSE(diff.pieces[i].text.empty());
    if (i > 0) CHECK(diff.pieces[i].kind != diff.pieces[i - 1].kind);
  }
  return diff;
}

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i)
    out += text;
  return out;
}

}  // namespace

TEST_CASE("words that differ are removed and added, with the white space that goes with them") {
  const auto [older, newer, wanted] = GENERATE(table<std::string, std::string, std::string>({
      {"", "", ""},
      {"a b", "a b", "a b"},
      {"", "a b\n", "{+a b\n+}"},
      {"a b\n", "", "[-a b\n-]"},
      {"we keep it 90 days", "we keep it 14 days", "we keep it [-90-]{+14+} days"},
      {"we keep data", "we keep your data", "we keep {+your +}data"},
      {"we may sell data", "we sell data", "we [-may -]sell data"},
      {"a b", "a b c", "a b{+ c+}"},
      {"a b c", "b c", "[-a -]b c"},
      // Lines that stay are not taken for the same words elsewhere.
      {"one two\n\nthree\n", "one two\n\nnew\n\nthree\n", "one two\n\n{+new\n\n+}three\n"},
      {"p one\n\np two\n\np three\n", "p three\n\np one\n\np two\n",
       "{+p three\n\n+}p one\n\np two[-\n\np three-]\n"},
      // Only the words are compared, not the layout; that is a piece of its own.
      {"a b\nc", "a  b c", "a[- -]{+  +}b[-\n-]{+ +}c"},
      {"a b \n", "a b\n", "a b[- \n-]{+\n+}"},
  }));
  CHECK(spelled(checked_diff(older, newer)) == wanted);
}

TEST_CASE("punctuation, Markdown's signs and link targets change without their words") {
  const auto [older, newer, wanted, words] = GENERATE(table<std::string, std::string, std::string, int>({
      {"*Updated: 25 May*", "*Updated: 2 May*", "*Updated: [-25-]{+2+} May*", 2},
      {"our data, sold", "our data sold", "our data[-,-] sold", 0},
      {"after you agree", "**after you agree**", "{+**+}after you agree{+**+}", 0},
      {"see [us](http://a.example/p_(1)/x).", "see [us](https://a.example/q).",
       "see [us]([-http://a.example/p_(1)/x-]{+https://a.example/q+}).", 0},
      {"see [us](/a \"The title\")", "see [us](/a \"A title\")", "see [us](/a \"[-The-]{+A+} title\")", 2},
      // A target is no word that is spelled like it.
      {"alpha", "[](alpha", "[-alpha-]{+[](alpha+}", 1},
      {"see [us](/a", "see [us](/b", "see [us]([-/a-]{+/b+}", 0},
      {"don't and/or e-mail a@b.example", "don't and/or mail a@b.example",
       "don't and/or [-e-mail-]{+mail+} a@b.example", 2},
      {"the data—all of it", "the data—some of it", "the data—[-all-]{+some+} of it", 2},
      {"“we” keep", "“they” keep", "“[-we-]{+they+}” keep", 2},
  }));
  const WordDiff diff = checked_diff(older, newer);
  CHECK(spelled(diff) == wanted);
  CHECK(diff.words_removed + diff.words_added == static_cast<unsigned>(words));
}

TEST_CASE("words of any script, and bytes of none") {
  const auto [older, newer, wanted] = GENERATE(table<std::string, std::string, std::string>({
      {"wir lösen Daten", "wir löschen Daten", "wir [-lösen-]{+löschen+} Daten"},
      {"мы храним данные", "мы продаём данные", "мы [-храним-]{+продаём+} данные"},
      // Written without spaces: by characters, with the full stop apart.
      {"我们收集信息。", "我们共享信息。", "我们[-收集-]{+共享+}信息。"},
      {"個人情報を取得", "個人情報を提供", "個人情報を[-取得-]{+提供+}"},
      {"a\u00a0b", "a\u00a0c", "a\u00a0[-b-]{+c+}"},  // no-break space
      {"a\u3000b", "a c", "a[-\u3000b-]{+ c+}"},      // ideographic space
      {"a \xff\xfe b", "a \xff b", "a [-\xff\xfe-]{+\xff+} b"},
      {"a \xe2\x82", "a \xe2\x82\xac", "a [-\xe2\x82-]{+\xe2\x82\xac+}"},
      {std::string("a\0b c", 5), std::string("a\0b d", 5), std::string("a\0b [-c-]{+d+}", 14)},
  }));
  CHECK(spelled(checked_diff(older, newer)) == wanted);
}

TEST_CASE("a few words that happen to be the same are no island in a rewritten sentence") {
  const auto [older, newer, wanted] = GENERATE(table<std::string, std::string, std::string>({
      {"We share names of the users widely.", "They sell most of the lists freely.",
       "[-We share names of the users widely-]{+They sell most of the lists freely+}."},
      // Signs are not worth three changes either.
      {"names, cities, phones", "mail, streets, faxes", "[-names, cities, phones-]{+mail, streets, faxes+}"},
      // But words that outweigh the changes around them are.
      {"Our cookies of the site", "The cookies of our site", "[-Our-]{+The+} cookies of [-the-]{+our+} site"},
      // Nor does a change reach over line ends.
      {"- my name\n- my mail\n", "- his house\n- his street\n",
       "- [-my name-]{+his house+}\n- [-my mail-]{+his street+}\n"},
  }));
  CHECK(spelled(checked_diff(older, newer)) == wanted);
}

TEST_CASE("the summary counts words") {
  const WordDiff diff = checked_diff("# We keep it 90 days.\n", "# We keep it for 14 days.\n");
  CHECK(diff.old_words == 5);
  CHECK(diff.new_words == 6);
  CHECK(diff.words_removed == 1);
  CHECK(diff.words_added == 2);
  CHECK(diff.share() == Approx(3.0 / 11));
  CHECK(word_diff("", "").share() == 0);
  CHECK(word_diff("---", "***").share() == 0);
  CHECK(word_diff("same words", "same words").share() == 0);
  CHECK(word_diff("all of it", "nothing like that").share() == 1);
}

TEST_CASE("pieces give both texts back, whatever they are") {
  std::mt19937 random(5);
  // Few words, so that there is much to match, and every way to divide them.
  const std::vector<std::string> parts = {
      "a", "b",      "the",    " ",      "  ",   "\n",       "\n\n", "- ", "](",  "(x", ")",   "\\",
      ",", "\u4e00", "\u3002", "\u00a0", "\x80", "\xe2\x82", "|",    "\t", "## ", "*",  "\r\n"};
  const auto text = [&](std::size_t size) {
    std::string out;
    for (std::size_t i = 0; i < size; ++i)
      out += parts[random() % parts.size()];
    return out;
  };
  for (int round = 0; round < 2000; ++round) {
    const std::string older = text(random() % 40);
    std::string newer = text(random() % 40);
    if (round % 2 == 0) {  // an edit of the old one
      newer = older;
      newer.insert(random() % (newer.size() + 1), text(3));
      newer.erase(random() % newer.size(), random() % 8);
    }
    INFO(older << "\n=====\n" << newer);
    checked_diff(older, newer);
  }
}

TEST_CASE("a small change in a large text without line ends is found as one") {
  std::string older;
  for (int i = 0; i < 50000; ++i)
    older += "w" + std::to_string(i % 7919) + "x" + std::to_string(i % 211) + " ";
  std::string newer = older;
  newer.replace(1000, 3, "NEW");
  newer.replace(newer.size() - 1000, 3, "NEW");
  const WordDiff diff = checked_diff(older, newer);
  CHECK(diff.words_removed <= 4);
  CHECK(diff.words_added <= 4);
}

TEST_CASE("no text takes long") {
  std::string numbered;
  std::string others;
  std::string shuffled;
  std::mt19937 random(7);
  for (int i = 0; i < 50000; ++i) {
    numbered += "w" + std::to_string(i) + " ";
    others += "v" + std::to_string(i) + " ";
    shuffled += "w" + std::to_string(random() % 3000) + (i % 20 == 0 ? "\n\n" : " ");
  }
  const std::string megabyte = repeated("x y ", 250000);
  const auto [name, older, newer] = GENERATE_COPY(table<std::string, std::string, std::string>({
      {"all different", numbered, others},
      {"in another order", numbered, shuffled},
      {"one word", repeated("word ", 50000), repeated("word ", 49000)},
      {"one word, two changes", "a " + repeated("word ", 50000) + "b", "c " + repeated("word ", 49000) + "d"},
      {"alternating", repeated("a b ", 25000), repeated("b a a ", 17000)},
      {"alternating lines", repeated("a\nb\n", 25000), repeated("b\na\na\n", 17000)},
      {"1 MB without a line end", megabyte, "y " + megabyte.substr(0, 900000) + "z"},
      {"no white space at all", repeated("a.", 500000), repeated(".a", 500000) + "b"},
      {"links without an end", repeated("](", 250000), repeated("](\\", 170000)},
  }));
  INFO(name);
  const auto begin = std::chrono::steady_clock::now();
  checked_diff(older, newer);
  // Half a second as released; the rest is for sanitizers and for machines that do something else meanwhile.
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}
