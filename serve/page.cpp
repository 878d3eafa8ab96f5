#include "serve/page.hpp"

#include <array>
#include <cassert>
#include <memory>

#include <fmt/format.h>

#include "model/digest.hpp"
#include "model/version.hpp"
#include "serve/page_file.hpp"

namespace winnow::serve {
namespace {

struct Asset {
  std::string_view file;
  std::string_view type;
  std::string path;
};

/// Named by their content: a browser may keep them for ever.
const std::array<Asset, 3>& assets() {
  static const auto all = [] {
    std::array<Asset, 3> found = {{{"winnow.css", "text/css; charset=utf-8", {}},
                                   {"winnow.js", "text/javascript; charset=utf-8", {}},
                                   {"icon.svg", "image/svg+xml", {}}}};
    for (Asset& file : found) {
      const std::string_view content = page_file(file.file);
      const std::size_t dot = file.file.rfind('.');
      file.path = fmt::format("/assets/{}.{}{}", file.file.substr(0, dot),
                              sha256(content).hex().substr(0, 12), file.file.substr(dot));
    }
    return found;
  }();
  return all;
}

}  // namespace

std::string render(std::string_view file, const View& view) {
  const std::string_view text = page_file(file);
  assert(!text.empty());
  kainjow::mustache::mustache parsed{std::string(text)};
  assert(parsed.is_valid());
  return parsed.render(view);
}

HttpAnswer page(const PageHead& head, std::string_view body, int status) {
  View view = view_object();
  view.set("title", head.title);
  view.set("css", assets()[0].path);
  view.set("js", assets()[1].path);
  view.set("icon", assets()[2].path);
  view.set("program", std::string(k_version));
  view.set("in_sites", head.section == Section::sites);
  view.set("in_search", head.section == Section::search);
  view.set("in_ledger", head.section == Section::ledger);
  view.set("in_runs", head.section == Section::runs);
  if (!head.feed.empty()) view.set("feed", head.feed);
  if (!head.previous.empty()) view.set("previous", head.previous);
  if (!head.next.empty()) view.set("next", head.next);
  if (!head.canonical.empty()) view.set("canonical", head.canonical);
  view.set("body", std::string(body));
  return {status, "text/html; charset=utf-8", {}, render("layout.html", view)};
}

HttpAnswer message_page(int status, std::string_view title, std::string_view sentence,
                        const PageLink& onwards) {
  View view = view_object();
  view.set("title", std::string(title));
  view.set("sentence", std::string(sentence));
  view.set("href", onwards.href);
  view.set("label", onwards.label);
  return page({.title = std::string(title)}, render("message.html", view), status);
}

std::optional<HttpAnswer> asset(std::string_view path) {
  for (const Asset& file : assets()) {
    if (path != file.path) continue;
    return HttpAnswer{200,
                      std::string(file.type),
                      {{"Cache-Control", "public, max-age=31536000, immutable"}},
                      std::string(page_file(file.file))};
  }
  return std::nullopt;
}

}  // namespace winnow::serve
