#include "formats/corpus_document.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/formats/export_records.hpp"

using namespace winnow;

namespace {

const CorpusHeader k_header{"example.org", *Timestamp::parse("20110521195625"),
                            "http://www.example.org/privacy?a=1&b=%20~x#y"};

const std::string k_line =
    "> *The following text is extracted and transformed from the example.org privacy policy that was "
    "archived on "
    "2011-05-21. Please check the [original snapshot on the Wayback Machine](https://web.archive.org/web/"
    "20110521195625id_/http%3A//www.example.org/privacy%3Fa%3D1%26b%3D%2520~x%23y) for the most accurate "
    "reproduction.*";

}  // namespace

TEST_CASE("a capture of another archive or file says where it is", "[corpus]") {
  ExportedRecord exported = test::exported(20110521195625, "one");
  VersionRecord& record = exported.record;
  const auto head = [&record] {
    const std::string document = render_version_document(record);
    return document.substr(0, document.find('\n'));
  };
  CHECK(head() ==
        "> *The following text is extracted and transformed from the a.test privacy policy that was archived "
        "on 2011-05-21, at 19:56:25 UTC, from [http://a.test/privacy](http://a.test/privacy). Please check "
        "the [original snapshot](https://archive.test/web/20110521195625id_/http://a.test/privacy) at "
        "https://archive.test for the most accurate reproduction.*");
  CHECK(render_version_source(record, "x") ==
        "<!--The following is the downloaded HTML source of the a.test privacy policy that was archived on "
        "2011-05-21, at 19:56:25 UTC, from http://a.test/privacy.\n Please check the original snapshot "
        "(https://archive.test/web/20110521195625id_/http://a.test/privacy) at https://archive.test for the "
        "most accurate reproduction.-->\n\nx");
  record.provenance->memento_url.clear();
  CHECK_THAT(head(), Catch::EndsWith("check the original snapshot at https://archive.test for the most "
                                     "accurate reproduction.*"));
  record.archive = "warc:";
  record.provenance->source_warc = "my crawl.warc.gz:12";
  CHECK_THAT(head(), Catch::EndsWith("check the WARC file my%20crawl.warc.gz:12 for the most accurate "
                                     "reproduction.*"));
  CHECK_THAT(head(), !Catch::Contains("Wayback"));
  // The Wayback Machine's keep the corpus' own line.
  record.archive = "https://web.archive.org";
  CHECK_THAT(head(), Catch::Contains("on 2011-05-21. Please check the [original snapshot on the Wayback "
                                     "Machine](https://web.archive.org/web/20110521195625id_/http%3A//"));
}

TEST_CASE("an inferred capture's header names its own moment", "[corpus]") {
  ExportedRecord exported = test::exported(20110521195625, "one");
  exported.record.state = "inferred";
  exported.record.capture.timestamp = test::moment(20100101000000);
  const CorpusHeader header = header_of(exported.record);
  CHECK(header.timestamp.date() == "2010-01-01");
  CHECK(header.source == "https://archive.test/web/20100101000000id_/http://a.test/privacy");
}

TEST_CASE("headers of other archives and files are read and written back the same", "[corpus]") {
  struct Case {
    std::string archive, source, url, written;
  };
  const auto c = GENERATE(values<Case>({
      {"https://arquivo.pt/wayback", "https://arquivo.pt/wayback/20110521195625id_/http://a.test/p",
       "http://a.test/p", "http://a.test/p"},
      {"https://m.test", "", "http://a.test/p?q=%20", "http://a.test/p?q=%20"},
      {"warc:", "crawl.warc.gz:12", "http://a.test/p", "http://a.test/p"},
      {"warc:", "", "http://a.test/p", "http://a.test/p"},
      {"https://m.test", "https://m.test/x", "http://a.test/*)-->. Please check the ",
       "http://a.test/%2A%29--%3E.%20Please%20check%20the%20"},
  }));
  CAPTURE(c.archive, c.source, c.url);
  const CorpusHeader header{"a.test", *Timestamp::parse("20110521195625"), c.url, false, c.archive, c.source};
  CorpusHeader read = header;
  read.url = c.written;
  const std::string text = render_corpus_document(header, "Privacy | X", "text\n");
  const auto document = parse_corpus_document(text);
  REQUIRE(document);
  CHECK(document->header == read);
  CHECK(document->text == "text\n");
  CHECK(render_corpus_document(document->header, document->title, document->text) == text);
  const std::string page = render_corpus_source(header, "<html>--></html>");
  const auto source = parse_corpus_source(page);
  REQUIRE(source);
  CHECK(source->header == read);
  CHECK(source->text == "<html>--></html>");
}

