// pdftotext in its process: what it may do, and how it ends.
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "extract/extract.hpp"
#include "extract/pdf/pdftotext.hpp"
#include "model/body_limit.hpp"

namespace winnow {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::string fixture(const std::string& name) {
  std::ifstream in(WINNOW_TEST_DATA "/extract/pdf/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A shell script in pdftotext's place.
class FakeReader {
public:
  explicit FakeReader(const std::string& commands)
      : m_path(fs::temp_directory_path() / ("winnow-pdftotext-" + std::to_string(getpid()))) {
    std::ofstream(m_path) << "#!/bin/sh\n" << commands << '\n';
    fs::permissions(m_path, fs::perms::owner_all);
  }
  FakeReader(const FakeReader&) = delete;
  FakeReader& operator=(const FakeReader&) = delete;
  ~FakeReader() { fs::remove(m_path); }
  [[nodiscard]] PdfReader reader() const { return {.program = m_path.string()}; }

private:
  fs::path m_path;
};

std::size_t open_files() {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()));
}

/// Children that run or were not waited for.
std::string children() {
  std::ifstream in("/proc/self/task/" + std::to_string(gettid()) + "/children");
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a PDF becomes its text, or says why not") {
  const auto [file, words, marks] = GENERATE(table<std::string, std::uint32_t, std::vector<Mark>>({
      {"policy.pdf", 109, {}},
      {"encrypted.pdf", 0, {Mark::no_text, Mark::encrypted}},
      {"scanned.pdf", 0, {Mark::no_text, Mark::scanned}},
  }));
  INFO(file);
  const Text text = extract(fixture(file), {"http://a.org/privacy", "text/html"});
  CHECK(text.word_count == words);
  CHECK(text.marks == marks);
  CHECK(text.charset.empty());
}

TEST_CASE("a damaged PDF gives what is left and the mark") {
  const std::string whole = fixture("policy.pdf");
  SECTION("cut in its last dictionary: pdftotext mends it and is content") {
    const Text text = extract(whole.substr(0, whole.find(">>>>\nstartxref") + 3), {});
    CHECK(text.marks == std::vector{Mark::damaged});
    CHECK(text.markdown.find("Privacy policy") != std::string::npos);
  }
  SECTION("nothing but the first line") {
    CHECK(extract("%PDF-1.4\n", {}).marks == std::vector{Mark::no_text, Mark::damaged});
  }
  SECTION("cut anywhere") {
    for (std::size_t size = 5; size < whole.size(); size += 211)
      CHECK_FALSE(extract(whole.substr(0, size), {}).marks.empty());
  }
  SECTION("as many zeros as fit") {
    const std::string zeros = "%PDF-1.4\n" + std::string(k_largest_body, '\0');
    CHECK(extract(zeros, {}).marks == std::vector{Mark::no_text, Mark::too_large, Mark::damaged});
  }
}

TEST_CASE("PDFs of the same bytes have one form, others have not") {
  const std::string one = fixture("policy.pdf");
  const Hints hints{"http://a.org/", "application/pdf"};
  CHECK(PreparedPage(one, hints).form() == PreparedPage(one, {"http://b.org/", ""}).form());
  CHECK(PreparedPage(one, hints).form() != PreparedPage(fixture("scanned.pdf"), hints).form());
}

TEST_CASE("the reader's process ends within its bounds") {
  struct Row {
    const char* story;
    const char* commands;
    PdfEnd end;
  };
  const auto row = GENERATE(values<Row>({
      {"waits", "sleep 60", PdfEnd::timed_out},
      {"has closed its output and waits", "exec >&- 2>&-; sleep 60", PdfEnd::timed_out},
      {"has left a child behind that holds its output", "sleep 60 &", PdfEnd::timed_out},
      {"computes", "while :; do :; done", PdfEnd::timed_out},
      {"writes without end", "while :; do echo '<page>'; done", PdfEnd::cut},
      {"complains without end", "while :; do echo bad >&2; done", PdfEnd::timed_out},
      {"crashes", "kill -SEGV $$", PdfEnd::damaged},
      {"gives up", "echo 'May not be a PDF file' >&2; exit 1", PdfEnd::damaged},
      {"has no password", "echo 'Command Line Error: Incorrect password' >&2; exit 1", PdfEnd::encrypted},
      {"is whole", "cat >/dev/null", PdfEnd::whole},
      {"does not look at its input", "exit 0", PdfEnd::whole},
      {"wants a file", "trap '' XFSZ; sleep 0.2; f=$(mktemp); echo x >$f; s=$?; rm $f; exit $s",
       PdfEnd::damaged},
  }));
  INFO(row.story);
  const FakeReader fake(row.commands);
  PdfReader reader = fake.reader();
  reader.time = 1s;
  reader.output = 100'000;
  const auto start = std::chrono::steady_clock::now();
  const PdfLayout layout = read_pdf_layout(reader, std::string(1'000'000, 'x'));
  CHECK(layout.end == row.end);
  CHECK(layout.xhtml.size() <= reader.output);
  CHECK(std::chrono::steady_clock::now() - start < 10s);
  CHECK(children().empty());
}

TEST_CASE("the reader has used up its CPU time long before the clock says so") {
  const FakeReader fake("while :; do :; done");
  PdfReader reader = fake.reader();
  reader.time = 100s;
  reader.cpu_time = 1s;
  CHECK(read_pdf_layout(reader, "%PDF-").end == PdfEnd::timed_out);
}

TEST_CASE("the reader's process inherits nothing") {
  const FakeReader fake("ls /proc/self/fd | tr '\\n' ' '; /usr/bin/env");
  setenv("WINNOW_SECRET", "x", 1);  // NOLINT(concurrency-mt-unsafe)
  const int open = dup(STDOUT_FILENO);
  const std::string seen = read_pdf_layout(fake.reader(), "").xhtml;
  close(open);
  unsetenv("WINNOW_SECRET");  // NOLINT(concurrency-mt-unsafe)
  CHECK(seen.find("WINNOW_SECRET") == std::string::npos);
  CHECK(seen.find("HOME=") == std::string::npos);
  // The fourth is the folder that ls reads.
  CHECK(seen.starts_with("0 1 2 3 "));
  CHECK(seen.find(" 4 ") == std::string::npos);
}

TEST_CASE("a program that cannot be started is our failure") {
  PdfReader reader;
  reader.program = "/nonexistent/pdftotext";
  CHECK_THROWS_WITH(read_pdf_layout(reader, "%PDF-"), Catch::Contains("cannot be started"));
}

TEST_CASE("many threads read at once and leave nothing open") {
  const std::string policy = fixture("policy.pdf");
  const std::string encrypted = fixture("encrypted.pdf");
  const std::string wanted = extract(policy, {}).markdown;
  const std::size_t before = open_files();
  std::atomic<unsigned> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 5; ++n) {
          if (extract(policy, {}).markdown != wanted) ++wrong;
          if (extract(encrypted, {}).marks != std::vector{Mark::no_text, Mark::encrypted}) ++wrong;
        }
        if (!children().empty()) ++wrong;
      });
    }
  }
  CHECK(wrong == 0);
  CHECK(open_files() == before);
}

}  // namespace winnow
