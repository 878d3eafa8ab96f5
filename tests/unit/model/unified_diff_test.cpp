#include "model/unified_diff.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("unified diffs are those of diff -u") {
  const auto [older, newer, wanted] = GENERATE(table<std::string, std::string, std::string>({
      {"", "", ""},
      {"a\n", "a\n", ""},
      {"", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n"},
      {"a\n", "", "@@ -1,1 +0,0 @@\n-a\n"},
      {"a\nb\nc\n", "a\nx\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"},
      // Three lines of context; changes nearer than that share a hunk.
      {"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", "x\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\ny\n",
       "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -9,4 +9,4 @@\n 9\n 10\n 11\n-12\n+y\n"},
      {"1\n2\n3\n4\n5\n6\n7\n8\n", "x\n2\n3\n4\n5\n6\n7\ny\n",
       "@@ -1,8 +1,8 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n"},
      {"1\n2\n3\n4\n5\n", "1\n2\n3\n4\nnew\n5\n", "@@ -2,4 +2,5 @@\n 2\n 3\n 4\n+new\n 5\n"},
      {"a\nb", "a\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n"},
      {"a\nb", "x\nb", "@@ -1,2 +1,2 @@\n-a\n+x\n b\n\\ No newline at end of file\n"},
      {"a\r\n", "a\n", "@@ -1,1 +1,1 @@\n-a\r\n+a\n"},
  }));
  const std::string header = wanted.empty() ? "" : "--- old\n+++ new\n";
  CHECK(unified_diff(older, newer, "old", "new") == header + wanted);
}
