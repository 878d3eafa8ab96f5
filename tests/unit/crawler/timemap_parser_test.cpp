#include "crawler/memento/timemap_parser.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace winnow;

namespace {

const std::string k_base = "https://archive.example/wayback";
const std::string k_page = "http://www.soompi.com/privacy";

const std::string k_head = "<" + k_page + ">; rel=\"original\",\n<" + k_base + "/timemap/link/" + k_page +
                           ">; rel=\"self\"; type=\"application/link-format\"; from=\"Sat, 21 May 2011 "
                           "19:56:25 GMT\",\n<" +
                           k_base + "/timegate/" + k_page + ">; rel=\"timegate\",\n";

std::string memento_link(const std::string& target,
                         const std::string& datetime = "Sat, 21 May 2011 19:56:25 GMT",
                         const std::string& relation = "memento") {
  return "<" + target + ">; rel=\"" + relation + "\"; datetime=\"" + datetime + "\"";
}

struct Parsed {
  std::vector<Capture> rows;
  CdxOddities oddities;
  std::vector<std::string> further;
  bool cut = false;
  bool ends_badly = false;
  std::string stray;
  MementoPlaces places;
};

Parsed parse(const std::string& text, std::size_t piece = 1'000'000,
             TimeMapParser::Page page = {k_base, k_page, {}, {}}) {
  Parsed parsed;
  auto places = std::make_shared<MementoPlaces>();
  TimeMapParser parser(std::move(page), places, [&](std::vector<Capture>&& rows) {
    for (auto& row : rows)
      parsed.rows.push_back(std::move(row));
  });
  for (std::size_t at = 0; at < text.size(); at += piece)
    parser.feed(std::string_view(text).substr(at, piece));
  parser.finish();
  parsed.oddities = parser.oddities();
  parsed.further = parser.further();
  parsed.cut = parser.cut();
  parsed.ends_badly = parser.ends_badly();
  parsed.stray = parser.stray_text();
  parsed.places = *places;
  return parsed;
}

Capture capture(const std::string& original = k_page) {
  return {"com,soompi)/privacy", *Timestamp::parse("20110521195625"), original, {}, {}, {}, {}};
}

}  // namespace

TEST_CASE("TimeMap: a memento is a row, with what a TimeMap tells") {
  const auto text =
      k_head + memento_link(k_base + "/20110521195625/http://soompi.com:80/privacy/") + ",\n" +
      memento_link(k_base + "/20120102030405/" + k_page, "Mon, 02 Jan 2012 03:04:05 GMT", "last memento");
  for (const std::size_t piece : {1, 7, 1'000'000}) {
    const auto parsed = parse(text, piece);
    CHECK(parsed.oddities == CdxOddities{});
    CHECK_FALSE(parsed.cut);
    CHECK_FALSE(parsed.ends_badly);
    CHECK(parsed.further.empty());
    REQUIRE(parsed.rows.size() == 2);
    CHECK(parsed.rows[0].timestamp.digits() == "20110521195625");
    // The URL that was truly captured, not the one asked for.
    CHECK(parsed.rows[0].original == "http://soompi.com:80/privacy/");
    CHECK(parsed.rows[0].urlkey == "com,soompi)/privacy");
    CHECK_FALSE(parsed.rows[0].digest);
    CHECK_FALSE(parsed.rows[0].statuscode);
    CHECK(parsed.rows[1].original == k_page);
  }
}

TEST_CASE("TimeMap: what is asked to fetch a capture") {
  struct Case {
    const char* story;
    std::string links;
    std::string url;
    bool by_time;
  };
  const std::string here = k_base + "/20110521195625";
  const std::vector<Case> cases = {
      {"spelled as most archives do", memento_link(here + "/" + k_page), here + "/" + k_page, false},
      {"pywb's, which names a way of playing", memento_link(here + "mp_/" + k_page), here + "mp_/" + k_page,
       false},
      {"a name of its own", memento_link(k_base + "/AB12-CD34"), k_base + "/timegate/" + k_page, true},
      {"two spellings", memento_link(here + "/" + k_page) + "," + memento_link(here + "if_/" + k_page),
       k_base + "/timegate/" + k_page, true},
      {"http where the archive is asked by https",
       memento_link("http://archive.example/wayback/20110521195625/" + k_page), here + "/" + k_page, false},
      {"another time in the name than in the link", memento_link(k_base + "/20110521195624/" + k_page),
       k_base + "/timegate/" + k_page, true},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    const auto request = parse(k_head + c.links).places.request(k_base, capture());
    CHECK(request.url == c.url);
    CHECK(request.accept_datetime == (c.by_time ? "Sat, 21 May 2011 19:56:25 GMT" : ""));
  }
  // The TimeGate may be told before the original, and anywhere.
  const auto odd =
      parse("<https://archive.example/tg?" + k_page + ">;rel=timegate," + memento_link(k_base + "/1"));
  CHECK(odd.places.request(k_base, capture()).url == "https://archive.example/tg?" + k_page);
  // Nothing was seen: an archived redirect leads to a page whose TimeMap was not asked for.
  CHECK(MementoPlaces().request(k_base, capture("http://a.example/ b")).url ==
        k_base + "/timegate/http://a.example/%20b");
}