TEST_CASE("what is not quite another archive's header is none", "[corpus]") {
  const std::string good =
      render_corpus_document({"a.test", *Timestamp::parse("20110521195625"), "http://a.test/p", false,
                              "https://m.test", "https://m.test/1"},
                             "t", "x");
  REQUIRE(parse_corpus_document(good));
  const auto [part, other] = GENERATE(table<std::string, std::string>({
      {"2011-05-21", "2011-05-32"},
      {"19:56:25", "19:56"},
      {"(http://a.test/p)", "(http://b.test/p)"},
      {"at https://m.test", "at file:///etc"},
      {"at https://m.test", "at https://m.test/"},
      {"[original snapshot](", "[the snapshot]("},
      {"(https://m.test/1)", "(https://m.test/1"},
      {"reproduction.*", "reproduction."},
  }));
  INFO(part);
  std::string bad = good;
  bad.replace(bad.find(part), part.size(), other);
  CHECK_FALSE(parse_corpus_document(bad));
}

TEST_CASE("the provenance line is written byte for byte as the corpus has it") {
  CHECK(render_header(k_header) == k_line);
  CHECK(
      render_header(k_header, HeaderForm::source) ==
      "<!--The following is the downloaded HTML source of the example.org privacy policy that was archived "
      "on "
      "2011-05-21.\n Please check the original snapshot on the Wayback Machine (https://web.archive.org/web/"
      "20110521195625id_/http%3A//www.example.org/privacy%3Fa%3D1%26b%3D%2520~x%23y) for the most accurate "
      "reproduction.-->");
}

TEST_CASE("documents are read and written back the same") {
  const auto text =
      GENERATE(values<std::string>({"", "text", "  \n\n  1. odd\n\n. \n\n\n\n", "# a\n\n# b\n"}));
  const auto title = GENERATE(values<std::string>({"Privacy | X", "", "  spaced  "}));
  const std::string document = k_line + "\n\n# " + title + "\n\n" + text;
  const auto parsed = parse_corpus_document(document);
  REQUIRE(parsed);
  CHECK(parsed->header == k_header);
  CHECK(parsed->title == title);
  CHECK(parsed->text == text);
  CHECK(snapshot_url(parsed->header).ends_with("%2520~x%23y"));
  CHECK(render_corpus_document(parsed->header, parsed->title, parsed->text) == document);
}

TEST_CASE("source pages too") {
  const std::string document = render_corpus_source(k_header, "<html>\n--></html>");
  const auto parsed = parse_corpus_source(document);
  REQUIRE(parsed);
  CHECK(parsed->header == k_header);
  CHECK(parsed->text == "<html>\n--></html>");
  CHECK_FALSE(parse_corpus_document(document));
  CHECK_FALSE(parse_corpus_source(k_line + "\n\n# t\n\nx"));
}

TEST_CASE("a live page's header names the page and the moment, and no archive") {
  const CorpusHeader header{"soomera.com", *Timestamp::parse("20261122130512"),
                            "https://soomera.com/privacy?a=1_2", true};
  const std::string line =
      "> *The following text is extracted and transformed from the soomera.com privacy policy that was "
      "fetched from "
      "[https://soomera.com/privacy?a=1_2](https://soomera.com/privacy?a=1_2) on 2026-11-22, at 13:05:12 "
      "UTC. The "
      "page may have changed since.*";
  const std::string comment =
      "<!--The following is the downloaded HTML source of the soomera.com privacy policy that was fetched "
      "from "
      "https://soomera.com/privacy?a=1_2 on 2026-11-22, at 13:05:12 UTC.\n The page may have changed "
      "since.-->";
  CHECK(render_header(header) == line);
  CHECK(render_header(header, HeaderForm::source) == comment);
}

