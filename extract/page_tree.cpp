#include "extract/page_tree.hpp"

#include "extract/characters.hpp"
#include "extract/skeleton.hpp"

namespace winnow {
namespace {

void* allocate(void* arena, std::size_t size) {
  return static_cast<Arena*>(arena)->allocate(size);
}
void deallocate(void* /*arena*/, void* /*memory*/) {}

const GumboVector* children_of(const GumboNode* node) {
  switch (node->type) {
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
      return &node->v.element.children;
    case GUMBO_NODE_DOCUMENT:
      return &node->v.document.children;
    default:
      return nullptr;
  }
}

bool is_text(const GumboNode* node) {
  return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
         node->type == GUMBO_NODE_CDATA;
}

}  // namespace

PageTree::PageTree(std::string_view html) : m_arena(std::make_unique<Arena>()) {
  const Skeleton skeleton(html);
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate;
  options.deallocator = deallocate;
  options.userdata = m_arena.get();
  options.max_errors = 0;
  const GumboOutput* output =
      gumbo_parse_with_options(&options, skeleton.html().data(), skeleton.html().size());
  m_nodes.reserve(html.size() / 16 + 8);
  flatten(output->root, skeleton);
}

void PageTree::flatten(const GumboNode* root, const Skeleton& skeleton) {
  struct Level {
    const GumboVector* children;
    unsigned next;
    NodeIndex index;
    bool raised;  ///< too deep to be a node itself: its children are its nearest node's
  };
  std::vector<Level> levels;
  const auto enter = [&](const GumboNode* node) {
    const bool raised = levels.size() >= k_max_tree_depth;
    const NodeIndex parent = levels.empty() ? 0 : levels.back().index;
    NodeIndex index = parent;
    if (!raised) {
      index = size();
      m_nodes.push_back({.tag = node->v.element.tag, .parent = parent, .element = &node->v.element});
    }
    levels.push_back({children_of(node), 0, index, raised});
  };
  enter(root);
  while (!levels.empty()) {
    Level& level = levels.back();
    if (level.next == level.children->length) {
      if (!level.raised) m_nodes[level.index].end = size();
      levels.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(level.children->data[level.next++]);
    if (is_text(child)) {
      const std::string_view text = skeleton.filled(child->v.text.text, *m_arena);
      m_nodes.push_back({.tag = k_text_node,
                         .parent = level.index,
                         .end = size() + 1,
                         .text = text,
                         .chars = visible_characters(text)});
    } else if (children_of(child) != nullptr) {
      enter(child);
    }
  }
}

std::string_view PageTree::attribute(NodeIndex index, const char* name) const {
  const GumboElement* element = m_nodes[index].element;
  if (element == nullptr) return {};
  const GumboAttribute* found = gumbo_get_attribute(&element->attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool PageTree::has_attribute(NodeIndex index, const char* name) const {
  const GumboElement* element = m_nodes[index].element;
  return element != nullptr && gumbo_get_attribute(&element->attributes, name) != nullptr;
}

std::string PageTree::text_of(NodeIndex index) const {
  std::string text;
  for (NodeIndex i = index; i < m_nodes[index].end; ++i)
    text += m_nodes[i].text;
  return text;
}

bool is_heading(GumboTag tag) {
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;
}

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DIR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_LEGEND:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_LISTING:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_P:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_UL:
      return true;
    default:
      return is_heading(tag);
  }
}

}  // namespace winnow
