// A web site whose pages a test writes and changes while it runs: the files of a folder. Golden tests run it
// (tests/support/golden.sh: start_site).
//
//   site_server FOLDER
//
// Prints its base URL, then each request, a line each: its target and, if it has one, its If-None-Match.
// FOLDER/path is the body of /path; FOLDER/path.head, if there is one, its status line's end and further
// header fields, a line each (`301 Moved`, `Location: /x`). Without it, it is a page of HTML with status 200.
// As a proxy it is every http site. `stall` alone in a .head: no answer ever comes. A request that names the
// page's ETag is answered with 304.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/loopback_server.hpp"

namespace {

namespace fs = std::filesystem;

using winnow::testing::Reply;
using winnow::testing::respond;
using winnow::testing::SeenRequest;

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string field(const std::string& head, const std::string& name) {
  const auto at = head.find("\n" + name + ": ");
  if (at == std::string::npos) return "";
  const auto begin = at + name.size() + 3;
  return head.substr(begin, head.find_first_of("\r\n", begin) - begin);
}

class Site {
public:
  explicit Site(fs::path folder) : m_folder(std::move(folder)) {}

  Reply answer(const SeenRequest& request) {
    const std::string condition = field(request.head, "If-None-Match");
    {
      const std::lock_guard lock(m_mutex);
      std::cout << request.target << (condition.empty() ? "" : " " + condition) << std::endl;
    }
    std::string path = request.target.substr(0, request.target.find('?'));
    if (path.starts_with("http://")) path = path.substr(path.find('/', 7));
    const fs::path page = m_folder / (path == "/" ? "index" : path.substr(1));
    const fs::path head_file = page.string() + ".head";
    std::istringstream head(content(head_file));
    std::string status = "200 OK";
    std::vector<std::string> fields = {"Content-Type: text/html"};
    if (fs::exists(head_file)) {
      std::getline(head, status);
      for (std::string line; std::getline(head, line);)
        fields.push_back(line);
    } else if (!fs::exists(page)) {
      return respond("404 Not Found", {"Content-Type: text/html"}, "<title>No such page</title>");
    }
    if (status == "stall") return {"", Reply::Then::stall};
    const std::string etag = field("\n" + content(head_file), "ETag");
    if (!condition.empty() && condition == etag)
      return {"HTTP/1.1 304 Not Modified\r\nETag: " + etag + "\r\n\r\n"};
    return respond(status, fields, content(page));
  }

private:
  fs::path m_folder;
  std::mutex m_mutex;
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  Site site(arguments[1]);
  const winnow::testing::LoopbackServer server(
      [&site](const SeenRequest& request, std::size_t) { return site.answer(request); });
  std::cout << server.base_url() << std::endl;
  for (;;)
    std::this_thread::sleep_for(std::chrono::hours(1));
}
