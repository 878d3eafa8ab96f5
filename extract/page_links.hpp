// The links of a page, with what is read at them.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "extract/extract.hpp"
#include "model/page_link.hpp"

namespace winnow {

/// No page that people read has as many.
inline constexpr std::size_t k_most_links = 10'000;

/// The links (`<a href>`, `<area href>`, `<link rel=privacy-policy>`) of an HTML page in document order, also
/// those that wait to be shown: menus, consent dialogs, `noscript`. Links to nowhere (javascript:, data:...)
/// are not among them, nor what stands in `template`. Empty for what is no HTML.
///
/// Scans the page's tags and lets the parser see only the links. Never throws on any input; the rest of a
/// page of more than k_most_links or k_largest_body bytes is not read. Bounded: texts are cut at some 400
/// bytes, what stands before a link at 160.
[[nodiscard]] std::vector<PageLink> page_links(std::string_view bytes, const Hints& hints);

}  // namespace winnow
