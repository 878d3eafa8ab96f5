// A WARC file of any bytes: plain, gzip or zstd.
#include <stdexcept>

#include <sys/mman.h>
#include <unistd.h>

#include "formats/warc_http.hpp"
#include "formats/warc_reader.hpp"
#include "fuzz.hpp"
#include "model/error.hpp"

using namespace winnow;

namespace {

/// Bytes as a file that lies on no disk.
class MemoryFile {
public:
  explicit MemoryFile(std::string_view bytes) : m_file(memfd_create("warc", 0)) {
    fuzz::demand(
        m_file >= 0 && write(m_file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
        "the machine has memory");
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { close(m_file); }
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(m_file); }

private:
  int m_file;
};

constexpr RecordLimits k_limits{.block = 1U << 20U, .skipped = 4U << 20U};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::as_text(data, size);
  const MemoryFile file(bytes);
  try {
    WarcReader reader(file.path(), k_limits);
    std::size_t records = 0;
    while (const auto record = reader.next()) {
      fuzz::demand(
          record->position.offset < size && record->position.length <= size - record->position.offset,
          "a record lies within its file");
      fuzz::demand(record->block.size() <= k_limits.block, "a block is within its limit");
      const auto again = read_record_at(bytes, record->position, k_limits);
      fuzz::demand(again.has_value(), "a record is found where it was");
      fuzz::demand_equal(again->block, record->block, "a record is the same when read again");
      if (const auto response = parse_http_response(record->block)) {
        fuzz::demand(response->body_offset <= record->block.size(), "a body begins within its block");
        fuzz::demand(stored_body(record->block, *response, 1U << 20U).size() <= 1U << 20U,
                     "a body has a limit");
      }
      ++records;
    }
    fuzz::demand(records <= size, "records end");
    for (const WarcDamage& damage : reader.damage())
      fuzz::demand(damage.offset <= size && !damage.what.empty(), "damage lies within its file");
  } catch (const Error&) {  // nothing in it looks like WARC
  }
  return 0;
}
