#include "formats/git_commit.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/formats/export_records.hpp"

using namespace winnow;
using namespace winnow::test;

TEST_CASE("paths of series, whatever the web calls them", "[git]") {
  const auto [site, series, path] = GENERATE(table<std::string, std::string, std::string>({
      {"soompi.com", "com,soompi)/privacy", "soompi.com/privacy.md"},
      {"soompi.com", "com,soompi)/legal/privacy.html", "soompi.com/legal/privacy.html.md"},
      {"soompi.com", "com,soompi)/", "soompi.com/@home.md"},
      {"soompi.com", "com,soompi,help)/privacy", "soompi.com/@help.soompi.com/privacy.md"},
      {"soompi.com", "com,soompi)/privacy (aside)", "soompi.com/privacy@aside.md"},
      {"soompi.com", "com,soompi)/p?id=1&x=/../y", "soompi.com/p%3Fid%3D1%26x%3D/%2E./y.md"},
      {"soompi.com", "com,soompi)/../../etc/passwd", "soompi.com/%2E./%2E./etc/passwd.md"},
      {"soompi.com", "com,soompi)/.git/config", "soompi.com/%2Egit/config.md"},
      {"soompi.com", "com,soompi)/git~1", "soompi.com/git%7E1.md"},
      // A folder that would be called as the file of /a.
      {"soompi.com", "com,soompi)/a.md/b", "soompi.com/a%2Emd/b.md"},
      {"soompi.com", "com,soompi)/a.MD/b", "soompi.com/a%2EMD/b.md"},
      {"soompi.com", "com,soompi)/a//b", "soompi.com/a/%/b.md"},
      {"soompi.com", "com,soompi)/a\nb \"c\"", "soompi.com/a%0Ab%20%22c%22.md"},
      {"-", "mailto:x@y.example", "-/@/mailto%3Ax%40y.example.md"},
      {"..", "com,soompi)/x", "%2E./@soompi.com/x.md"},
  }));
  CHECK(git_path(site, series) == path);
}

TEST_CASE("paths are as long as file systems have them", "[git]") {
  std::string deep = "com,soompi)";
  for (int i = 0; i < 1000; ++i)
    deep += "/part";
  CHECK(git_path("soompi.com", deep).size() < 300);
  CHECK(git_path("soompi.com", deep) != git_path("soompi.com", deep + "/x"));
  CHECK(git_path("soompi.com", "com,soompi)/" + std::string(5000, 'x')).size() < 300);
}

TEST_CASE("a commit says what changed and how to check it, and nothing else decides it", "[git]") {
  ExportedRecord record = exported(20110521195625, "<p>one</p>");
  record.record.version.number = 2;
  record.record.version.changed_after = moment(20100101000000);
  record.record.version.change = TextChange{.words_removed = 3, .words_added = 12, .is_minor = true};
  const std::string message = git_message(record);
  CHECK(message.starts_with("a.test/privacy: version 2 (2011-05-21), +12 -3 words\n\nVersion-Id: "));
  for (const char* trailer :
       {"\nSeries: test,a)/privacy\n", "\nArchive: https://archive.test\n",
        "\nCaptured: 2011-05-21T19:56:25Z\n", "\nOriginal: http://a.test/privacy\n",
        "\nChanged-After: 2010-01-01T00:00:00Z\n", "\nMinor: yes\n",
        "\nMemento: https://archive.test/web/20110521195625id_/http://a.test/privacy\n"}) {
    CAPTURE(trailer);
    CHECK(message.find(trailer) != std::string::npos);
  }
  const std::string commit = git_commit(record, "");
  CHECK(commit.starts_with("commit refs/heads/main\nauthor winnow <winnow@localhost> 1306007785 +0000\n"));
  CHECK(commit.find("\nfrom ") == std::string::npos);
  CHECK(git_commit(record, "abc").find("\nfrom abc\nM 100644 inline a.test/privacy.md\ndata ") !=
        std::string::npos);
  CHECK(git_commit(record, "") == commit);
}

TEST_CASE("what the web says ends no trailer and begins none", "[git]") {
  const std::string message =
      git_message(exported(20110521195625, "one", "http://a.test/x\nVersion-Id: forged\n\nsubject"));
  CHECK(message.find("\nVersion-Id: forged") == std::string::npos);
  CHECK(message.find("\n\nsubject") == std::string::npos);
}
