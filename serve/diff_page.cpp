#include <fmt/format.h>

#include "model/printable.hpp"
#include "model/word_diff.hpp"
#include "serve/diff_html.hpp"
#include "serve/history.hpp"
#include "serve/pages.hpp"
#include "serve/reading_text.hpp"
#include "serve/words.hpp"

namespace winnow::serve {
namespace {

std::string dates(const VersionSummary& version) {
  const std::string kind = kind_words(version.kind);
  return fmt::format("{} to {}{}{}", version.first_seen.date(), version.last_seen.date(),
                     kind.empty() ? "" : ", ", kind);
}

std::string summary(const WordDiff& diff, const VersionSummary& newer, bool are_neighbours) {
  // What the list of versions says of this change was counted in the Markdown: it is said here as well.
  const TextChange change = are_neighbours && newer.change ? *newer.change
                                                           : TextChange{.words_removed = diff.words_removed,
                                                                        .words_added = diff.words_added,
                                                                        .share = diff.share()};
  std::string sentence =
      fmt::format("{} removed, {} added: {} of the text.", counted(change.words_removed, "word"),
                  grouped(change.words_added), percent(change.share));
  if (are_neighbours && newer.changed_after)
    sentence += fmt::format(" It changed between {}.", between(newer));
  return sentence;
}

}  // namespace

HttpAnswer diff_page(Readers& readers, const Asked& asked) {
  const auto not_there = [] {
    return message_page(404, "Not in the store", "The store has no such two versions of one series.");
  };
  const auto history = read_history(readers, asked.parts().at(1));
  if (!history) return not_there();
  const auto older = find_version(history->versions, asked.parts().at(3));
  const auto newer = find_version(history->versions, asked.parts().at(4));
  if (!older || !newer) return not_there();
  const auto old_record = readers.store.version(history->series.id, history->versions[*older].number);
  const auto new_record = readers.store.version(history->series.id, history->versions[*newer].number);
  if (!old_record || !new_record) return not_there();

  const bool is_side = asked.value("view") == "side";
  const std::string old_text = reading_text(old_record->text.markdown);
  const std::string new_text = reading_text(new_record->text.markdown);
  const WordDiff diff = word_diff(old_text, new_text);
  const DiffHtml html = diff_html(diff, is_side ? DiffLayout::side_by_side : DiffLayout::inlined);
  const std::string suffix = is_side ? "?view=side" : "";
  const std::string path = diff_path(*history, *older, *newer);

  PageHead head{.title = fmt::format("{}, versions {} and {}", new_record->site, old_record->version.number,
                                     new_record->version.number),
                .section = Section::sites,
                .canonical = path};
  if (*older > 0 && *newer > 0) head.previous = diff_path(*history, *older - 1, *newer - 1) + suffix;
  if (*newer + 1 < history->versions.size() && *older + 1 < history->versions.size())
    head.next = diff_path(*history, *older + 1, *newer + 1) + suffix;

  View view = view_object();
  view.set("site", new_record->site);
  view.set("site_href", site_path(new_record->site));
  view.set("series_href", series_path(history->series.id));
  view.set("page", printable(new_record->capture.original));
  view.set("permanent", path + suffix);
  if (const auto& language = history->versions[*newer].language; !language.empty())
    view.set("lang", language);
  view.set("summary", summary(diff, history->versions[*newer], *newer == *older + 1));
  view.set("old_href", version_path(*history, *older));
  view.set("old_number", std::to_string(old_record->version.number));
  view.set("old_dates", dates(history->versions[*older]));
  view.set("new_href", version_path(*history, *newer));
  view.set("new_number", std::to_string(new_record->version.number));
  view.set("new_dates", dates(history->versions[*newer]));
  view.set("compare", compare_form(*history, *older, *newer, is_side));
  if (!head.previous.empty()) view.set("earlier", head.previous);
  if (!head.next.empty()) view.set("later", head.next);
  view.set("other_view", is_side ? path : path + "?view=side");
  view.set("other_view_label", std::string(is_side ? "Read inline" : "Side by side"));
  view.set("same", html.changes == 0);
  view.set("layout", std::string(is_side ? "side" : "inlined"));
  view.set("changes", std::to_string(html.changes));
  view.set("diff", html.html);
  return page(head, render("diff.html", view));
}

}  // namespace winnow::serve