TEST_CASE("documents of live pages are read and written back the same") {
  // What means something to Markdown and HTML is escaped, and stays so.
  const auto [url, written] = GENERATE(table<std::string, std::string>({
      {"https://soomera.com/p", "https://soomera.com/p"},
      {"http://127.0.0.1:8080/p?q=a+b&c=%20", "http://127.0.0.1:8080/p?q=a+b&c=%20"},
      {"https://soomera.com/a)](b)*-->", "https://soomera.com/a%29%5D%28b%29%2A--%3E"},
      {"https://soomera.com/ on 2020-01-01, at ", "https://soomera.com/%20on%202020-01-01,%20at%20"},
  }));
  INFO(url);
  const CorpusHeader header{"soomera.com", *Timestamp::parse("20261122130512"), url, true};
  CorpusHeader read = header;
  read.url = written;
  const std::string text = render_corpus_document(header, "Privacy | X", "text\n");
  const auto document = parse_corpus_document(text);
  REQUIRE(document);
  CHECK(document->header == read);
  CHECK(document->title == "Privacy | X");
  CHECK(document->text == "text\n");
  CHECK(render_corpus_document(document->header, document->title, document->text) == text);

  const std::string page = render_corpus_source(header, "<html>--></html>");
  const auto source = parse_corpus_source(page);
  REQUIRE(source);
  CHECK(source->header == read);
  CHECK(source->text == "<html>--></html>");
  CHECK(render_corpus_source(source->header, source->text) == page);
}

TEST_CASE("what is not quite a live page's header is none") {
  const std::string good = render_corpus_document(
      {"soomera.com", *Timestamp::parse("20261122130512"), "https://soomera.com/p", true}, "t", "x");
  REQUIRE(parse_corpus_document(good));
  const auto [part, other] = GENERATE(table<std::string, std::string>({
      {"2026-11-22", "2026-11-31"},
      {"13:05:12", "13:05"},
      {"(https://soomera.com/p)", "(https://other.example/p)"},
      {"[https://soomera.com/p]", "[here]"},
      {"from [", "from "},
      {" UTC", ""},
      {"soomera.com privacy", "../soomera privacy"},
  }));
  INFO(part);
  std::string bad = good;
  bad.replace(bad.find(part), part.size(), other);
  CHECK_FALSE(parse_corpus_document(bad));
}

TEST_CASE("the site need not be the URL's: policies are often on another") {
  CorpusHeader header = k_header;
  header.site = "kan55.example";
  CHECK(parse_corpus_document(render_corpus_document(header, "t", "x"))->header == header);
}

TEST_CASE("a site that is no host makes no header: its folder could not be made") {
  const auto [site, good] = GENERATE(table<std::string, bool>({
      {"a-b_c.co.uk", true},
      {"b\xc3\xbc"
       "cher.example",
       true},
      {"-", true},  // the store's site of URLs without a host
      {"[::1]", true},
      {std::string(253, 'a'), true},
      {std::string(254, 'a'), false},
      {std::string(15000, 'a'), false},
      {"", false},
      {"..", false},
      {".hidden", false},
      {"a/b", false},
      {"a b", false},
      {"a\x1b[2Jb", false},
  }));
  INFO(site);
  const CorpusHeader header{site, k_header.timestamp, k_header.url};
  CHECK(parse_corpus_document(render_corpus_document(header, "t", "x")).has_value() == good);
  CHECK(parse_corpus_source(render_corpus_source(header, "x")).has_value() == good);
}

TEST_CASE("a document without the header is told apart, never given an origin") {
  std::string spoilt = k_line + "\n\n# t\n\nx";
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string changed = spoilt;
    changed.replace(changed.find(from), from.size(), to);
    return changed;
  };
  CHECK(parse_corpus_document(spoilt));
  for (const std::string& document :
       {std::string(), std::string("Privacy Policy\n\nAt Example LLC, ..."), with("2011-05-21", "2011-05-22"),
        with("20110521195625id_", "20110521195625"), with("20110521195625", "20110541195625"),
        with("%3A", ":"), with("> *The", "> The"), with("# t", "t"),
        with("reproduction.*\n", "reproduction.* \n"), "\n" + spoilt, k_line}) {
    INFO(document);
    CHECK_FALSE(parse_corpus_document(document));
  }
}

TEST_CASE("replay URLs name their capture") {
  const auto plain =
      header_of_replay_url("https://web.archive.org/web/20110521195625id_/http://www.example.org/p?q=1");
  REQUIRE(plain);
  CHECK(plain->site == "example.org");
  CHECK(plain->timestamp.digits() == "20110521195625");
  CHECK(plain->url == "http://www.example.org/p?q=1");
  CHECK(header_of_replay_url("http://127.0.0.1:8080/web/20110521195625/http%3A//a.example.org/p%3Fq")->url ==
        "http://a.example.org/p?q");
  CHECK_FALSE(header_of_replay_url("http://www.example.org/web/2011/privacy"));
  CHECK_FALSE(header_of_replay_url("https://web.archive.org/web/20110521195625id_/"));
  CHECK_FALSE(header_of_replay_url(""));
}
