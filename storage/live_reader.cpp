#include "storage/live_reader.hpp"

#include "model/provenance_json.hpp"
#include "storage/database.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;
using storage::Statement;

class LiveReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read),
        last(database,
             "SELECT c.timestamp, r.record, b.sha256, b.sha1, b.size FROM pages p "
             "CROSS JOIN captures c ON c.page_id = p.id AND c.found = 5 "
             "JOIN provenance r ON r.capture_id = c.id JOIN bodies b ON b.id = c.body_id "
             "WHERE p.urlkey = ? ORDER BY c.timestamp DESC LIMIT 1") {}

  storage::Database database;
  Statement last;
};

LiveReader::LiveReader(const std::filesystem::path& path)
    : m_queries(guarded(path.string(), [&] { return std::make_unique<Queries>(path); })) {}

LiveReader::~LiveReader() = default;

std::optional<LiveCapture> LiveReader::last(std::string_view urlkey) {
  return guarded(m_queries->database.path(), [&]() -> std::optional<LiveCapture> {
    Statement& row = m_queries->last.bind(urlkey);
    if (!row.step()) return std::nullopt;
    LiveCapture capture{row.timestamp(0), parse_provenance(row.text(1)), row.digest<32>(2), row.digest<20>(3),
                        static_cast<std::uint64_t>(row.integer(4))};
    row.done();
    return capture;
  });
}

}  // namespace winnow
