#include "cli/body_reader.hpp"

#include <ctime>
#include <utility>

#include "extract/extract.hpp"

namespace winnow::cli {

namespace {

/// The calling thread's, since it was made.
class ThreadClock {
public:
  [[nodiscard]] std::chrono::nanoseconds spent() const { return now() - m_start; }

private:
  static std::chrono::nanoseconds now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
  }
  std::chrono::nanoseconds m_start = now();
};

}  // namespace

std::chrono::nanoseconds BodyReader::read(BodyContent& content, std::string_view bytes,
                                          const BodyLookup::Known& known, std::string_view page) {
  if (!known.body) content.body = m_packer.pack(page, bytes);
  if (known.text) return {};
  const std::string& url = content.reading.url;
  const ThreadClock clock;
  const PreparedPage prepared(bytes, {.url = url, .content_type = content.reading.content_type});
  const Sha256 form = prepared.form();
  std::chrono::nanoseconds spent = clock.spent();
  content.text = *m_texts.get(
      form, url,
      [&] {
        Text text = prepared.text();
        spent = clock.spent();
        return pack_text(std::move(text));
      },
      [](const PackedText& text) { return sizeof(PackedText) + text.markdown.bytes.size(); });
  return spent;
}

}  // namespace winnow::cli
