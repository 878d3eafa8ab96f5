// One capture fetched: the archive's own redirects followed to an archived response, or to the reason why
// not.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "crawler/archive.hpp"
#include "crawler/dialect.hpp"
#include "crawler/replay_response.hpp"
#include "crawler/requests.hpp"
#include "model/capture.hpp"
#include "model/provenance.hpp"

namespace winnow {

/// What the archive truly played, with the body as it came over the wire (body.hpp decodes it).
struct ReplayedResponse {
  std::string urlkey;  ///< of `original`
  Timestamp timestamp;
  std::string original;
  Provenance provenance;  ///< digest_check is left for decode_body()
  std::string wire_body;
  std::string content_encoding;  ///< of wire_body, as the archive's answer claims
  std::string content_type;      ///< as the archive's answer says
};

struct FetchResult {
  Capture asked;
  std::variant<ReplayedResponse, Failure> outcome;
};

/// What becomes of an archived redirect to another spelling of its own page (http to https, `www.`).
enum class SamePage {
  keep,    ///< it is the capture: the index lists the page's others, and each is asked for itself
  follow,  ///< of a capture that no index lists, and a redirect has led to: only so the page is reached
};

/// Whether another capture was played than the one asked for: another time, or another URL (compared by
/// urlkey, which ignores scheme, `www.`, case and default port).
[[nodiscard]] bool substituted(const Capture& asked, const ReplayedResponse& response);

class ReplayFetch : public std::enable_shared_from_this<ReplayFetch> {
public:
  using OnDone = std::function<void(FetchResult&&)>;

  struct Limits {
    std::size_t max_body;
    std::chrono::seconds stall_timeout;
    std::chrono::seconds total_timeout;
  };

  ReplayFetch(Requests& requests, Archive archive, std::shared_ptr<const MementoPlaces> places, Capture asked,
              SamePage same_page, Limits limits, OnDone on_done);

  /// Submits the next request, which keeps the fetch alive.
  void ask();

private:
  Judgement judge(const HttpAnswer& answer);
  void answered(HttpAnswer&& answer);
  void archived(HttpAnswer&& answer);
  void redirected(const HttpAnswer& answer);
  void follow(Provenance&& redirect, const std::string& target);
  [[nodiscard]] bool was_sent(const std::string& url) const;
  void fail(Failure&& failure);

  Requests& m_requests;
  Archive m_archive;
  std::shared_ptr<const MementoPlaces> m_places;
  Capture m_asked;
  SamePage m_same_page;
  Limits m_limits;
  OnDone m_on_done;
  ReplayRequest m_request;                      // under way
  std::vector<Hop> m_hops;                      // before it
  std::optional<std::uint64_t> m_doubted_size;  // body bytes of an answer that looked cut
};

/// Where a redirect of the archive itself leads, if it stays within the archive of `base_url`: absolute,
/// without fragment, fit for a request line. http and https on their default ports are the same archive,
/// asked by the base URL's scheme.
[[nodiscard]] std::optional<std::string> hop_within_archive(std::string_view base_url, std::string_view from,
                                                            std::string_view location);

}  // namespace winnow
