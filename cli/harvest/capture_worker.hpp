// From an archive's answer to what the store keeps: the pipeline's middle stage. Runs in worker threads.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <vector>

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
  /// `claims` is shared by all workers; `max_body` bounds decompressed bodies.
  CaptureWorker(const std::filesystem::path& store, BodyClaims& claims, std::size_t max_body)
      : m_lookup(store), m_claims(&claims), m_max_body(max_body) {}

  /// Decodes, digests and, when the body is new, packs and extracts it, and calls `send` for each result that
  /// may go to the store now, in an order the store can take.
  template <class Send>
  void work(FetchedCapture fetched, Send send);

  /// CPU time that this worker has spent on extraction alone.
  [[nodiscard]] std::chrono::nanoseconds extraction_time() const { return m_extraction; }

private:
  CaptureResult decode(FetchedCapture& fetched, std::string& body) const;
  void fill_in(Held& held, const std::string& body);

  BodyLookup m_lookup;
  BodyClaims* m_claims;
  std::size_t m_max_body;
  std::chrono::nanoseconds m_extraction{0};
};

template <class Send>
void CaptureWorker::work(FetchedCapture fetched, Send send) {
  std::string body;
  auto result = decode(fetched, body);
  auto* held = std::get_if<Held>(&result.outcome);
  if (held == nullptr) return send(std::move(result));

  const auto sha256 = held->sha256;
  switch (m_claims->claim(sha256, result)) {
    case BodyClaims::Claim::parked:
      return;
    case BodyClaims::Claim::queued:
      return send(std::move(result));
    case BodyClaims::Claim::ours:
      break;
  }
  const bool known = m_lookup.holds(sha256);
  if (!known) fill_in(*held, body);
  send(std::move(result));
  for (auto& parked : known ? m_claims->known(sha256) : m_claims->sent(sha256))
    send(std::move(parked));
}

}  // namespace winnow::cli
