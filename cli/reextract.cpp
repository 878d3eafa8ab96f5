#include "cli/reextract.hpp"

#include <string>
#include <utility>

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "cli/body_reader.hpp"
#include "cli/command.hpp"
#include "cli/counted.hpp"
#include "cli/interrupt.hpp"
#include "cli/workers.hpp"
#include "model/error.hpp"
#include "model/version.hpp"
#include "storage/store_reader.hpp"

namespace winnow::cli {
namespace {

/// A second or so of work: what a sudden death undoes.
constexpr std::size_t k_batch = 256;

Reread reread(StoreReader& store, BodyReader& reader, const RereadTask& task) {
  const Reading& reading = task.reading;
  const auto bytes = store.body(reading.body);
  if (!bytes)
    throw error("the store lacks the body {}: winnow verify tells what is damaged", reading.body.hex());
  BodyContent content{.reading = reading, .sha1 = {}, .size = bytes->size(), .body = {}, .text = {}};
  reader.read(content, *bytes, {.body = true, .text = false, .depth = 0}, {});
  return {task, std::move(*content.text)};
}

}  // namespace

Reextraction reextract(const std::filesystem::path& path) {
  Rereader rereader(path, k_program);
  Workers<StoreReader> workers(path);
  BodyReader reader;
  const auto read = [&reader](StoreReader& store, const RereadTask& task) {
    return reread(store, reader, task);
  };
  while (!interrupted()) {
    const auto tasks = rereader.next(k_batch);
    if (tasks.empty()) break;
    rereader.note(workers.results(std::span(tasks), read));
  }
  Reextraction done{.outcome = {}, .left = rereader.left()};
  if (done.left == 0) done.outcome = rereader.finish();
  const nlohmann::ordered_json report = {{"readings", done.outcome.readings},
                                         {"captures", done.outcome.captures},
                                         {"versions", done.outcome.versions},
                                         {"left", done.left}};
  rereader.end(static_cast<int>(done.left == 0 ? ExitCode::done : ExitCode::error), report.dump());
  return done;
}

void reextract_if_outdated(const std::filesystem::path& path) {
  if (!has_texts_of_another_extractor(path)) return;
  spdlog::info("this winnow reads pages otherwise than the one that made {}: all are read anew first",
               path.string());
  const Reextraction done = reextract(path);
  if (done.left > 0)
    throw error("stopped, {} left to be read anew: run the same command again to go on",
                counted(done.left, "page"));
}

}  // namespace winnow::cli
