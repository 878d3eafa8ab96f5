// A URL, line end, a reference to resolve against it.
#include <algorithm>

#include "fuzz.hpp"
#include "model/memento_url.hpp"
#include "model/url.hpp"

using namespace winnow;

namespace {

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

/// With a colon that begins no port, "http://a:b:80/", or brackets that hold no address.
bool has_odd_host(const Url& url) {
  const bool is_address = url.host.starts_with('[') && url.host.find(']') == url.host.size() - 1;
  return url.host.find_first_of(":[]") != std::string::npos && !is_address;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto [address, reference] = fuzz::split_line(fuzz::as_text(data, size));
  // White space and controls within a URL come to its ends, where they are dropped, when it is written.
  const bool has_space =
      std::any_of(address.begin(), address.end(), [](char c) { return c >= 0 && c <= ' '; });
  if (const auto url = Url::parse(address); url && !has_space && !has_odd_host(*url)) {
    const std::string written = url->str();
    const auto again = Url::parse(written);
    fuzz::demand(again.has_value(), "a URL written is a URL");
    fuzz::demand_equal(again->str(), written, "a URL written is read as it was");
    fuzz::demand_equal(again->host, url->host, "a URL written keeps its host");
    const std::string resolved = resolve_url(*url, reference);
    fuzz::demand(resolved.size() <= address.size() + reference.size() + 16, "resolving does not multiply");
    fuzz::demand_equal(site_of_url(written), site_of_url(address), "a URL written is of the same site");
  }
  for (const std::string_view text : {address, reference}) {
    const std::string key = urlkey(text);
    fuzz::demand_equal(urlkey(text), key, "a URL has one key");
    (void)urlkey_host(key);
    (void)registrable_domain(text);
    fuzz::demand_equal(unquote(quote(text)), text, "quoting is undone by unquoting");
    fuzz::demand(is_printable_ascii(quote(text)), "what is quoted is printable");
    fuzz::demand(is_printable_ascii(quote_query_value(text)), "a query's value is printable");
    fuzz::demand(is_printable_ascii(escape_for_request(text)), "a request line is printable");
  }
  return 0;
}