TEST_CASE("TimeMap: spellings within the format") {
  const std::vector<std::string> links = {
      "<URI>;rel=memento;datetime=\"Sat, 21 May 2011 19:56:25 GMT\"",
      "<URI>; datetime=\"Sat, 21 May 2011 19:56:25 GMT\"; rel=\"first last memento\"",
      "<URI>; title=\"a, \\b; rel=none\"; REL=\"Memento\" ; datetime = \"Sat, 21 May 2011 19:56:25 GMT\"",
      "\r\n\t<URI>\r\n  ; rel=\"memento\"; datetime=\"Sat, 21 May 2011 19:56:25 GMT\"; collection=\"c\"",
  };
  for (auto link : links) {
    INFO(link);
    // Commas in a target are its own.
    link.replace(link.find("URI"), 3, k_base + "/20110521195625/" + k_page + "?a,b;c=\"");
    const auto parsed = parse(link);
    REQUIRE(parsed.rows.size() == 1);
    CHECK(parsed.rows[0].original == k_page + "?a,b;c=\"");
  }
}

TEST_CASE("TimeMap: further TimeMaps are where to go on, within the archive") {
  const auto link = [](const std::string& target, const char* relation) {
    return "<" + target + ">; rel=\"" + relation + "\"; type=\"application/link-format\"; from=\"x\",\n";
  };
  const auto parsed =
      parse(link(k_base + "/timemap/1/x", "timemap") + link("/wayback/timemap/2/x", "prev timemap") +
            link(k_base + "/timemap/3/x", "self timemap") +
            link("https://elsewhere.example/timemap/4/x", "timemap") + k_head +
            memento_link(k_base + "/20110521195625/" + k_page));
  CHECK(parsed.further == std::vector<std::string>{k_base + "/timemap/1/x", k_base + "/timemap/2/x"});
  std::string many;
  for (int i = 0; i < 5000; ++i)
    many += link(k_base + "/timemap/" + std::to_string(i), "timemap");
  CHECK(parse(many + link(k_base + "/" + std::string(9000, 'a'), "timemap")).further.size() == 1000);
}

TEST_CASE("TimeMap: what is no memento of the page here and then") {
  struct Case {
    const char* story;
    std::string link;
    CdxOddities oddities;
  };
  const std::vector<Case> cases = {
      {"another archive's, as aggregators list them",
       memento_link("https://web.archive.org/web/20110521195625/" + k_page),
       {.elsewhere = 1}},
      {"no time", memento_link(k_base + "/20110521195625/" + k_page, "yesterday"), {.bad_rows = 1}},
      {"no relation", "<" + k_base + "/x>; datetime=\"Sat, 21 May 2011 19:56:25 GMT\"", {.bad_rows = 1}},
      {"an HTML page", "<html><title>Sorry</title>, we are away</html>", {.bad_rows = 2}},
      {"70 kB",
       memento_link(k_base + "/20110521195625/" + k_page + std::string(70'000, 'a')),
       {.overlong_rows = 1}},
      {"too early", memento_link(k_base + "/20090521195625/" + k_page, "Thu, 21 May 2009 19:56:25 GMT"), {}},
      {"too late", memento_link(k_base + "/20150521195625/" + k_page, "Thu, 21 May 2015 19:56:25 GMT"), {}},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    const auto parsed =
        parse(c.link, 1000,
              {k_base, k_page, Timestamp::parse("20100101000000"), Timestamp::parse("20120101000000")});
    CHECK(parsed.rows.empty());
    CHECK(parsed.oddities == c.oddities);
  }
}

TEST_CASE("TimeMap: one that was cut is known by its end") {
  const std::string whole = k_head + memento_link(k_base + "/20110521195625/" + k_page);
  CHECK_FALSE(parse(whole).cut);
  CHECK_FALSE(parse(whole + "\n").cut);
  CHECK(parse(whole + ",\n").cut);
  CHECK(parse(whole.substr(0, whole.size() - 3)).cut);                  // within the time
  CHECK(parse(whole.substr(0, whole.find("20110521195625"))).cut);      // within the target
  CHECK(parse(whole.substr(0, whole.rfind("; datetime"))).ends_badly);  // between parameters
  CHECK(parse(whole.substr(0, whole.rfind("; rel"))).ends_badly);
  CHECK_FALSE(parse("").cut);
}
