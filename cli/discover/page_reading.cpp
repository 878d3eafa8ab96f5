#include "cli/discover/page_reading.hpp"

#include <optional>
#include <utility>

#include "crawler/body.hpp"
#include "extract/analysis.hpp"
#include "extract/page_links.hpp"
#include "extract/page_pointers.hpp"
#include "model/archived_redirect.hpp"
#include "model/http_status.hpp"

namespace winnow::cli {
namespace {

/// "This page has moved. If nothing happens, follow the link."
constexpr std::uint32_t k_words_of_signpost = 60;

constexpr std::size_t k_most_kept = std::size_t{2} << 20U;

std::shared_ptr<const PlayedPage> played_page(const Capture& asked, ReplayedResponse&& response,
                                              DecodedBody&& body) {
  if (body.bytes.size() > k_most_kept || substituted(asked, response)) return nullptr;
  const auto content_type = response.provenance.original_headers.first("Content-Type");
  std::string type(content_type.value_or(""));
  return std::make_shared<PlayedPage>(
      PlayedPage{asked, std::move(response.provenance), std::move(type), std::move(body)});
}

}  // namespace

std::variant<PageReading, Failure> read_capture(FetchResult&& fetched, std::size_t max_body) {
  if (auto* failure = std::get_if<Failure>(&fetched.outcome)) return std::move(*failure);
  auto& response = std::get<ReplayedResponse>(fetched.outcome);
  PageReading reading{.url = response.provenance.replayed_url,
                      .timestamp = response.provenance.replayed_timestamp,
                      .status = response.provenance.statuscode};
  if (is_redirect(response.provenance.statuscode)) {
    reading.leads_to = archived_redirect(response.provenance).value_or(reading.url);
    return reading;
  }
  auto decoded = decode_body(fetched.asked, response, max_body);
  if (auto* failure = std::get_if<Failure>(&decoded)) return std::move(*failure);
  if (response.provenance.statuscode != 200) return reading;

  auto& body = std::get<DecodedBody>(decoded);
  const std::string& bytes = body.bytes;
  const auto content_type = response.provenance.original_headers.first("Content-Type");
  const Hints hints{.url = reading.url,
                    .content_type = std::string(content_type.value_or("")),
                    .fragment = {},
                    .section = {}};
  const Text text = extract(bytes, hints);
  PagePointers pointers = page_pointers(bytes, hints);
  if (text.word_count < k_words_of_signpost) reading.leads_to = std::move(pointers.refresh);
  reading.canonical = std::move(pointers.canonical);
  Analysis analysis = analyse(text, reading.url);
  reading.gate = std::move(analysis.gate);
  reading.language = std::move(analysis.language.code);
  reading.word_count = text.word_count;
  reading.words_sha256 = text.words_sha256;
  reading.simhash = text.simhash;
  reading.links = page_links(bytes, hints);
  reading.played = played_page(fetched.asked, std::move(response), std::move(body));
  return reading;
}

}  // namespace winnow::cli
