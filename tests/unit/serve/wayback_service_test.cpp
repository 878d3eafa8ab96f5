#include "serve/wayback_service.hpp"

#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/http_exchange.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/warc_writer.hpp"

using namespace winnow;
using namespace winnow::serve;
using namespace winnow::test;

namespace {

const std::string k_page = "http://a.example/privacy";
const std::string k_packed = gzip("<p>packed</p>");

std::vector<std::string> records() {
  return {
      response("20100101000000", k_page, http_ok("first")),
      response("20110101000000", k_page,
               http({"HTTP/1.1 200 Document follows", "Content-Type: text/html; charset=x",
                     "Content-Encoding: gzip", "Set-Cookie: a=1", "Set-Cookie: b=2"},
                    k_packed)),
      response("20120101000000", "https://www.a.example/privacy", http_ok("https")),
      response("20120101000000", k_page, http_ok("http")),
      revisit("20130101000000", k_page, "first",
              http({"HTTP/1.1 200 OK", "Content-Type: text/html", "X-New: 1"}, "")),
      revisit("20140101000000", k_page, "not in these files", ""),
      response("20150101000000", k_page, http({"HTTP/1.1 404 Not Found"}, "gone")),
      response("20100101000000", "http://a.example/moved",
               http({"HTTP/1.1 302 Found", "Location: ../new?x=1#top"}, "moved")),
      response("20100101000000", "http://a.example/search?q=a?b&c=%2F", http_ok("query")),
      response("20100101000000", "http://a.example/204", http({"HTTP/1.1 204 No Content"}, "ignored")),
      response("20100101000000", "http://a.example/304", http({"HTTP/1.1 304 Not Modified"}, "ignored")),
      response("20100101000000", "http://a.example/103", http({"HTTP/1.1 103 Early Hints"}, "odd")),
      response("20100101000000", "http://a.example/none", http({"HTTP/1.1 OK"}, "no status")),
      response("20100101000000", "http://a.example/empty", http_ok("")),
  };
}

/// The records above, served.
class Archive {
public:
  Archive()
      : m_archive({m_folder.write("test.warc.gz", warc_file(records(), Packing::gzip_records))}),
        m_source(m_archive, 1U << 20U),
        m_service(m_source),
        m_server(
            0,
            [this](const HttpRequest& request) { return m_service.answer(request, url_of_host(request)); }),
        m_thread([this] { m_server.run(); }) {}
  ~Archive() {
    m_server.stop();
    m_thread.join();
  }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  [[nodiscard]] Reply get(const std::string& target, const std::string& headers = "") const {
    return fetch(m_server.port(), target, headers);
  }
  [[nodiscard]] int port() const { return m_server.port(); }

private:
  TempDir m_folder;
  WarcArchive m_archive;
  WarcSource m_source;
  WaybackService m_service;
  HttpServer m_server;
  std::thread m_thread;
};

constexpr std::string_view k_base = "http://archive.example:1";

}  // namespace

TEST_CASE("an exact timestamp plays the capture as it was archived") {
  const Archive archive;
  const Reply reply = archive.get("/web/20110101000000id_/" + k_page, "Accept-Encoding: gzip, br\r\n");
  CHECK(reply.status == 200);
  CHECK(reply.body == k_packed);
  CHECK(reply.headers.first("Content-Encoding") == "gzip");
  CHECK(reply.headers.all("Content-Encoding").size() == 1);
  CHECK(reply.headers.first("Content-Type") == "text/html; charset=x");
  CHECK(reply.headers.all("Content-Type").size() == 1);
  CHECK(reply.headers.first("Content-Length") == std::to_string(k_packed.size()));
  CHECK(reply.headers.first("Memento-Datetime") == "Sat, 01 Jan 2011 00:00:00 GMT");
  CHECK(reply.headers.first("X-Archive-Src") == "test.warc.gz");
  CHECK(reply.headers.first("X-Archive-Orig-Content-Encoding") == "gzip");
  CHECK(reply.headers.all("X-Archive-Orig-Set-Cookie").size() == 2);
  CHECK_FALSE(reply.headers.has("Set-Cookie"));
  const std::string link(reply.headers.first("Link").value_or(""));
  CHECK(link.find("<" + k_page + R"(>; rel="original")") != std::string::npos);
  CHECK(link.find(fmt::format(R"(<{}/web/timemap/link/{}>; rel="timemap")", k_base, k_page)) !=
        std::string::npos);
  CHECK(link.find(fmt::format(R"(<{}/web/{}>; rel="timegate")", k_base, k_page)) != std::string::npos);
}

