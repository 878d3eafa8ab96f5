#include "crawler/transfers.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include <fmt/format.h>
#include <sys/socket.h>

#include "crawler/public_address.hpp"
#include "crawler/transfer_failure.hpp"
#include "model/error.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

constexpr long k_receive_buffer = 512 * 1024;             // libcurl's largest: fewest callbacks
constexpr std::size_t k_most_reserved = 4 * 1024 * 1024;  // a Content-Length is only a promise
constexpr std::size_t k_most_header_bytes = 256 * 1024;
constexpr std::size_t k_most_pending =
    1024 * 1024;                      // what a slow sink may leave behind before the sender waits
constexpr long k_stalled_below = 10;  // bytes a second

void initialise_libcurl_once() {
  static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK) throw error("libcurl cannot be initialised: {}", curl_easy_strerror(result));
}

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  const CURLcode result = curl_easy_setopt(easy, option, value);
  if (result == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (result != CURLE_OK) {
    throw error("this libcurl lacks an option that winnow needs ({}): {}", static_cast<int>(option),
                curl_easy_strerror(result));
  }
}

void check(CURLMcode result) {
  if (result != CURLM_OK) throw error("libcurl failed: {}", curl_multi_strerror(result));
}

CurlList list_of(const std::vector<std::string>& fields) {
  CurlList list;
  for (const auto& field : fields) {
    auto* const longer = curl_slist_append(list.get(), field.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(list.release());  // it is the head of the longer one
    list.reset(longer);
  }
  return list;
}

bool is_loopback(const std::string& url) {
  const auto parts = Url::parse(url);
  return parts && (parts->host == "localhost" || parts->host == "[::1]" || parts->host.starts_with("127."));
}

}  // namespace

struct Transfers::Slot {
  CurlEasy easy{curl_easy_init()};
  HttpRequest request;
  CurlList fields;
  HttpAnswer answer;
  std::string pending;  // body bytes that the sink has yet to see
  std::array<char, CURL_ERROR_SIZE> error_text{};
  std::size_t header_bytes = 0;
  bool in_head = false;
  bool paused = false;
  bool active = false;
  bool has_enough = false;        // the body's start was asked for, and is there
  const char* aborted = nullptr;  // why a callback gave up; static text
  bool barred = false;            // an address that may not be reached

  static std::size_t on_header(char* data, std::size_t one, std::size_t count, void* self) noexcept {
    const std::size_t size = one * count;
    try {
      return static_cast<Slot*>(self)->take_header({data, size}) ? size : 0;
    } catch (...) {
      static_cast<Slot*>(self)->aborted = "out of memory";
      return 0;
    }
  }

  static std::size_t on_body(char* data, std::size_t one, std::size_t count, void* self) noexcept {
    try {
      return static_cast<Slot*>(self)->take_body({data, one * count});
    } catch (...) {
      static_cast<Slot*>(self)->aborted = "out of memory";
      return 0;
    }
  }

