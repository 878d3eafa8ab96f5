#include "formats/warc_capture.hpp"

#include <array>

#include "formats/warc_http.hpp"
#include "model/digest.hpp"
#include "model/url.hpp"

namespace winnow {
namespace {

bool is_web_url(std::string_view uri) {
  const std::string scheme = ascii_lower(uri.substr(0, uri.find(':')));
  return scheme == "http" || scheme == "https" || scheme == "ftp";
}

std::optional<Sha1> stated_digest(const WarcRecord& record) {
  const auto stated = record.headers.first("WARC-Payload-Digest");
  return stated ? parse_cdx_digest(*stated) : std::nullopt;
}

RefersTo refers_to(const WarcRecord& record) {
  RefersTo target;
  target.uri = record.headers.first("WARC-Refers-To-Target-URI").value_or("");
  if (const auto date = record.headers.first("WARC-Refers-To-Date")) {
    target.date = Timestamp::parse_partial(date->substr(0, date->find('.')), Timestamp::Round::down);
  }
  target.not_modified = record.headers.first("WARC-Profile").value_or("").ends_with("server-not-modified");
  return target;
}

Capture cdx_row(const WarcRecord& record) {
  const std::string original(record.target_uri());
  Capture row{urlkey(original), record.date, original, "warc/revisit", {}, stated_digest(record), {}};
  if (record.position.unpacked == 0) row.length = record.position.length;
  return row;
}

}  // namespace

std::optional<WarcCapture> capture_of(WarcRecord record) {
  const bool is_revisit = record.type == "revisit";
  const bool is_response = record.type == "response";
  if ((!is_revisit && !is_response && record.type != "resource") || !is_web_url(record.target_uri()))
    return {};

  WarcCapture found{cdx_row(record), {}, {}, {}, {}, {}};
  found.source_uri = record.headers.first("WARC-Source-URI").value_or("");
  auto response = is_response || is_revisit ? parse_http_response(record.block) : std::nullopt;
  if (response) {
    found.statuscode = response->status;
    found.headers = response->headers;
  }
  if (is_revisit) {
    found.refers_to = refers_to(record);
    return found;
  }
  if (response) {
    const std::size_t limit = record.block.size();
    found.body = stored_body(std::move(record.block), *response, limit);
  } else {  // no HTTP envelope: the record's own type is the body's
    found.statuscode = 200;
    if (const auto type = record.headers.first("Content-Type"))
      found.headers.add("Content-Type", std::string(*type));
    found.body = std::move(record.block);
  }
  found.capture.statuscode = found.statuscode;
  const std::string type = media_type(found.headers.first("Content-Type").value_or(""));
  found.capture.mimetype = type.empty() ? "unk" : type;
  if (!found.capture.digest) found.capture.digest = sha1(found.body);
  return found;
}

}  // namespace winnow
