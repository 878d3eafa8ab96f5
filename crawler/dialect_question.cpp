#include "crawler/dialect_question.hpp"

#include <array>
#include <fstream>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "crawler/archive_error.hpp"
#include "crawler/dialect.hpp"
#include "model/headers.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_most_looked_at = 16 * 1024;

/// The media types that its index has when it lists nothing.
bool is_own_type(Dialect dialect, std::string_view type) {
  switch (dialect) {
    case Dialect::wayback:
      return type == "text/plain" || type.empty();  // an empty body may have none
    case Dialect::pywb:
      return type == "text/x-ndjson" || type == "text/x-cdxj";
    case Dialect::memento:
      return type == "application/link-format";
  }
  return false;
}

bool lists_something(const Archive& archive, std::string_view body) {
  const auto parser =
      make_index_parser(archive, {}, std::make_shared<MementoPlaces>(), [](std::vector<Capture>&&) {});
  parser->feed(body);
  parser->finish();
  return parser->rows() > 0 || parser->oddities().elsewhere > 0;
}

/// The cheapest question that tells: one row.
std::string question(const Archive& archive, const std::string& page) {
  CdxQuery query;
  query.url = page;
  auto url = index_url(archive, query);
  constexpr std::string_view k_limit = "&limit=";
  if (const auto at = url.find(k_limit); at != std::string::npos) {
    const auto begin = at + k_limit.size();
    url.replace(begin, url.find_first_not_of("0123456789", begin) - begin, "1");
  }
  return url;
}

std::filesystem::path memory(const std::filesystem::path& budgets, const Archive& archive) {
  return budget_file(budgets, archive).replace_extension(".dialects");
}

}  // namespace

bool answers_in(const Archive& asked, const DialectAnswer& answer) {
  const Dialect dialect = asked.dialect.value();
  const bool own_type = is_own_type(dialect, media_type(answer.content_type));
  if (answer.status == 200) {
    const bool empty = trim(answer.body).empty() || trim(answer.body) == "[]";
    return empty ? own_type : lists_something(asked, answer.body);
  }
  if (dialect == Dialect::memento) return answer.status == 404 && own_type;
  const auto error = find_archive_error(answer.body);
  return dialect == Dialect::wayback && error && error->reason == Reason::excluded;
}

DialectFound ask_dialect(const ClientOptions& options, const std::string& page,
                         const std::function<bool()>& go_on) {
  DialectFound found;
  Requests requests = open_requests(options);
  for (const Dialect dialect : {Dialect::wayback, Dialect::pywb, Dialect::memento}) {
    Archive asked = options.archive;
    asked.dialect = dialect;
    DialectAnswer answer;
    ArchiveRequest request;
    request.kind = RequestKind::cdx;
    request.http.url = question(asked, page);
    request.http.accept_encoding = "identity";
    request.http.stall_timeout = options.stall_timeout;
    request.http.total_timeout = options.total_timeout;
    request.http.sink = [&](const HttpAnswer& /*so_far*/, std::string_view piece) {
      if (answer.body.size() < k_most_looked_at)
        answer.body.append(piece.substr(0, k_most_looked_at - answer.body.size()));
    };
    request.restart = [&] { answer.body.clear(); };
    request.judge = [](const HttpAnswer& http) {
      return http.status == 429 || http.status == 503 ? Judgement::limited : Judgement::final;
    };
    request.answered = [&](HttpAnswer&& http, Judgement judgement) {
      if (judgement == Judgement::limited) {
        found.closed = Failure{Reason::rate_limited, http.status, evidence(http.status, answer.body), {}, {}};
      }
      answer.status = http.status;
      answer.content_type = http.headers.first("Content-Type").value_or("");
    };
    std::string failure;
    request.failed = [&](Failure&& why) { failure = std::move(why.detail); };
    requests.submit(std::move(request));
    while (requests.outstanding() > 0 && go_on())
      requests.run(std::chrono::milliseconds(200));
    found.requests = requests.counters();
    if (requests.outstanding() > 0) return found;
    if (requests.closed()) found.closed = requests.closed();
    if (found.closed) return found;
    if (failure.empty() && answers_in(asked, answer)) {
      found.dialect = dialect;
      return found;
    }
    found.evidence += fmt::format("{}{}: {}", found.evidence.empty() ? "" : "; ", name(dialect),
                                  failure.empty() ? evidence(answer.status, answer.body) : failure);
  }
  return found;
}

std::optional<Dialect> remembered_dialect(const std::filesystem::path& budgets, const Archive& archive) {
  std::optional<Dialect> dialect;
  std::ifstream file(memory(budgets, archive));
  for (std::string line; std::getline(file, line);) {
    const auto tab = line.find('\t');
    if (tab != std::string::npos && std::string_view(line).substr(0, tab) == archive.base_url)
      dialect = parse_dialect(std::string_view(line).substr(tab + 1));
  }
  return dialect;
}

void remember_dialect(const std::filesystem::path& budgets, const Archive& archive) {
  std::error_code ignored;
  std::filesystem::create_directories(budgets, ignored);
  std::ofstream file(memory(budgets, archive), std::ios::app);
  // One short write: whole, whoever else adds.
  file << fmt::format("{}\t{}\n", archive.base_url, name(archive.dialect.value())) << std::flush;
}

}  // namespace winnow
