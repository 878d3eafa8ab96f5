// Proof on real pages that what is cut before parsing changes no text: the same Markdown comes of the page as
// the scanner cut it (extract/prune.hpp, extract/skeleton.hpp), and of the whole page as gumbo parsed it,
// with the same elements left out of its tree.
//
//   winnow_corpus_cut FOLDER EVERY      FOLDER holds *.warc.gz and folders of *.html; of their distinct pages
//                                       each EVERYth is looked at. 77: there is no such folder
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <unordered_set>
#include <vector>

#include "extract/charset.hpp"
#include "extract/content_kind.hpp"
#include "extract/footnotes.hpp"
#include "extract/main_content.hpp"
#include "extract/markdown_writer.hpp"
#include "extract/page_tree.hpp"
#include "extract/prune.hpp"
#include "extract/style.hpp"
#include "formats/warc_capture.hpp"
#include "formats/warc_reader.hpp"
#include "model/body_limit.hpp"
#include "model/content_encoding.hpp"
#include "model/headers.hpp"
#include "tests/support/outline.hpp"

using namespace winnow;

namespace {

constexpr int k_skipped = 77;
const std::string k_url = "http://example.org/legal/privacy";

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

std::string markdown_of(PageTree& tree, const std::vector<std::string>& style_rules) {
  LinkResolver links(k_url, {});
  (void)select_content(tree);
  return write_markdown(tree, find_footnotes(tree), links, StyleRules(style_rules));
}

/// The whole page's tree, with the changes made to it that prune() makes to a page.
class WholePage {
public:
  /// gumbo knows no `<dialog>`.
  explicit WholePage(const std::string& utf8)
      : m_html(replaced(replaced(utf8, "<dialog", "<div role=dialog"), "</dialog", "</div")),
        m_tree(m_html),
        m_as_parsed(test::outline_of(m_tree) == test::outline_by_gumbo(m_html)) {
    for (NodeIndex i = 0; i < m_tree.size(); ++i)
      change(i);
  }

  /// Whether a PageTree, which spares the parser long texts, is gumbo's own tree.
  [[nodiscard]] bool is_as_parsed() const { return m_as_parsed; }

  std::string markdown() { return markdown_of(m_tree, m_style_rules); }

private:
  void change(NodeIndex i) {
    PageNode& node = m_tree[i];
    switch (node.tag) {
      case GUMBO_TAG_STYLE:
        if (const std::string rules = m_tree.text_of(i); rules.find("bidi-override") != std::string::npos)
          m_style_rules.push_back(rules);
        node.dropped = true;
        break;
      case GUMBO_TAG_TEMPLATE:
        node.dropped = !m_tree.has_attribute(i, "shadowrootmode");
        break;
      case GUMBO_TAG_SCRIPT:
      case GUMBO_TAG_SVG:
      case GUMBO_TAG_NOSCRIPT:
      case GUMBO_TAG_NOFRAMES:
      case GUMBO_TAG_NOEMBED:
      case GUMBO_TAG_IFRAME:
        node.dropped = true;
        break;
      case GUMBO_TAG_INPUT:
        node.dropped = !iequals(m_tree.attribute(i, "type"), "password");
        break;
      case GUMBO_TAG_FORM:
        node.tag = GUMBO_TAG_DIV;
        give_role(i, "form");
        break;
      case GUMBO_TAG_UNKNOWN:
        node.tag = GUMBO_TAG_SPAN;
        break;
      default:
        break;
    }
  }

  void give_role(NodeIndex i, const char* role) {
    if (m_tree.has_attribute(i, "role")) return;
    GumboVector& attributes = const_cast<GumboElement*>(m_tree[i].element)->attributes;
    m_attributes.push_back({.name = "role", .value = role});
    m_lists.emplace_back(attributes.data, attributes.data + attributes.length);
    m_lists.back().push_back(&m_attributes.back());
    attributes.data = m_lists.back().data();
    attributes.length = attributes.capacity = static_cast<unsigned>(m_lists.back().size());
  }

  std::deque<GumboAttribute> m_attributes;
  std::deque<std::vector<void*>> m_lists;
  std::vector<std::string> m_style_rules;
  std::string m_html;
  PageTree m_tree;
  bool m_as_parsed;
};

class Proof {
public:
  explicit Proof(std::size_t every) : m_every(every) {}

  void look_at(const std::string& name, std::string_view bytes, std::string_view content_type) {
    if (content_kind(bytes, content_type) != ContentKind::html) return;
    if (!m_seen.insert(std::hash<std::string_view>()(bytes)).second || m_seen.size() % m_every != 0) return;
    const Charset charset = choose_charset(bytes, content_type);
    const std::string utf8 = decode_page(bytes, *charset.encoding).utf8;
    const PrunedPage pruned = prune(utf8, Fallbacks::leave_out);
    PageTree cut(pruned.html);
    const std::string markdown = markdown_of(cut, pruned.style_rules);
    m_bytes += utf8.size();
    m_cut_bytes += pruned.html.size();
    ++m_pages;
    if (const std::string whole = WholePage(utf8).markdown(); whole != markdown)
      report(name, markdown, whole);
  }

  [[nodiscard]] bool holds() const {
    std::printf("%zu pages, %.1f MB, of which %.1f MB are parsed: %zu say something else\n", m_pages,
                static_cast<double>(m_bytes) / 1e6, static_cast<double>(m_cut_bytes) / 1e6, m_differ);
    return m_pages > 0 && m_differ == 0;
  }

private:
  void report(const std::string& name, const std::string& cut, const std::string& whole) {
    ++m_differ;
    const auto differ = std::mismatch(cut.begin(), cut.end(), whole.begin(), whole.end());
    const auto at = static_cast<std::size_t>(differ.first - cut.begin());
    const std::size_t from = at - std::min<std::size_t>(at, 60);
    std::printf("%s, byte %zu of the Markdown\n--- cut\n%s\n--- whole\n%s\n", name.c_str(), at,
                cut.substr(from, 160).c_str(), whole.substr(from, 160).c_str());
  }

  std::size_t m_every;
  std::unordered_set<std::size_t> m_seen;
  std::size_t m_pages = 0;
  std::size_t m_differ = 0;
  std::size_t m_bytes = 0;
  std::size_t m_cut_bytes = 0;
};

void look_at_warc(Proof& proof, const std::filesystem::path& path) {
  WarcReader reader(path);
  while (auto record = reader.next()) {
    const auto capture = capture_of(std::move(*record));
    if (!capture || capture->refers_to) continue;
    const std::string_view coding = capture->headers.first("Content-Encoding").value_or("");
    const Decoded body = decode_content(capture->body, coding, k_largest_body);
    proof.look_at(capture->capture.original + " " + capture->capture.timestamp.digits(), body.body,
                  capture->headers.first("Content-Type").value_or(""));
  }
}

void look_at_file(Proof& proof, const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  proof.look_at(path, std::string{std::istreambuf_iterator<char>(in), {}}, "text/html");
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) return 2;
  if (!std::filesystem::is_directory(argv[1])) {
    std::printf("no pages at %s: nothing is proved\n", argv[1]);
    return k_skipped;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[1]))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  Proof proof(std::strtoul(argv[2], nullptr, 10));
  for (const auto& file : files) {
    if (file.extension() == ".html") look_at_file(proof, file);
    if (file.string().ends_with(".warc.gz")) look_at_warc(proof, file);
  }
  return proof.holds() ? 0 : 1;
} catch (const std::exception& problem) {
  std::printf("%s\n", problem.what());
  return 1;
}