  static curl_socket_t on_socket(void* self, curlsocktype, curl_sockaddr* address) noexcept {
    if (!is_public(address->addr)) {
      static_cast<Slot*>(self)->barred = true;
      return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  bool take_header(std::string_view line) {
    header_bytes += line.size();
    if (header_bytes > k_most_header_bytes) {
      aborted = "the response's header fields are larger than 256 KiB";
      return false;
    }
    if (!in_head && line.starts_with("HTTP/")) {  // a new head; the one before was interim (100, 103)
      in_head = true;
      answer.headers.clear();
      return true;
    }
    if (!in_head) return true;  // a trailer
    if (line == "\r\n" || line == "\n") {
      in_head = false;
    } else {
      answer.headers.add_line(line);
    }
    return true;
  }

  std::size_t take_body(std::string_view piece) {
    if (answer.received == 0 && !begin_body()) return 0;
    if (request.sink) {
      if (pending.size() >= k_most_pending) {
        paused = true;
        return CURL_WRITEFUNC_PAUSE;
      }
      pending.append(piece);
    } else {
      const std::size_t room = request.max_body - answer.body.size();
      if (piece.size() > room) {
        if (request.start_is_enough) {
          answer.body.append(piece.substr(0, room));
          answer.received += room;
          has_enough = true;
        } else {
          answer.end = TransferEnd::too_large;
        }
        return 0;
      }
      answer.body.append(piece);
    }
    answer.received += piece.size();
    return piece.size();
  }

  bool begin_body() {
    answer.status = response_code();
    if (request.sink) return true;
    curl_off_t length = -1;
    curl_easy_getinfo(easy.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    if (length <= 0) return true;
    if (static_cast<std::size_t>(length) > request.max_body && !request.start_is_enough) {
      answer.end = TransferEnd::too_large;
      return false;
    }
    answer.body.reserve(std::min({static_cast<std::size_t>(length), request.max_body, k_most_reserved}));
    return true;
  }

  [[nodiscard]] int response_code() const {
    long code = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &code);
    return static_cast<int>(code);
  }
};

Transfers::Transfers(TransferOptions options) : m_options(std::move(options)) {
  assert(m_options.parallel > 0);
  initialise_libcurl_once();
  m_multi.reset(curl_multi_init());
  if (!m_multi) throw std::bad_alloc();
  keep_connections(m_options.parallel);
  check(
      curl_multi_setopt(m_multi.get(), CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(m_options.parallel)));
  for (std::size_t i = 0; i < m_options.parallel; ++i) {
    auto slot = std::make_unique<Slot>();
    CURL* easy = slot->easy.get();
    if (easy == nullptr) throw std::bad_alloc();
    set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(easy, CURLOPT_USERAGENT, m_options.user_agent.c_str());
    set(easy, CURLOPT_FOLLOWLOCATION, 0L);
    set(easy, CURLOPT_NOSIGNAL, 1L);
    set(easy, CURLOPT_NOPROGRESS, 1L);
    set(easy, CURLOPT_BUFFERSIZE, k_receive_buffer);
    set(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    set(easy, CURLOPT_DNS_CACHE_TIMEOUT, 600L);
    set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_options.connect_timeout.count()));
    set(easy, CURLOPT_LOW_SPEED_LIMIT, k_stalled_below);
    set(easy, CURLOPT_ERRORBUFFER, slot->error_text.data());
    set(easy, CURLOPT_HEADERFUNCTION, &Slot::on_header);
    set(easy, CURLOPT_HEADERDATA, static_cast<void*>(slot.get()));
    set(easy, CURLOPT_WRITEFUNCTION, &Slot::on_body);
    set(easy, CURLOPT_WRITEDATA, static_cast<void*>(slot.get()));
    set(easy, CURLOPT_PRIVATE, static_cast<void*>(slot.get()));
    m_slots.push_back(std::move(slot));
  }
}

Transfers::~Transfers() {
  for (const auto& slot : m_slots) {
    if (slot->active) curl_multi_remove_handle(m_multi.get(), slot->easy.get());
  }
}

void Transfers::start(HttpRequest request) {
  const auto free = std::find_if(m_slots.begin(), m_slots.end(), [](const auto& s) { return !s->active; });
  assert(free != m_slots.end());
  Slot& slot = **free;
  slot.request = std::move(request);
  slot.answer = {};
  slot.pending.clear();
  slot.error_text[0] = '\0';
  slot.header_bytes = 0;
  slot.in_head = slot.paused = slot.has_enough = false;
  slot.aborted = nullptr;
  slot.barred = false;
  CURL* easy = slot.easy.get();
  set(easy, CURLOPT_URL, slot.request.url.c_str());
  const bool checked = slot.request.reach == Reach::public_only && !proxy_is_set();
  set(easy, CURLOPT_OPENSOCKETFUNCTION, checked ? &Slot::on_socket : nullptr);
  set(easy, CURLOPT_OPENSOCKETDATA, static_cast<void*>(&slot));
  // A connection from before was perhaps opened unchecked.
  set(easy, CURLOPT_FRESH_CONNECT, checked ? 1L : 0L);
  // libcurl would ask a proxy of the environment even for this machine, where rehearsals are served.
  set(easy, CURLOPT_PROXY, is_loopback(slot.request.url) ? "" : static_cast<const char*>(nullptr));
  slot.fields = list_of(slot.request.fields);
  set(easy, CURLOPT_HTTPHEADER, slot.fields.get());
  set(easy, CURLOPT_ACCEPT_ENCODING, slot.request.accept_encoding.c_str());
  set(easy, CURLOPT_HTTP_CONTENT_DECODING, slot.request.sink ? 1L : 0L);
  set(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(slot.request.stall_timeout.count()));
  set(easy, CURLOPT_TIMEOUT, static_cast<long>(slot.request.total_timeout.count()));
  check(curl_multi_add_handle(m_multi.get(), easy));
  slot.active = true;
  ++m_active;
}

void Transfers::keep_connections(std::size_t most) {
  check(curl_multi_setopt(m_multi.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(most)));
}

void Transfers::drive(std::chrono::milliseconds at_most) {
  int running = 0;
  check(curl_multi_perform(m_multi.get(), &running));
  if (deliver()) return;
  const auto wait =
      static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(at_most.count(), 0, 3'600'000));
  check(curl_multi_poll(m_multi.get(), nullptr, 0, wait, nullptr));
  check(curl_multi_perform(m_multi.get(), &running));
  deliver();
}

