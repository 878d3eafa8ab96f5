// The store as a site: pages for people, an archive and an API for machines.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "model/lru_cache.hpp"
#include "model/timestamp.hpp"
#include "serve/asked.hpp"
#include "serve/http_server.hpp"
#include "serve/reader_pool.hpp"
#include "serve/replay_source.hpp"
#include "serve/wayback_service.hpp"
#include "storage/overview_reader.hpp"

namespace winnow::serve {

struct ServiceOptions {
  /// Where readers find it, `https://policies.example` of a proxy; empty: http and the Host header. No slash
  /// at the end.
  std::string public_url;
  /// Names by which it may be asked, beside localhost and addresses: others may be names that an attacker
  /// lets point here.
  std::vector<std::string> hosts;
  std::string token;  ///< asked for as a password; empty: nothing is
};

/// Answers without a network, read-only; what others write to the store is seen at once.
///
/// Every answer carries headers that keep archived things from being taken for ours: a policy that allows no
/// inline script or style and nothing from elsewhere, `nosniff`, no referrer. An answer made from the store
/// is kept until the store changes, and named by its content (ETag) and by when that was first seen
/// (Last-Modified); an archived one by its content and by when it was captured.
class StoreService {
public:
  /// Throws Error when there is no store at the path, or it is none.
  StoreService(const std::filesystem::path& store, ServiceOptions options);

  /// Thread-safe.
  [[nodiscard]] HttpAnswer answer(const HttpRequest& request);

private:
  struct Kept {
    std::int64_t data_version;
    std::string content_type;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string etag;
    Timestamp since;  ///< when this server first saw that the answer is this
    std::shared_ptr<const std::string> body;
  };

  [[nodiscard]] HttpAnswer checked(const HttpRequest& request);
  [[nodiscard]] bool is_allowed_host(const std::string& host) const;
  [[nodiscard]] std::string base_url(const HttpRequest& request) const;
  [[nodiscard]] HttpAnswer cached(const HttpRequest& request, const std::string& base);
  [[nodiscard]] HttpAnswer played(const HttpRequest& request, const std::string& base);
  [[nodiscard]] HttpAnswer health();
  [[nodiscard]] HttpAnswer metrics();
  [[nodiscard]] std::int64_t data_version();

  ServiceOptions m_options;
  ReaderPool m_pool;
  StoreSource m_source;
  WaybackService m_archive;
  std::mutex m_watch_mutex;
  OverviewReader m_watch;  ///< asks whether the store has changed
  LruCache<std::string, std::shared_ptr<const Kept>> m_cache;
  struct Counters {
    std::atomic<std::uint64_t> answers[6] = {};  ///< by the hundred of their status
    std::atomic<std::uint64_t> from_cache = 0;
    std::atomic<std::uint64_t> microseconds = 0;
  } m_counters;
};

}  // namespace winnow::serve
