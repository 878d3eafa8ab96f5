// A store of a test's own, served without a network.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "serve/store_service.hpp"
#include "tests/unit/storage/store_fixture.hpp"

namespace winnow::test {

/// What a page was like at a time.
struct Seen {
  std::uint64_t time;
  std::string url;
  std::string title;
  std::string markdown;
  std::string body = {};  ///< of the capture; made of the Markdown when empty
  std::string type = "text/html";
  std::vector<std::pair<std::string, std::string>> headers = {};
};

inline Held held_page(const Capture& capture, const Seen& seen) {
  const std::string body = seen.body.empty() ? "<p>" + seen.markdown + "</p>" : seen.body;
  Text words = text(seen.markdown);
  words.title = seen.title;
  Held held{.provenance = provenance(capture),
            .content = {.reading = {.body = sha256(body), .content_type = seen.type, .url = capture.original},
                        .sha1 = sha1(body),
                        .size = body.size(),
                        .body = pack(body),
                        .text = pack_text(words)},
            .mimetype = seen.type,
            .follow = {}};
  held.provenance.original_headers.add("Content-Type", seen.type);
  for (const auto& [name, value] : seen.headers)
    held.provenance.original_headers.add(name, value);
  return held;
}

inline void add_pages(StoreFixture& fixture, const std::vector<Seen>& pages) {
  std::vector<Capture> captures;
  for (const Seen& seen : pages)
    captures.push_back(capture(seen.time, seen.url, seen.title + seen.markdown + seen.body));
  fixture.plan(fixture.list(captures).pages, Selection::all);
  for (const auto& claimed : fixture.store->claim(1000)) {
    for (std::size_t i = 0; i < pages.size(); ++i) {
      if (captures[i].timestamp == claimed.capture.timestamp &&
          captures[i].original == claimed.capture.original)
        fixture.store->record(std::vector{CaptureResult{claimed.id, held_page(claimed.capture, pages[i])}});
    }
  }
  fixture.arrive();
}

inline serve::HttpRequest request(const std::string& target, const std::string& host = "127.0.0.1:8088") {
  return {.method = "GET", .target = target, .host = host};
}

struct Got {
  int status = 0;
  std::string type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;

  [[nodiscard]] std::string header(const std::string& name) const {
    for (const auto& [field, value] : headers) {
      if (field == name) return value;
    }
    return {};
  }
};

inline Got get(serve::StoreService& service, const serve::HttpRequest& asked) {
  serve::HttpAnswer answer = service.answer(asked);
  Got got{answer.status, answer.content_type, {}, answer.headers};
  if (auto* text = std::get_if<std::string>(&answer.body)) got.body = *text;
  if (auto* bytes = std::get_if<std::shared_ptr<const std::string>>(&answer.body); bytes && *bytes)
    got.body = **bytes;
  if (auto* source = std::get_if<serve::BodySource>(&answer.body)) {
    while ((*source)(got.body)) {
    }
  }
  return got;
}

inline Got get(serve::StoreService& service, const std::string& target) {
  return get(service, request(target));
}

}  // namespace winnow::test
