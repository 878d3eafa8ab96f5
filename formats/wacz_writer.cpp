#include "formats/wacz_writer.hpp"

#include <exception>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/archive_handles.hpp"
#include "formats/atomic_file.hpp"
#include "model/error.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view k_warc_name = "data.warc.gz";

std::string dumped(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

/// A zip whose entries have neither time nor owner, so that the same files give the same bytes.
class ZipWriter {
public:
  explicit ZipWriter(const std::filesystem::path& path) : m_file(path), m_archive(archive_write_new()) {
    if (!m_archive) throw error("no memory to write {}", path.string());
    check(archive_write_set_format_zip(m_archive.get()));
    check(archive_write_set_bytes_per_block(m_archive.get(), 0));
    check(archive_write_open(m_archive.get(), this, nullptr, &ZipWriter::take, nullptr));
  }

  enum class Packing { stored, deflated };
  void begin(std::string_view name, std::uint64_t size, Packing packing) {
    check(packing == Packing::stored ? archive_write_zip_set_compression_store(m_archive.get())
                                     : archive_write_zip_set_compression_deflate(m_archive.get()));
    const ArchiveEntry entry(archive_entry_new());
    if (!entry) throw error("no memory to write a zip entry");
    archive_entry_set_pathname(entry.get(), std::string(name).c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    constexpr unsigned k_everybody_reads = 0644;
    archive_entry_set_perm(entry.get(), k_everybody_reads);
    check(archive_write_header(m_archive.get(), entry.get()));
  }
  void write(std::string_view bytes) {
    if (archive_write_data(m_archive.get(), bytes.data(), bytes.size()) < 0) check(ARCHIVE_FATAL);
  }
  void commit() {
    check(archive_write_close(m_archive.get()));
    m_file.commit();
  }

private:
  static la_ssize_t take(archive*, void* self, const void* bytes, std::size_t size) {
    auto* const zip = static_cast<ZipWriter*>(self);
    try {
      zip->m_file.write({static_cast<const char*>(bytes), size});
      return static_cast<la_ssize_t>(size);
    } catch (...) {
      zip->m_failure = std::current_exception();
      return -1;
    }
  }
  void check(int result) {
    if (m_failure) std::rethrow_exception(std::exchange(m_failure, nullptr));
    if (result < ARCHIVE_WARN) {
      const char* const why = archive_error_string(m_archive.get());
      throw error("can't write a zip: {}", why != nullptr ? why : "libarchive says no more");
    }
  }

  AtomicFile m_file;
  std::exception_ptr m_failure;
  ArchiveWriter m_archive;
};

struct Resource {
  std::string path;
  Sha256 sha256;
  std::uint64_t size = 0;
};

Resource put(ZipWriter& zip, const std::string& path, SpoolFile& spool, ZipWriter::Packing packing) {
  Resource resource{path, spool.finish(), spool.size()};
  zip.begin(path, resource.size, packing);
  spool.read([&zip](std::string_view piece) { zip.write(piece); });
  return resource;
}

void put(ZipWriter& zip, std::string_view path, std::string_view bytes) {
  zip.begin(path, bytes.size(), ZipWriter::Packing::deflated);
  zip.write(bytes);
}

std::string hash(const Sha256& sha256) {
  return "sha256:" + sha256.hex();
}

}  // namespace

std::string cdxj_line(const WarcExport::Written& written, std::string_view file_name) {
  Json json = Json::object();
  json["url"] = written.target_uri;
  json["mime"] = written.mimetype;
  if (written.status) json["status"] = std::to_string(*written.status);
  json["digest"] = "sha1:" + base32(written.payload);
  json["length"] = std::to_string(written.place.length);
  json["offset"] = std::to_string(written.place.offset);
  json["filename"] = file_name;
  // A key is one word; what is no URL is its own key.
  return fmt::format("{} {} {}", escape_for_request(urlkey(written.target_uri)), written.date.digits(),
                     dumped(json));
}

WaczWriter::WaczWriter(std::filesystem::path path)
    : m_path(std::move(path)),
      m_warc(m_path.parent_path()),
      m_pages(m_path.parent_path()),
      m_index(m_path.parent_path()) {
  m_pages.write("{\"format\":\"json-pages-1.0\",\"id\":\"pages\",\"title\":\"Versions\"}\n");
}

void WaczWriter::add_to_index(const WarcExport::Written& written) {
  m_index.add(cdxj_line(written, k_warc_name));
}

void WaczWriter::add_page(const ExportedRecord& exported) {
  const VersionRecord& record = exported.record;
  Json json = Json::object();
  json["id"] = record_id(exported);
  json["url"] = record.capture.original;
  json["ts"] = record.capture.timestamp.iso();
  json["title"] = record.text.title;
  m_pages.write(dumped(json) + "\n");
}

void WaczWriter::commit(std::string_view title, std::string_view program, Timestamp created) {
  SpoolFile index(m_path.parent_path());
  m_index.for_each([&index](std::string_view line) {
    index.write(line);
    index.write("\n");
  });
  ZipWriter zip(m_path);
  const Resource resources[] = {
      // Readers jump into it: it must lie there as it is.
      put(zip, fmt::format("archive/{}", k_warc_name), m_warc, ZipWriter::Packing::stored),
      // CDXJ; pywb takes an index by no other ending than .cdx and .cdx.gz.
      put(zip, "indexes/index.cdx", index, ZipWriter::Packing::deflated),
      put(zip, "pages/pages.jsonl", m_pages, ZipWriter::Packing::deflated)};
  Json package = Json::object();
  package["profile"] = "data-package";
  package["wacz_version"] = "1.1.1";
  package["title"] = title;
  package["software"] = program;
  package["created"] = created.iso();
  package["resources"] = Json::array();
  for (const Resource& resource : resources) {
    package["resources"].push_back({{"name", resource.path.substr(resource.path.rfind('/') + 1)},
                                    {"path", resource.path},
                                    {"hash", hash(resource.sha256)},
                                    {"bytes", resource.size}});
  }
  const std::string described = dumped(package, 2) + "\n";
  put(zip, "datapackage.json", described);
  put(zip, "datapackage-digest.json",
      dumped({{"path", "datapackage.json"}, {"hash", hash(sha256(described))}}, 2) + "\n");
  zip.commit();
}

}  // namespace winnow
