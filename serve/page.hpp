// Pages from the templates in serve/pages/ (mustache): `{{x}}` is escaped, `{{{x}}}` is HTML that is safe.
#pragma once

#include <string>
#include <string_view>

#include <kainjow/mustache.hpp>

#include "serve/http_server.hpp"

namespace winnow::serve {

using View = kainjow::mustache::data;

[[nodiscard]] inline View view_object() {
  return View(View::type::object);
}
[[nodiscard]] inline View view_list() {
  return View(View::type::list);
}

/// A template of serve/pages/ with its values.
[[nodiscard]] std::string render(std::string_view file, const View& view);

/// Where in the site a page stands, for the navigation.
enum class Section { sites, search, ledger, runs, none };

struct PageHead {
  std::string title;
  Section section = Section::none;
  std::string feed = {};      ///< path of its Atom feed
  std::string previous = {};  ///< paths, for the arrow keys
  std::string next = {};
  std::string canonical = {};  ///< path under which it stays the same page
};

/// `body` in the layout that all pages share.
[[nodiscard]] HttpAnswer page(const PageHead& head, std::string_view body, int status = 200);

/// A path and what the link is called.
struct PageLink {
  std::string href = "/";
  std::string label = "All sites";
};

/// A page that says in a sentence what is not there, or cannot be done, and where to go from there.
[[nodiscard]] HttpAnswer message_page(int status, std::string_view title, std::string_view sentence,
                                      const PageLink& onwards = {});

/// `/assets/winnow.<hash>.css` and the like; nothing when the path is no asset's. Immutable.
[[nodiscard]] std::optional<HttpAnswer> asset(std::string_view path);

}  // namespace winnow::serve