TEST_CASE("without the client's wish for compression the bytes are the same, with it nothing is added") {
  const Archive archive;
  for (const auto* headers : {"", "Accept-Encoding: gzip, br\r\n"}) {
    const Reply reply = archive.get("/web/20100101000000id_/" + k_page, headers);
    CHECK(reply.body == "first");
    CHECK_FALSE(reply.headers.has("Content-Encoding"));
    const Reply rows = archive.get("/cdx/search/cdx?url=" + k_page, headers);
    CHECK(rows.body.starts_with("example,a)/privacy 2010"));
  }
}

TEST_CASE("two captures of a second: the one whose URL is spelled as asked") {
  const Archive archive;
  CHECK(archive.get("/web/20120101000000id_/" + k_page).body == "http");
  CHECK(archive.get("/web/20120101000000id_/https://www.a.example/privacy").body == "https");
  CHECK(archive.get("/web/20120101000000id_/https%3A//www.a.example/privacy").body == "https");
}

TEST_CASE("another timestamp is sent to the nearest capture") {
  const Archive archive;
  const auto [digits, found] = GENERATE(table<std::string, std::string>({
      {"20100101000001", "20100101000000"},
      {"20100702000000", "20100101000000"},
      {"20100703000000", "20110101000000"},
      {"19900101000000", "20100101000000"},
      {"20300101000000", "20150101000000"},
      {"2011", "20110101000000"},
      {"20110231000000", "20110101000000"},
  }));
  CAPTURE(digits);
  const Reply reply = archive.get("/web/" + digits + "id_/" + k_page);
  CHECK(reply.status == 302);
  CHECK(reply.headers.first("X-Archive-Redirect-Reason") == "found capture at " + found);
  CHECK(reply.headers.first("Location") == fmt::format("{}/web/{}id_/{}", k_base, found, k_page));
  CHECK_FALSE(reply.headers.has("Memento-Datetime"));
}

TEST_CASE("an archived redirect keeps its status and leads within the archive") {
  const Archive archive;
  const Reply reply = archive.get("/web/20100101000000id_/http://a.example/moved");
  CHECK(reply.status == 302);
  CHECK(reply.body == "moved");
  CHECK(reply.headers.first("Memento-Datetime") == "Fri, 01 Jan 2010 00:00:00 GMT");
  CHECK(reply.headers.first("Location") ==
        fmt::format("{}/web/20100101000000id_/http://a.example/new?x=1%23top", k_base));
  CHECK(reply.headers.first("X-Archive-Orig-Location") == "../new?x=1#top");
  CHECK_FALSE(reply.headers.has("X-Archive-Redirect-Reason"));
}

TEST_CASE("archived failures are answers, with Memento-Datetime") {
  const Archive archive;
  const Reply reply = archive.get("/web/20150101000000id_/" + k_page);
  CHECK(reply.status == 404);
  CHECK(reply.body == "gone");
  CHECK(reply.headers.has("Memento-Datetime"));
  CHECK_FALSE(reply.headers.has("Content-Type"));
}

TEST_CASE("what was never archived is said to be so") {
  const Archive archive;
  const Reply reply = archive.get("/web/2011id_/http://b.example/<script>");
  CHECK(reply.status == 404);
  CHECK(reply.body.find("has not archived that URL") != std::string::npos);
  CHECK(reply.body.find("<script>") == std::string::npos);
  CHECK_FALSE(reply.headers.has("Memento-Datetime"));
}

TEST_CASE("revisits are played with their own head; without their original they are unplayable") {
  const Archive archive;
  const Reply reply = archive.get("/web/20130101000000id_/" + k_page);
  CHECK(reply.status == 200);
  CHECK(reply.body == "first");
  CHECK(reply.headers.first("X-Archive-Orig-X-New") == "1");
  const Reply unplayable = archive.get("/web/20140101000000id_/" + k_page);
  CHECK(unplayable.status == 404);
  CHECK(unplayable.body.find("has not archived") == std::string::npos);
  CHECK_FALSE(unplayable.headers.has("Memento-Datetime"));
}

TEST_CASE("a URL's own query is part of it, as it was sent or quoted whole") {
  const Archive archive;
  CHECK(archive.get("/web/20100101000000id_/http://a.example/search?q=a?b&c=%2F").body == "query");
  CHECK(archive.get("/web/20100101000000id_/http%3A//a.example/search%3Fq%3Da%3Fb%26c%3D%252F").body ==
        "query");
  CHECK(archive.get("/web/20100101000000id_/http:/a.example/search?q=a?b&c=%2F").body == "query");
}

