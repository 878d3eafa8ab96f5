// What a WARC export hands on makes an equal store.
#include <fstream>
#include <string>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <catch2/catch.hpp>

#include "cli/analyse_versions.hpp"
#include "cli/import/import_batch.hpp"
#include "cli/import/importer.hpp"
#include "formats/wacz_writer.hpp"
#include "formats/warc_export.hpp"
#include "model/url.hpp"
#include "storage/export_reader.hpp"
#include "tests/support/temp_dir.hpp"

using namespace winnow;
using namespace winnow::cli;
using namespace winnow::test;

namespace {

const std::string k_wayback = "https://web.archive.org";
const std::string k_arquivo = "https://arquivo.test/wayback";

std::string page(const std::string& words) {
  return "<html><head><title>Privacy Policy</title></head><body><h1>Privacy</h1><p>We keep " + words +
         " and <a href=\"/contact\">answer</a> what you ask us about it.</p></body></html>";
}

Timestamp at(std::uint64_t digits) {
  return Timestamp::from_value(digits);
}

Capture listed(std::uint64_t time, const std::string& url, const std::string& digest_of) {
  return {urlkey(url), at(time), url, "text/html", 200, sha1(digest_of), 4711};
}

/// A store of a test's own, and what is asked of it.
struct TestStore {
  explicit TestStore(const std::string& name) : path(folder / name), store(path) {
    store.begin_run("test", "winnow/test");
  }

  [[nodiscard]] std::vector<std::string> rows(const std::string& sql) const {
    const SQLite::Database database(path, SQLite::OPEN_READONLY);
    SQLite::Statement query(database, sql);
    std::vector<std::string> rows;
    while (query.executeStep()) {
      std::string row;
      for (int i = 0; i < query.getColumnCount(); ++i)
        row += (i > 0 ? "|" : "") + query.getColumn(i).getString();
      rows.push_back(row);
    }
    return rows;
  }

  BodyContent content(const std::string& body, const std::string& url, const std::string& type) {
    BodyContent content{.reading = {.body = sha256(body), .content_type = type, .url = url},
                        .sha1 = sha1(body),
                        .size = body.size(),
                        .body = {},
                        .text = {}};
    reader.read(content, body, {}, urlkey(url));
    return content;
  }

