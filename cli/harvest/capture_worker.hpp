// From an archive's answer to what the store keeps: the pipeline's middle stage. Runs in worker threads.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/body_reader.hpp"
#include "cli/harvest/body_claims.hpp"
#include "crawler/archive_client.hpp"
#include "storage/body_lookup.hpp"
#include "storage/capture_result.hpp"

namespace winnow::cli {

/// A fetched capture and the frontier's row that it answers.
struct FetchedCapture {
  CaptureId id{};
  FetchResult result;
};

class CaptureWorker {
public:
  /// `claims` and `reader` are shared by all workers; `max_body` bounds decompressed bodies.
  CaptureWorker(const std::filesystem::path& store, BodyClaims& claims, BodyReader& reader,
                std::size_t max_body)
      : m_lookup(store), m_claims(&claims), m_reader(&reader), m_max_body(max_body) {}

  /// Decodes, digests and, when the body is new, packs and extracts it, and calls `send` for each result that
  /// may go to the store now, in an order the store can take.
  template <class Send>
  void work(FetchedCapture fetched, Send send);

  /// CPU time that this worker has spent on extraction alone.
  [[nodiscard]] std::chrono::nanoseconds extraction_time() const { return m_extraction; }

private:
  CaptureResult decode(FetchedCapture& fetched, std::string& body) const;

  BodyLookup m_lookup;
  BodyClaims* m_claims;
  BodyReader* m_reader;
  std::size_t m_max_body;
  std::chrono::nanoseconds m_extraction{0};
};

template <class Send>
void CaptureWorker::work(FetchedCapture fetched, Send send) {
  std::string bytes;
  auto result = decode(fetched, bytes);
  auto* held = std::get_if<Held>(&result.outcome);
  if (held == nullptr) return send(std::move(result));

  const Reading reading = held->content.reading;
  switch (m_claims->claim(reading, result)) {
    case BodyClaims::Claim::parked:
      return;
    case BodyClaims::Claim::queued:
      return send(std::move(result));
    case BodyClaims::Claim::ours:
      break;
  }
  const std::string& page = fetched.result.asked.urlkey;
  const auto known = m_lookup.knows(reading);
  m_extraction += m_reader->read(held->content, bytes, known, page);
  const int depth = known.body ? known.depth : held->content.body->depth;
  send(std::move(result));
  m_reader->sent(page, reading, std::move(bytes), depth);
  for (auto& parked : known.text ? m_claims->known(reading) : m_claims->sent(reading))
    send(std::move(parked));
}

}  // namespace winnow::cli
