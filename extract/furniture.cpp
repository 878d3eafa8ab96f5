#include "extract/furniture.hpp"

#include <algorithm>
#include <string_view>

#include "extract/furniture_names.hpp"
#include "extract/style.hpp"

namespace winnow {
namespace {

Furniture kind_of(NameMeaning meaning) {
  switch (meaning) {
    case NameMeaning::none:
    case NameMeaning::button:
    case NameMeaning::accordion:
      return Furniture::none;
    case NameMeaning::navigation:
      return Furniture::navigation;
    case NameMeaning::margin:
      return Furniture::margin;
    case NameMeaning::feedback:
      return Furniture::feedback;
    case NameMeaning::dialog:
      return Furniture::dialog;
    case NameMeaning::notice:
      return Furniture::notice;
    case NameMeaning::consent:
      return Furniture::consent;
    case NameMeaning::filler:
      return Furniture::filler;
  }
  return Furniture::none;
}

Furniture by_role(std::string_view role) {
  if (role.empty()) return Furniture::none;
  if (role == "navigation" || role == "search" || role == "menu" || role == "menubar")
    return Furniture::navigation;
  if (role == "banner" || role == "contentinfo" || role == "complementary") return Furniture::margin;
  if (role == "dialog" || role == "alertdialog") return Furniture::dialog;
  if (role == "form") return Furniture::form;
  return Furniture::none;
}

Furniture by_tag(GumboTag tag) {
  if (tag == GUMBO_TAG_NAV) return Furniture::navigation;
  if (tag == GUMBO_TAG_HEADER || tag == GUMBO_TAG_FOOTER || tag == GUMBO_TAG_ASIDE) return Furniture::margin;
  return Furniture::none;
}

}  // namespace

Furniture furniture_by_name(const PageTree& tree, NodeIndex index) {
  const PageNode& node = tree[index];
  if (node.element == nullptr || node.tag == GUMBO_TAG_BODY || node.tag == GUMBO_TAG_HTML ||
      node.tag == GUMBO_TAG_MAIN || is_heading(node.tag)) {
    return Furniture::none;
  }
  // In the order of Furniture, the last is the strongest: a `<nav role=dialog>` is a dialog.
  Furniture found = std::max(by_tag(node.tag), by_role(tree.attribute(index, "role")));
  if (tree.attribute(index, "aria-modal") == "true") found = std::max(found, Furniture::dialog);
  found = std::max(found, kind_of(meaning_of_name(tree.attribute(index, "id"))));
  for_class_names(tree.attribute(index, "class"),
                  [&](std::string_view name) { found = std::max(found, kind_of(meaning_of_name(name))); });
  return found;
}

bool is_never_text(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_DATALIST:
    case GUMBO_TAG_OPTION:
    case GUMBO_TAG_PROGRESS:
    case GUMBO_TAG_METER:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_MAP:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_INPUT:
      return true;
    default:
      return false;
  }
}

bool is_hidden(const PageTree& tree, NodeIndex index) {
  if (tree[index].element == nullptr || tree[index].tag == GUMBO_TAG_BODY ||
      tree[index].tag == GUMBO_TAG_HTML) {
    return false;  // scripts show these when they are ready
  }
  if (tree.has_attribute(index, "hidden")) return true;
  const std::string_view style = tree.attribute(index, "style");
  return !style.empty() && parse_style(style).hidden;
}

}  // namespace winnow
