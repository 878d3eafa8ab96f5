#include "cli/extract/page_reader.hpp"

#include <utility>

#include <spdlog/spdlog.h>

#include "cli/extract/extracted_page.hpp"
#include "cli/extract/text_record.hpp"
#include "model/body_limit.hpp"
#include "model/content_encoding.hpp"
#include "model/printable.hpp"

namespace winnow::cli {

std::optional<std::string> PageReader::read(const std::string& file, WarcPage page) {
  const Capture& capture = page.capture;
  const Decoded decoded = decode_content(std::move(page.body), page.content_encoding, k_largest_body);
  if (decoded.status != DecodeStatus::ok) {
    spdlog::error("{}: {} {} left out: {}", shown_name(file), capture.timestamp.digits(),
                  printable(capture.original), describe(decoded.status, k_largest_body));
    return std::nullopt;
  }
  const auto reading = read_body(
      decoded.body, {.url = capture.original, .content_type = page.content_type, .section = m_section});
  return text_record({.file = file,
                      .offset = page.offset,
                      .url = capture.original,
                      .timestamp = capture.timestamp,
                      .statuscode = capture.statuscode,
                      .mimetype = capture.mimetype,
                      .digest = capture.digest},
                     reading->text, reading->analysis) +
         '\n';
}

std::shared_ptr<const PageReader::Reading> PageReader::read_body(std::string_view body, const Hints& hints) {
  const PreparedPage prepared(body, hints);
  Sha256Hasher hasher;
  hasher.update(prepared.form().raw());
  hasher.update(hints.url);
  return m_readings.get(
      hasher.finish(), hints.url,
      [&] {
        Text text = prepared.text();
        Analysis analysis = analyse(text, hints.url);
        return Reading{std::move(text), std::move(analysis)};
      },
      [](const Reading& reading) {
        const std::size_t facts = 64 * (reading.analysis.facts.outline.size() + 8);
        return sizeof(Reading) + reading.text.markdown.size() + facts;
      });
}

}  // namespace winnow::cli