  TempDir folder;
  std::string path;
  Store store;
  BodyReader reader;
};

Provenance fetched(const std::string& archive, const std::string& memento_prefix, const Capture& capture,
                   DigestCheck check) {
  Provenance provenance{.requested_timestamp = capture.timestamp,
                        .replayed_timestamp = capture.timestamp,
                        .fetched_at = at(20260102030405)};
  provenance.archive = archive;
  provenance.requested_url = provenance.replayed_url = capture.original;
  provenance.memento_url = memento_prefix + capture.timestamp.digits() + "id_/" + capture.original;
  provenance.statuscode = capture.statuscode.value_or(200);
  provenance.original_headers.add("Content-Type", "text/html; charset=utf-8");
  provenance.original_headers.add("Content-Encoding", "gzip");
  provenance.response_headers.add("Memento-Datetime", capture.timestamp.http_date());
  provenance.source_warc = "SOOMERA-2010.warc.gz";
  provenance.digest_check = check;
  provenance.program = "winnow/0.0.1";
  return provenance;
}

Held held(TestStore& from, const Provenance& provenance, const std::string& body) {
  return {.provenance = provenance,
          .content = from.content(body, provenance.replayed_url, "text/html; charset=utf-8"),
          .mimetype = "text/html",
          .follow = {}};
}

/// Lists and fetches `rows`; those of a digest that is known are inferred.
void harvest(TestStore& into, const std::string& archive, const std::string& prefix,
             const std::vector<std::pair<Capture, std::string>>& rows, DigestCheck check) {
  const ArchiveId id = into.store.archive(archive, "wayback");
  std::vector<ListedCapture> index;
  for (const auto& [capture, body] : rows)
    index.push_back({capture, 0});
  const Listed added = into.store.add_captures(id, index);
  into.store.plan({id, added.pages, {}, {}}, Selection::unique);
  for (const ClaimedCapture& claimed : into.store.claim(100)) {
    const std::string* body = nullptr;
    for (const auto& row : rows)
      if (row.first.timestamp == claimed.capture.timestamp && row.first.original == claimed.capture.original)
        body = &row.second;
    REQUIRE(body != nullptr);
    Provenance provenance = fetched(archive, prefix, claimed.capture, check);
    provenance.hops = {{archive + "/away", 302, HopKind::archive, "/there"}};
    into.store.record(std::vector<CaptureResult>{{claimed.id, held(into, provenance, *body)}});
  }
}

/// One capture that comes with its content.
void put(TestStore& into, Found found, ImportedCapture capture) {
  const ArchiveId id = into.store.archive(capture.provenance.archive, "wayback");
  into.store.import(id, found, std::vector{std::move(capture)});
}

/// Everything that a capture with a body can be.
void fill(TestStore& world) {
  const std::string privacy = "http://www.a.test:80/privacy";
  const std::string legal = "http://a.test/legal";
  Capture revisit = listed(20090101000000, privacy, "gzip of one");  // before the one that is fetched
  revisit.mimetype = "warc/revisit";
  revisit.statuscode.reset();
  Capture gone = listed(20130601000000, privacy, "gzip of gone");
  gone.statuscode = 404;
  harvest(world, k_wayback, k_wayback + "/web/",
          {{revisit, page("one")},
           {listed(20100101000000, privacy, "gzip of one"), page("one")},
           {listed(20110101000000, privacy, "gzip of one"), page("one")},
           {listed(20120101000000, privacy, "gzip of two"), page("two")},
           {gone, page("nothing")},
           {listed(20140101000000, legal, "gzip of three"), page("three")}},
          DigestCheck::as_stored);
  // Digests that are of nothing that the archive plays; one of them that of the other archive, and one
  // capture of the same second.
  harvest(world, k_arquivo, k_arquivo + "/",
          {{listed(20100101000000, privacy, "of whatever"), page("one")},
           {listed(20110601000000, privacy, "gzip of one"), page("one")},
           {listed(20150101000000, legal, "of another"), page("four \xe2\x82\xac")}},
          DigestCheck::mismatch);
  // Captures of one record under two digests of an index.
  for (const char* const digest : {"first", "second"}) {
    const Capture twice = listed(20160101000000, "http://b.test/privacy", digest);
    Provenance provenance = fetched("warc:", "", twice, DigestCheck::mismatch);
    provenance.memento_url.clear();
    put(world, Found::warc,
        {twice, {}, provenance, world.content(page("five"), twice.original, "text/html; charset=utf-8"), {}});
  }
  // Live, and not changed since.
  Capture live = listed(20260101000000, "https://a.test/legal", page("six"));
  Provenance answer = fetched(std::string(k_live_archive), "", live, DigestCheck::decoded);
  answer.memento_url.clear();
  answer.remote_address = "2001:db8::1";
  put(world, Found::live,
      {live, {}, answer, world.content(page("six"), live.original, "text/html; charset=utf-8"), {}});
  live.timestamp = at(20260201000000);
  answer.requested_timestamp = answer.replayed_timestamp = live.timestamp;
  answer.not_modified_since = at(20260101000000);
  put(world, Found::live,
      {live, {}, answer, world.content(page("six"), live.original, "text/html; charset=utf-8"), {}});
  // A PDF, or what calls itself one.
  const Capture pdf{urlkey("http://c.test/p.pdf"),
                    at(20170101000000),
                    "http://c.test/p.pdf",
                    "application/pdf",
                    200,
                    sha1("%PDF-1.4 cut"),
                    {}};
  Provenance of_pdf = fetched("warc:", "", pdf, DigestCheck::decoded);
  of_pdf.original_headers.clear();
  of_pdf.original_headers.add("Content-Type", "application/pdf");
  put(world, Found::warc,
      {pdf, {}, of_pdf, world.content("%PDF-1.4 cut", pdf.original, "application/pdf"), {}});

  std::ofstream(world.folder / "d.md")
      << "> *The following text is extracted and transformed from the d.test privacy policy that was "
         "archived "
         "on 2018-01-01. Please check the [original snapshot on the Wayback Machine](https://web.archive.org/"
         "web/20180101000000id_/http%3A//legal.test/d) for the most accurate reproduction.*\n\n# As it was "
         "given\n\nBy *somebody* else.\n";
  std::ofstream(world.folder / "d.html")
      << "<!--The following is the downloaded HTML source of the d.test privacy policy that was archived on "
         "2018-01-01.\n Please check the original snapshot on the Wayback Machine "
         "(https://web.archive.org/web/"
         "20180101000000id_/http%3A//legal.test/d) for the most accurate reproduction.-->\n\n"
      << page("seven");
  ImportBatch batch(world.store, world.path);
  Importer importer(world.store, batch);
  importer.take(world.folder / "d.md");
  importer.take(world.folder / "d.html");
  importer.finish();
  REQUIRE(importer.left_out() == 0);
  CHECK(world.store.join(std::vector<Takeover>{{.from_urlkey = urlkey(privacy),
                                                .to_urlkey = urlkey(legal),
                                                .when = at(20140101000000),
                                                .evidence = Takeover::Evidence::redirect,
                                                .confidence = 0.75}}) == 2);
  analyse_versions(world.store, world.path);
}

std::string export_warc(const TestStore& from) {
  std::string bytes;
  ExportReader reader(from.path);
  WarcExport out([&bytes](std::string_view piece) { bytes += piece; },
                 [&reader](const Sha256& sha256) { return reader.body(sha256); },
                 [](const WarcExport::Written&) {}, "winnow/test", reader.last_written());
  reader.for_each({}, ExportUnit::all_captures, ExportOrder::by_series,
                  [&out](const ExportedRecord& exported) { CHECK(out.add(exported)); });
  out.finish(reader.takeovers({}));
  return bytes;
}

void import_file(TestStore& into, const std::string& file) {
  ImportBatch batch(into.store, into.path);
  Importer importer(into.store, batch);
  importer.take(file);
  importer.finish();
  CHECK(importer.left_out() == 0);
  analyse_versions(into.store, into.path);
}

const std::vector<std::string> k_queries = {
    "SELECT * FROM v_captures ORDER BY urlkey, timestamp, archive, original, digest",
    "SELECT * FROM v_versions ORDER BY series, version",
    "SELECT * FROM v_changes ORDER BY series, version",
    "SELECT * FROM v_series ORDER BY series, urlkey, since",
    "SELECT a.url, p.urlkey, c.timestamp, c.original, c.digest, c.length, c.statuscode, "
    "c.replayed_statuscode, "
    "c.text_given, r.record FROM captures c JOIN archives a ON a.id = c.archive_id JOIN pages p "
    "ON p.id = c.page_id LEFT JOIN provenance r ON r.capture_id = c.id ORDER BY 2, 3, 1, 4, 5",
    "SELECT hex(sha256), title, word_count, simhash, charset, marks, extractor FROM texts t WHERE EXISTS "
    "(SELECT 1 FROM captures c WHERE c.text_id = t.id) ORDER BY 1, 5, 6",
};

}  // namespace

TEST_CASE("what is exported as WARC and imported makes an equal store", "[reimport]") {
  TestStore world("world.db");
  fill(world);
  CHECK(world.rows("SELECT state, count(*) FROM v_captures GROUP BY 1") ==
        std::vector<std::string>{"held|12", "inferred|3"});
  const std::string warc = export_warc(world);

  TestStore back("back.db");
  import_file(back, world.folder.write("out.warc.gz", warc));
  for (const std::string& query : k_queries) {
    CAPTURE(query);
    CHECK(back.rows(query) == world.rows(query));
  }
  // And once more: nothing gets lost on the way, nothing is added.
  TestStore again("again.db");
  import_file(again, back.folder.write("out.warc.gz", export_warc(back)));
  import_file(again, world.folder / "out.warc.gz");
  for (const std::string& query : k_queries) {
    CAPTURE(query);
    CHECK(again.rows(query) == world.rows(query));
  }
}