void Transfers::abandon_streams() {
  for (const auto& slot : m_slots) {
    if (!slot->active || !slot->request.sink) continue;
    curl_multi_remove_handle(m_multi.get(), slot->easy.get());
    slot->active = false;
    slot->pending.clear();
    slot->request = {};
    --m_active;
  }
}

void Transfers::wake() {
  curl_multi_wakeup(m_multi.get());
}

/// Hands on what perform() collected. Outside of libcurl's callbacks, so that ours may throw, block and
/// start.
bool Transfers::deliver() {
  bool any = false;
  for (std::size_t i = 0; i < m_slots.size(); ++i)
    any |= deliver_piece(*m_slots[i]);
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(m_multi.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode result = message->data.result;
    char* self = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
    finish(*reinterpret_cast<Slot*>(self), result);
    any = true;
  }
  return any;
}

bool Transfers::deliver_piece(Slot& slot) {
  if (!slot.active || slot.pending.empty()) return false;
  slot.request.sink(slot.answer, slot.pending);
  slot.pending.clear();
  if (slot.paused) {
    slot.paused = false;
    curl_easy_pause(slot.easy.get(), CURLPAUSE_CONT);  // may call on_body at once
  }
  return true;
}

void Transfers::finish(Slot& slot, CURLcode result) {
  deliver_piece(slot);
  HttpAnswer answer = std::move(slot.answer);
  CURL* easy = slot.easy.get();
  answer.status = slot.response_code();
  const char* peer = nullptr;
  curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &peer);
  if (peer != nullptr) answer.peer = peer;
  if (slot.barred) {
    answer.end = TransferEnd::no_way;
    answer.detail = "the host's address is none of the public internet";
  } else if (answer.end == TransferEnd::too_large) {
    answer.detail = fmt::format("more than {} bytes", slot.request.max_body);
    answer.body = {};
  } else if (slot.aborted != nullptr) {
    answer.end = TransferEnd::broken;
    answer.detail = slot.aborted;
  } else if (result != CURLE_OK && !slot.has_enough) {
    tell_failure(easy, result, slot.error_text.data(), slot.request.url, answer);
    // Its name for a field of more than 100 KiB.
    if (result == CURLE_OUT_OF_MEMORY && slot.in_head) answer.detail = "a header field is too long";
  } else if (slot.in_head) {  // to libcurl a whole answer without a body
    answer.end = TransferEnd::cut;
    answer.detail = "the connection was closed within the header fields";
  }
  auto done = std::move(slot.request.done);
  curl_multi_remove_handle(m_multi.get(), easy);
  slot.request = {};
  slot.active = false;
  --m_active;
  done(std::move(answer));
}

}  // namespace winnow
