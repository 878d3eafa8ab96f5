#include "cli/harvest/capture_worker.hpp"

#include <utility>

#include <fmt/format.h>

#include "cli/harvest/missed.hpp"
#include "crawler/body.hpp"
#include "crawler/live/live_fetch.hpp"
#include "model/archived_redirect.hpp"
#include "model/headers.hpp"
#include "model/url.hpp"

namespace winnow::cli {
namespace {

/// Whether both are one request to one server.
bool is_same_request(const std::string& a, const std::string& b) {
  const auto one = live_url(a);
  const auto other = live_url(b);
  return one && other && one->str() == other->str();
}

/// Where an archived redirect leads, at the redirect's own time; nothing when it stays on its page (http to
/// https, with or without www. or a slash), whose captures the index has listed already.
std::optional<Capture> redirect_target(const Provenance& provenance) {
  const auto target = archived_redirect(provenance);
  if (!target) return {};
  Capture capture{urlkey(*target), provenance.replayed_timestamp, *target, "", {}, {}, {}};
  if (capture.urlkey == urlkey(provenance.replayed_url)) return {};
  return capture;
}

/// An archived redirect to its very own URL: a browser goes round and round, whatever the index says of it.
std::optional<Failure> redirect_loop(const Provenance& provenance) {
  const auto target = archived_redirect(provenance);
  if (!target || !is_same_request(*target, provenance.replayed_url)) return {};
  Failure failure{.reason = Reason::redirect_loop,
                  .status = provenance.statuscode,
                  .detail = fmt::format("archived is a redirect to itself, {}", one_line(*target)),
                  .hops = provenance.hops,
                  .evidence = evidence_of(provenance.original_headers, {})};
  failure.hops.push_back({provenance.memento_url, provenance.statuscode, HopKind::archived,
                          std::string(provenance.original_headers.first("Location").value_or(""))});
  return failure;
}

}  // namespace

CaptureResult CaptureWorker::decode(FetchedCapture& fetched, std::string& bytes) const {
  if (auto* failure = std::get_if<Failure>(&fetched.result.outcome))
    return {fetched.id, missed_by(std::move(*failure))};
  auto& response = std::get<ReplayedResponse>(fetched.result.outcome);
  if (auto loop = redirect_loop(response.provenance)) return {fetched.id, missed_by(std::move(*loop))};
  auto decoded = decode_body(fetched.result.asked, response, m_max_body);
  if (auto* failure = std::get_if<Failure>(&decoded)) return {fetched.id, missed_by(std::move(*failure))};

  auto& decoded_body = std::get<DecodedBody>(decoded);
  const auto content_type = response.provenance.original_headers.first("Content-Type");
  Reading reading{.body = decoded_body.sha256,
                  .content_type = std::string(content_type.value_or("")),
                  .url = response.provenance.replayed_url};
  Held held{.provenance = std::move(response.provenance),
            .content = {.reading = std::move(reading),
                        .sha1 = decoded_body.sha1,
                        .size = decoded_body.bytes.size(),
                        .body = {},
                        .text = {}},
            .mimetype = media_type(response.content_type),
            .follow = {}};
  held.follow = redirect_target(held.provenance);
  bytes = std::move(decoded_body.bytes);
  return {fetched.id, std::move(held)};
}

}  // namespace winnow::cli
