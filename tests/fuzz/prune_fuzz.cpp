// A page cut for the parser: bounded, and the skeleton's tree is the tree.
#include <string>

#include "extract/page_tree.hpp"
#include "extract/prune.hpp"
#include "shown_text.hpp"
#include "tests/support/outline.hpp"

using namespace winnow;

namespace {

/// A page that holds marks of the skeleton's, by letter or by number, is read without them; and of a text in
/// a frameset, which is not shown, the parser takes the white space.
bool is_exempt(std::string_view html) {
  return html.find("\xF4\x8F\xBF\xBD") != std::string_view::npos ||
         html.find("&#") != std::string_view::npos || html.find("<frameset") != std::string_view::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string page = fuzz::decoded(fuzz::as_text(data, size));
  for (const Fallbacks fallbacks : {Fallbacks::leave_out, Fallbacks::keep}) {
    const PrunedPage pruned = prune(page, fallbacks);
    fuzz::demand(fuzz::is_utf8(pruned.html), "what is cut stays UTF-8");
    // The most that a byte can grow to: `"` in an attribute, and a `<dialog>`.
    fuzz::demand(pruned.html.size() <= 6 * page.size() + 64, "cutting does not multiply");
    fuzz::demand_equal(prune(page, fallbacks).html, pruned.html, "a page is cut the same way twice");

    const PageTree tree(pruned.html);
    fuzz::demand(tree.size() <= 64 * pruned.html.size() + 64, "what is left does not multiply when parsed");
    for (NodeIndex i = 1; i < tree.size(); ++i) {
      fuzz::demand(tree[i].parent < i && tree[i].end > i && tree[i].end <= tree[tree[i].parent].end,
                   "a node lies within its parent");
    }
    if (!is_exempt(pruned.html))
      fuzz::demand_equal(test::outline_of(tree), test::outline_by_gumbo(pruned.html),
                         "the skeleton's tree is the page's");
  }
  return 0;
}
