#include "formats/git_commit.hpp"

#include <fmt/format.h>

#include "formats/corpus_document.hpp"
#include "formats/corpus_layout.hpp"
#include "model/printable.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

constexpr std::string_view k_aside = " (aside)";
constexpr std::string_view k_file = ".md";

/// As a folder: none may be called like another series' file.
std::string folder_name(std::string_view part) {
  std::string name = corpus_folder(part);
  if (ascii_lower(name).ends_with(k_file)) name.replace(name.size() - k_file.size(), 1, "%2E");
  return name;
}

std::string trailer(std::string_view key, std::string_view value) {
  return value.empty() ? std::string() : fmt::format("{}: {}\n", key, printable(value));
}

std::string size_of_change(const VersionSummary& version) {
  if (!version.change) return fmt::format("{} words", version.word_count);
  return fmt::format("+{} -{} words", version.change->words_added, version.change->words_removed);
}

}  // namespace

std::string git_path(std::string_view site, std::string_view series) {
  const bool is_aside = series.ends_with(k_aside);
  if (is_aside) series.remove_suffix(k_aside.size());
  std::string path = folder_name(site);
  const std::size_t host_end = series.find(')');
  std::string_view rest = host_end == std::string_view::npos ? series : series.substr(host_end + 1);
  if (host_end == std::string_view::npos) {
    path += "/@";  // no web address
  } else if (const std::string host = urlkey_host(series); host != site) {
    path += "/@" + folder_name(host);
  }
  while (rest.starts_with('/'))
    rest.remove_prefix(1);
  std::string name = path;
  if (rest.empty()) name += "/@home";
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    const bool is_last = slash == std::string_view::npos;
    name += '/';
    // Two slashes side by side have an empty name between.
    name += is_last ? corpus_folder(rest) : folder_name(rest.substr(0, slash));
    rest.remove_prefix(is_last ? rest.size() : slash + 1);
    if (!is_last && rest.empty()) name += "/%";
  }
  // Paths of file systems end at 4096 bytes, and somebody wants to check this out in a folder of theirs.
  constexpr std::size_t k_longest = 1000;
  if (name.size() > k_longest) name = path + "/@" + sha1(name).hex();
  return name + (is_aside ? "@aside" : "") + std::string(k_file);
}

std::string git_identity(const ExportedRecord& exported) {
  const VersionRecord& record = exported.record;
  return fmt::format("{}\t{}\t{}", record_id(exported), trim(printable(exported.series)),
                     record.version.text_sha256.hex());
}

std::string git_message(const ExportedRecord& exported) {
  const VersionRecord& record = exported.record;
  const VersionSummary& version = record.version;
  std::string name = git_path(record.site, exported.series);
  name.resize(name.size() - k_file.size());
  std::string message = fmt::format("{}: version {} ({}), {}\n\n", name, version.number,
                                    version.first_seen.date(), size_of_change(version));
  message += trailer("Version-Id", record_id(exported));
  message += trailer("Series", exported.series);
  message += trailer("Archive", record.archive);
  message += trailer("Captured", record.capture.timestamp.iso());
  message += trailer("Original", record.capture.original);
  if (record.provenance) message += trailer("Memento", record.provenance->memento_url);
  if (version.changed_after) message += trailer("Changed-After", version.changed_after->iso());
  if (version.claimed_date) message += trailer("Claimed-Date", *version.claimed_date);
  if (version.change && version.change->is_minor) message += trailer("Minor", "yes");
  if (version.returns_to) message += trailer("Returns-To", std::to_string(*version.returns_to));
  message += trailer("Text-SHA256", version.text_sha256.hex());
  if (record.body_sha256) message += trailer("Body-SHA256", record.body_sha256->hex());
  if (record.provenance) message += trailer("Digest-Check", winnow::name(record.provenance->digest_check));
  return message;
}

std::string git_commit(const ExportedRecord& exported, std::string_view parent) {
  const VersionRecord& record = exported.record;
  const std::string message = git_message(exported);
  const std::string text = render_version_document(record);
  const auto seconds = record.capture.timestamp.time().time_since_epoch().count();
  std::string commit = fmt::format(
      "commit {0}\nauthor winnow <winnow@localhost> {1} +0000\ncommitter winnow <winnow@localhost> {1} "
      "+0000\n"
      "data {2}\n{3}\n",
      k_git_branch, seconds, message.size(), message);
  if (!parent.empty()) commit += fmt::format("from {}\n", parent);
  commit += fmt::format("M 100644 inline {}\ndata {}\n{}\n", git_path(record.site, exported.series),
                        text.size(), text);
  return commit;
}

}  // namespace winnow
