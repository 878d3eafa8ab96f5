#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <spdlog/spdlog.h>

#include "cli/counted.hpp"
#include "cli/export/export_formats.hpp"
#include "cli/export/export_options.hpp"
#include "formats/child_process.hpp"
#include "formats/git_commit.hpp"
#include "formats/partial_path.hpp"
#include "model/error.hpp"

namespace winnow::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  ExportOptions common;
  std::string folder;
};

/// The branch as it was before its history was rewritten.
constexpr std::string_view k_before = "refs/winnow/before";

std::vector<std::string> git(const fs::path& repository, std::vector<std::string> words) {
  words.insert(words.begin(), {"git", "--git-dir=" + repository.string()});
  return words;
}

/// What an earlier export has written, oldest first: each commit's name and git_identity().
class WrittenCommits {
public:
  explicit WrittenCommits(const fs::path& repository) : m_folder(repository.string()) {
    ChildProcess refs(git(repository, {"for-each-ref", "--format=%(objectname)", std::string(k_git_branch)}),
                      ChildProcess::Speaks::yes);
    m_tip = refs.read_line().value_or("");
    if (refs.finish() != 0) throw error("{} is there and is no repository that git can read", m_folder);
    if (m_tip.empty()) return;
    m_log.emplace(git(repository, {"log", "--reverse", "--first-parent",
                                   "--format=%H%x09%(trailers:key=Version-Id,valueonly,separator=)%x09"
                                   "%(trailers:key=Series,valueonly,separator=)%x09"
                                   "%(trailers:key=Text-SHA256,valueonly,separator=)",
                                   std::string(k_git_branch)}),
                  ChildProcess::Speaks::yes);
    advance();
  }

  /// Empty at the end.
  [[nodiscard]] const std::string& identity() const { return m_identity; }
  [[nodiscard]] const std::string& name() const { return m_name; }
  [[nodiscard]] bool at_end() const { return m_name.empty(); }

  /// The branch as it was found; empty when there was none.
  [[nodiscard]] const std::string& tip() const { return m_tip; }

  void advance() {
    m_name.clear();
    m_identity.clear();
    const auto line = m_log->read_line();
    if (!line) {
      // Half a history is no end: what git could not read would be written a second time.
      if (const int code = m_log->finish(); code != 0)
        throw error("git can't read the history in {} (exit code {}); `git fsck` tells what is damaged",
                    m_folder, code);
      return;
    }
    const std::size_t tab = line->find('\t');
    m_name = line->substr(0, tab);
    m_identity = tab == std::string::npos ? std::string() : line->substr(tab + 1);
    if (m_identity.starts_with('\t') || m_identity.empty())
      throw error("{} is a repository with commits of others; give a folder that is not there yet", m_folder);
  }

private:
  std::string m_folder;
  std::string m_tip;
  std::optional<ChildProcess> m_log;
  std::string m_name;
  std::string m_identity;
};

/// Brings the branch to what the store has: as it is written, so far as that still holds, and from there on
/// anew.
void write_history(ExportJob& job, const fs::path& repository) {
  WrittenCommits written(repository);
  std::optional<ChildProcess> stream;
  std::string parent;  // the last commit that stays
  const auto open_stream = [&] {
    stream.emplace(git(repository, {"fast-import", "--quiet", "--force", "--done", "--date-format=raw"}),
                   ChildProcess::Speaks::no);
    if (!written.at_end()) {
      spdlog::warn(
          "history is rewritten {}: what is in the store is not what was written, as older versions have "
          "come "
          "in or others were selected; it was {}",
          parent.empty() ? "from its beginning" : "after " + parent, written.tip());
      stream->write(fmt::format("reset {}\nfrom {}\n\n", k_before, written.tip()));
      if (!parent.empty()) stream->write(fmt::format("reset {}\nfrom {}\n\n", k_git_branch, parent));
    }
  };
  std::size_t kept = 0;
  std::size_t added = 0;
  job.reader().for_each(job.selection(), ExportUnit::versions, ExportOrder::by_time,
                        [&](const ExportedRecord& exported) {
                          if (!stream && !written.at_end() && written.identity() == git_identity(exported)) {
                            parent = written.name();
                            written.advance();
                            ++kept;
                            return;
                          }
                          if (!stream) open_stream();
                          stream->write(git_commit(exported, added == 0 ? parent : std::string()));
                          ++added;
                        });
  if (!stream && !written.at_end()) {
    if (parent.empty()) {
      spdlog::warn("nothing is selected; the history stays as it is");
      return;
    }
    open_stream();
  }
  if (stream) {
    stream->write("done\n");
    if (const int code = stream->finish(); code != 0)
      throw error("git fast-import has failed with exit code {}; the history is as it was", code);
  }
  spdlog::info("{} added to {} of before", counted(added, "commit"), kept);
}

ExitCode run(const Options& options) {
  ExportJob job(options.common);
  const fs::path folder = options.folder;
  std::error_code problem;
  const bool is_there = fs::exists(folder, problem);
  if (problem) throw error("can't look at {}: {}", folder.string(), problem.message());
  if (is_there) {
    write_history(job, folder);
    return ExitCode::done;
  }
  // Whoever finds the folder finds the whole history in it.
  PartialPath partial(folder, PartialPath::Kind::folder);
  ChildProcess init({"git", "init", "--quiet", "--bare", "--initial-branch=main", partial.path().string()},
                    ChildProcess::Speaks::no);
  if (init.finish() != 0) throw error("git can't make a repository at {}", partial.path().string());
  write_history(job, partial.path());
  partial.commit();
  return ExitCode::done;
}

}  // namespace

void add_export_git(CLI::App& parent, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = parent.add_subcommand("git", "A bare git repository: one file a series, one commit a version");
  sub->add_option("DIR", options->folder, "Made if it is not there; else what is new is added")->required();
  add_export_options(*sub, options->common, WithCursor::no);
  sub->footer(
      "Example:\n  winnow export git policies.git\n  git -C policies.git log -p --word-diff -- "
      "soompi.com/privacy.md\nCommits are in the order of the captures' times, over all series. When older "
      "versions have come into the\nstore, the history is written anew from there on, which is said. Needs "
      "git.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
