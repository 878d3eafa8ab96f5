// The pages for people, each from the store's readers and what was asked for.
#pragma once

#include "serve/asked.hpp"
#include "serve/history.hpp"
#include "serve/http_server.hpp"
#include "serve/page.hpp"
#include "serve/reader_pool.hpp"

namespace winnow::serve {

/// All sites, a page of them at a time. ?q= part of a name, ?sort= name, changed or versions, ?page=
[[nodiscard]] HttpAnswer home_page(Readers& readers, const Asked& asked);

/// /site/a.example: its first series, and the others by name.
[[nodiscard]] HttpAnswer site_page(Readers& readers, const std::string& site);
/// /series/12
[[nodiscard]] HttpAnswer series_page(Readers& readers, const std::string& series);

/// /series/12/version/20110521195625
[[nodiscard]] HttpAnswer version_page(Readers& readers, const std::string& series,
                                      const std::string& version);
/// ... /text.md: with its provenance header; /body: as archived, never to be shown by the browser
[[nodiscard]] HttpAnswer version_text(Readers& readers, const std::string& series,
                                      const std::string& version);
[[nodiscard]] HttpAnswer version_body(Readers& readers, const std::string& series,
                                      const std::string& version);

/// /series/12/diff/20110521195625/20140101000000 ?view=side
[[nodiscard]] HttpAnswer diff_page(Readers& readers, const Asked& asked);
/// /series/12/diff?from=20110521195625&to=20140101000000&view=side, as the form asks: leads to that page.
[[nodiscard]] HttpAnswer chosen_diff(Readers& readers, const Asked& asked);

/// The form in which two versions are chosen (pages/compare.html); empty when there is but one.
[[nodiscard]] std::string compare_form(const History& history, std::size_t from, std::size_t to,
                                       bool is_side);

/// ?site= ?reason= ?page=
[[nodiscard]] HttpAnswer ledger_page(Readers& readers, const Asked& asked);
[[nodiscard]] HttpAnswer runs_page(Readers& readers, const Asked& asked);

/// Links to the neighbouring pages of a list; `rows` are on all of them.
void set_paging(View& view, const Asked& asked, const Paging& paging, std::uint64_t rows,
                std::vector<std::pair<std::string, std::string>> values);

}  // namespace winnow::serve