TEST_CASE("statuses that have no body, or no meaning, leave the connection in order") {
  const Archive archive;
  const Connection connection(archive.port());
  const auto ask = [&](const std::string& path, const std::string& more = "") {
    connection.send("GET /web/20100101000000id_/http://a.example/" + path + " HTTP/1.1\r\nHost: x\r\n" +
                    more + "\r\n");
  };
  ask("204");
  ask("304");
  ask("103");
  ask("none");
  ask("empty");
  ask("privacy", "Connection: close\r\n");
  const std::string all = connection.receive_all();
  std::vector<int> statuses;
  for (std::size_t at = all.find("HTTP/1.1 "); at != std::string::npos; at = all.find("HTTP/1.1 ", at + 1)) {
    statuses.push_back(std::stoi(all.substr(at + 9, 3)));
  }
  CHECK(statuses == std::vector<int>{204, 304, 502, 200, 200, 200});
  CHECK(all.ends_with("\r\n\r\nfirst"));
  CHECK(all.find("ignored") == std::string::npos);
}

TEST_CASE("HEAD has the same head and no body") {
  const Archive archive;
  const Reply reply = fetch(archive.port(), "/web/20100101000000id_/" + k_page, "", "HEAD");
  CHECK(reply.status == 200);
  CHECK(reply.headers.first("Content-Length") == "5");
  CHECK(reply.headers.has("Memento-Datetime"));
  CHECK(reply.body.empty());
}

TEST_CASE("the timemap lists every memento") {
  const Archive archive;
  const Reply reply = archive.get("/web/timemap/link/" + k_page);
  CHECK(reply.status == 200);
  CHECK(reply.headers.first("Content-Type") == "application/link-format");
  CHECK(reply.body.find("<" + k_page + R"(>; rel="original",)") == 0);
  CHECK(reply.body.find(fmt::format(
            R"(<{}/web/20100101000000/{}>; rel="first memento"; datetime="Fri, 01 Jan 2010 00:00:00 GMT",)",
            k_base, k_page)) != std::string::npos);
  CHECK(reply.body.ends_with("rel=\"last memento\"; datetime=\"Thu, 01 Jan 2015 00:00:00 GMT\"\n"));
  std::size_t mementos = 0;
  for (std::size_t at = reply.body.find("memento\""); at != std::string::npos;
       at = reply.body.find("memento\"", at + 1)) {
    ++mementos;
  }
  CHECK(mementos == 7);
  CHECK(archive.get("/web/timemap/link/http://b.example/").status == 404);
}

TEST_CASE("the timegate leads to the capture nearest to the wished time") {
  const Archive archive;
  const Reply wished = archive.get("/web/" + k_page, "Accept-Datetime: Sat, 01 Jan 2011 10:00:00 GMT\r\n");
  CHECK(wished.status == 302);
  CHECK(wished.headers.first("Location") == fmt::format("{}/web/20110101000000/{}", k_base, k_page));
  CHECK(wished.headers.first("Vary") == "accept-datetime");
  // pywb goes by this, and not by the redirect.
  CHECK(std::string(wished.headers.first("Link").value_or(""))
            .ends_with(fmt::format(
                R"(<{}/web/20110101000000/{}>; rel="memento"; datetime="Sat, 01 Jan 2011 00:00:00 GMT")",
                k_base, k_page)));
  CHECK(archive.get("/web/" + k_page).headers.first("Location") ==
        fmt::format("{}/web/20150101000000/{}", k_base, k_page));
  CHECK(archive.get("/web/" + k_page, "Accept-Datetime: soon\r\n").status == 400);
}

TEST_CASE("the index answers over HTTP") {
  const Archive archive;
  const Reply rows = archive.get("/cdx/search/cdx?url=a.example%2Fprivacy&limit=1&fl=timestamp");
  CHECK(rows.status == 200);
  CHECK(rows.body == "20100101000000\n");
  CHECK(archive.get("/cdx/search/cdx?url=nowhere.example").body.empty());
  CHECK(archive.get("/cdx/search/cdx?url=nowhere.example&output=json").body == "[]\n");
  CHECK(archive.get("/cdx/search/cdx?url=a.example&showNumPages=true").body == "0\n");
  CHECK(archive.get("/cdx/search/cdx?url=a.example/*&showNumPages=true").body == "1\n");
  const Reply wrong = archive.get("/cdx/search/cdx?url=a.example&limit=x");
  CHECK(wrong.status == 400);
  CHECK(wrong.body == "limit=x is no number\n");
  CHECK(archive.get("/cdx/search/other").status == 404);
}
