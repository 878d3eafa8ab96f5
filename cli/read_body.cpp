#include "cli/read_body.hpp"

#include <ctime>

#include "extract/extract.hpp"

namespace winnow::cli {

namespace {

std::chrono::nanoseconds thread_cpu_time() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

}  // namespace

std::chrono::nanoseconds read_body(BodyContent& content, std::string_view bytes,
                                   const BodyLookup::Known& known, BodyPacker& packer,
                                   std::string_view page) {
  if (!known.body) content.body = packer.pack(page, bytes);
  if (known.text) return {};
  const auto start = thread_cpu_time();
  auto text = extract(bytes, {.url = content.reading.url, .content_type = content.reading.content_type});
  const auto spent = thread_cpu_time() - start;
  content.text = pack_text(std::move(text));
  return spent;
}

}  // namespace winnow::cli
