#include "cli/harvest/capture_worker.hpp"

#include <utility>

#include "cli/harvest/missed.hpp"
#include "crawler/body.hpp"
#include "model/headers.hpp"
#include "model/http_status.hpp"
#include "model/url.hpp"

namespace winnow::cli {
namespace {

/// Where an archived redirect leads, at the redirect's own time; nothing when it stays on its page (http to
/// https, with or without www. or a slash), whose captures the index has listed already.
std::optional<Capture> redirect_target(const Provenance& provenance) {
  if (!is_redirect(provenance.statuscode)) return {};
  const auto location = provenance.original_headers.first("Location");
  const auto base = Url::parse(provenance.replayed_url);
  if (!location || location->empty() || !base) return {};
  const auto target = Url::parse(resolve_url(*base, *location));
  if (!target || !target->is_http()) return {};
  Capture capture{urlkey(target->str()), provenance.replayed_timestamp, target->str(), "", {}, {}, {}};
  if (capture.urlkey == urlkey(provenance.replayed_url)) return {};
  return capture;
}

}  // namespace

CaptureResult CaptureWorker::decode(FetchedCapture& fetched, std::string& bytes) const {
  if (auto* failure = std::get_if<Failure>(&fetched.result.outcome))
    return {fetched.id, missed_by(std::move(*failure))};
  auto& response = std::get<ReplayedResponse>(fetched.result.outcome);
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
