#include "cli/body_reader.hpp"

#include <algorithm>
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

bool is_fallback(const Text& text) {
  return std::find(text.marks.begin(), text.marks.end(), Mark::fallback) != text.marks.end();
}

}  // namespace

std::chrono::nanoseconds BodyReader::read(BodyContent& content, std::string_view bytes,
                                          const BodyLookup::Known& known, std::string_view page) {
  if (!known.body) content.body = m_packer.pack(page, bytes);
  if (known.text) return {};
  const std::string& url = content.reading.url;
  const ThreadClock clock;
  const PreparedPage prepared(bytes, {.url = url, .content_type = content.reading.content_type});
  const Sha256 form = prepared.form();
  if (const auto same = m_texts.find(form);
      same && (!(*same)->text.text.depends_on_url || (*same)->url == url)) {
    content.text = (*same)->text;
    return clock.spent();
  }
  Text text = prepared.text();
  const auto spent = clock.spent();
  content.text = pack_text(std::move(text));
  if (!is_fallback(content.text->text)) {
    const std::size_t cost = sizeof(KnownText) + url.size() + content.text->markdown.bytes.size();
    m_texts.keep(form, std::make_shared<const KnownText>(KnownText{url, *content.text}), cost);
  }
  return spent;
}

}  // namespace winnow::cli
