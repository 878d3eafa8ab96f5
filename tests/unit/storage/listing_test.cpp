#include <catch2/catch.hpp>

#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {
using Rows = std::vector<std::string>;
}

TEST_CASE("an index that is listed again adds nothing", "[listing]") {
  StoreFixture fixture;
  const std::vector<Capture> rows = {
      capture(20100101000000, "http://a.test/privacy", "one"),
      capture(20100101000000, "http://a.test/privacy", "one"),         // consecutive rows repeat
      capture(20100101000000, "http://a.test/privacy", "two"),         // one second, two digests
      capture(20100101000000, "http://www.a.test:80/privacy", "one"),  // another spelling
      capture(20110101000000, "http://a.test/privacy", {}, {}),        // neither digest nor status
      capture(20110101000000, "http://a.test/privacy", {}, {}),
      capture(20110101000000, "http://b.test/privacy", "one"),
  };
  const Listed first = fixture.list(rows);
  CHECK(first.added == 5);
  CHECK(first.known == 2);
  CHECK(first.pages.size() == 2);
  const Listed second = fixture.list(rows);
  CHECK(second.added == 0);
  CHECK(second.known == 7);
  CHECK(second.pages == first.pages);
  CHECK(fixture.rows("SELECT site, urlkey, count(*) FROM v_captures GROUP BY 1, 2") ==
        Rows{"a.test|test,a)/privacy|4", "b.test|test,b)/privacy|1"});
}

TEST_CASE("pages of an unsorted index are named once", "[listing]") {
  StoreFixture fixture;
  const Listed listed =
      fixture.list({capture(20100101000000, "http://a.test/"), capture(20100101000000, "http://b.test/"),
                    capture(20110101000000, "http://a.test/")});
  CHECK(listed.pages.size() == 2);
}

TEST_CASE("v_captures has the columns that people were promised", "[listing]") {
  StoreFixture fixture;
  fixture.list({capture(20100102030405, "http://www.a.test/privacy", "one", 301)});
  const SQLite::Database database(fixture.path, SQLite::OPEN_READONLY);
  SQLite::Statement query(database, "SELECT * FROM v_captures");
  std::string columns;
  for (int i = 0; i < query.getColumnCount(); ++i)
    columns += std::string(query.getColumnName(i)) + " ";
  CHECK(columns ==
        "archive site urlkey timestamp original statuscode mimetype digest state sha1 sha256 size version "
        "series ");
  CHECK(fixture.rows("SELECT *, typeof(timestamp) FROM v_captures") ==
        Rows{"https://archive.test|a.test|test,a)/privacy|20100102030405|http://www.a.test/privacy|301|text/"
             "html|" +
             base32(sha1("one")) + "|listed|||||test,a)/privacy|text"});
}

TEST_CASE("URLs without a host are kept together", "[listing]") {
  StoreFixture fixture;
  fixture.list({capture(20100101000000, "mailto:a@b.test")});
  CHECK(fixture.rows("SELECT name FROM sites") == Rows{"-"});
}

TEST_CASE("an index completes what was found by other means", "[listing]") {
  StoreFixture fixture;
  const Capture imported = capture(20100101000000, "http://a.test/privacy", {}, {});
  fixture.store->import(fixture.archive, Found::import,
                        std::vector<ImportedCapture>{{.capture = imported,
                                                      .site = {},
                                                      .provenance = provenance(imported, 0),
                                                      .body = {},
                                                      .given_text = pack_text(text("words"))}});
  const Listed listed = fixture.list({capture(20100101000000, "http://a.test/privacy", "one")});
  CHECK(listed.known == 1);
  CHECK(fixture.rows("SELECT digest, state, version, (SELECT found FROM captures) FROM v_captures") ==
        Rows{base32(sha1("one")) + "|held|1|4"});  // it is still an import
}
