#include "extract/dialogs.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "extract/furniture.hpp"
#include "extract/furniture_names.hpp"
#include "extract/style.hpp"
#include "extract/text_weights.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t k_short_text = 200;  ///< visible characters of prose: less is no text to be left with

/// Beginnings of what stands on a button, in lower case.
constexpr std::array k_accept = {
    "accept"sv,        "agree"sv,        "i agree"sv,     "i accept"sv,
    "allow"sv,         "got it"sv,       "yes, i"sv,      "akzept"sv,
    "alle akzept"sv,   "zustimmen"sv,    "einverstand"sv, "annehmen"sv,
    "alle annehm"sv,   "erlauben"sv,     "j'accept"sv,    "j’accept"sv,
    "tout accept"sv,   "autoriser"sv,    "acept"sv,       "permitir"sv,
    "aceit"sv,         "accett"sv,       "consent"sv,     "accepteer"sv,
    "alles accept"sv,  "akkoord"sv,      "toestaan"sv,    "akcept"sv,
    "zaakcept"sv,      "zgadzam"sv,      "godkänn"sv,     "tillåt"sv,
    "accepter"sv,      "godta"sv,        "hyväksy"sv,     "alle cookies akzept"sv,
    "ich stimme zu"sv, "tillad"sv,       "tillat"sv,      "acceptér"sv,
    "acceptera"sv,     "同意"sv,         "許可"sv,        "承諾"sv,
    "受け入れ"sv,      "すべて同意"sv,   "すべて許可"sv,  "すべて受け入れ"sv,
    "すべて承諾"sv,    "すべての"sv,     "全て同意"sv,    "全て許可"sv,
    "接受"sv,          "全部接受"sv,     "全部同意"sv,    "允许"sv,
    "允許"sv,          "동의"sv,         "모두 동의"sv,   "모두 수락"sv,
    "모두 허용"sv,     "수락"sv,         "허용"sv,        "Принять"sv,
    "принять"sv,       "Принимаю"sv,     "Соглас"sv,      "Разреш"sv,
    "Kabul"sv,         "Tümünü kabul"sv, "Onayla"sv};
/// Said by nothing else on the button.
constexpr std::array k_accept_whole = {"ok"sv, "okay"sv, "yes"sv};
constexpr std::array k_refuse = {"reject"sv,
                                 "refuse"sv,
                                 "decline"sv,
                                 "deny"sv,
                                 "disagree"sv,
                                 "disallow"sv,
                                 "do not accept"sv,
                                 "i do not"sv,
                                 "i decline"sv,
                                 "no, "sv,
                                 "only necessary"sv,
                                 "necessary only"sv,
                                 "only essential"sv,
                                 "essential only"sv,
                                 "use necessary"sv,
                                 "ablehn"sv,
                                 "alle ablehn"sv,
                                 "nur notwendig"sv,
                                 "nur essen"sv,
                                 "nur erforderlich"sv,
                                 "verweiger"sv,
                                 "je refuse"sv,
                                 "refus"sv,
                                 "tout refus"sv,
                                 "continuer sans"sv,
                                 "rechaz"sv,
                                 "rehus"sv,
                                 "rejeit"sv,
                                 "recus"sv,
                                 "rifiut"sv,
                                 "nega"sv,
                                 "weiger"sv,
                                 "alles weiger"sv,
                                 "afwijz"sv,
                                 "odrzu"sv,
                                 "nie zgadzam"sv,
                                 "avvisa"sv,
                                 "neka"sv,
                                 "afvis"sv,
                                 "avslå"sv,
                                 "avvis"sv,
                                 "hylkää"sv,
                                 "accept only"sv,
                                 "accept necessary"sv,
                                 "accept essential"sv,
                                 "accept required"sv,
                                 "allow only"sv,
                                 "allow necessary"sv,
                                 "allow essential"sv,
                                 "only required"sv,
                                 "required only"sv,
                                 "strictly necessary"sv,
                                 "no thanks"sv,
                                 "nur technisch"sv,
                                 "kun nødvendig"sv,
                                 "endast nödvändig"sv,
                                 "alleen noodzak"sv,
                                 "tylko niezb"sv,
                                 "solo necesari"sv,
                                 "solo las neces"sv,
                                 "solo necessari"sv,
                                 "solo i necessari"sv,
                                 "uniquement les"sv,
                                 "apenas necess"sv,
                                 "vain välttäm"sv,
                                 "cookie settings"sv,
                                 "cookies settings"sv,
                                 "cookie preferences"sv,
                                 "manage preferences"sv,
                                 "manage cookies"sv,
                                 "manage settings"sv,
                                 "manage options"sv,
                                 "同意しない"sv,
                                 "許可しない"sv,
                                 "拒否"sv,
                                 "すべて拒否"sv,
                                 "すべて拒絶"sv,
                                 "全て拒否"sv,
                                 "必要な"sv,
                                 "拒绝"sv,
                                 "拒絕"sv,
                                 "全部拒绝"sv,
                                 "全部拒絕"sv,
                                 "不同意"sv,
                                 "不接受"sv,
                                 "仅必要"sv,
                                 "仅接受必要"sv,
                                 "거부"sv,
                                 "모두 거부"sv,
                                 "거절"sv,
                                 "동의하지"sv,
                                 "동의 안"sv,
                                 "필수"sv,
                                 "Отклон"sv,
                                 "отклон"sv,
                                 "Отказ"sv,
                                 "Не соглас"sv,
                                 "Запрет"sv,
                                 "Только необход"sv,
                                 "Reddet"sv,
                                 "Tümünü reddet"sv,
                                 "Kabul etmi"sv};

enum class Choice : std::uint8_t { none, accept, refuse };

bool is_button(const PageTree& tree, NodeIndex i) {
  const GumboTag tag = tree[i].tag;
  if (tag == GUMBO_TAG_BUTTON || tag == GUMBO_TAG_A || tree.attribute(i, "role") == "button") return true;
  if (tag == GUMBO_TAG_INPUT) {
    const std::string_view type = tree.attribute(i, "type");
    return iequals(type, "button") || iequals(type, "submit");
  }
  if (tag != GUMBO_TAG_DIV && tag != GUMBO_TAG_SPAN) return false;
  bool is_named = false;
  for_class_names(tree.attribute(i, "class"), [&](std::string_view name) {
    is_named = is_named || meaning_of_name(name) == NameMeaning::button;
  });
  return is_named;
}

Choice choice_of(const PageTree& tree, NodeIndex i) {
  constexpr std::size_t k_longest = 60;  // bytes
  constexpr NodeIndex k_most_nodes = 8;
  const GumboTag tag = tree[i].tag;
  if (tag == k_text_node || tree[i].end - i > k_most_nodes) return Choice::none;
  if (!is_button(tree, i)) return Choice::none;
  const std::string text = tag == GUMBO_TAG_INPUT ? std::string(tree.attribute(i, "value")) : tree.text_of(i);
  const std::string_view label = trim(text);
  if (label.empty() || label.size() > k_longest) return Choice::none;
  const auto begins = [label](std::string_view word) {
    return label.size() >= word.size() && iequals(label.substr(0, word.size()), word);
  };
  if (std::any_of(k_refuse.begin(), k_refuse.end(), begins)) return Choice::refuse;
  if (std::any_of(k_accept.begin(), k_accept.end(), begins)) return Choice::accept;
  const auto is_all = [label](std::string_view word) { return iequals(label, word); };
  if (std::any_of(k_accept_whole.begin(), k_accept_whole.end(), is_all)) return Choice::accept;
  return Choice::none;
}

class DialogFinder {
public:
  DialogFinder(PageTree& tree, const std::vector<TextWeight>& weights, const std::vector<bool>& in_content)
      : m_tree(tree),
        m_in_content(in_content),
        m_weights(weights),
        m_contents(tree.size() + 1),
        m_text_below(tree.size()) {
    for (NodeIndex i = 0; i < tree.size(); ++i) {
      const bool is_content = tree[i].tag == GUMBO_TAG_MAIN || tree[i].tag == GUMBO_TAG_ARTICLE;
      m_contents[i + 1] = m_contents[i] + (is_content ? 1 : 0);
      const GumboTag tag = tree[i].tag;
      const bool is_text = tag == k_text_node || tag == GUMBO_TAG_P || tag == GUMBO_TAG_UL || is_heading(tag);
      if (is_text && m_weights[i].chars > 0) m_text_below[tree[i].parent] = true;
    }
  }

  bool run() {
    find_named();
    find_choices();
    if (m_found.empty()) return false;
    const std::uint32_t all = m_weights[0].prose;
    const std::uint32_t left = weigh(m_tree)[0].prose;
    // A page whose text stands in windows, and in nothing else.
    if (left == all || (left >= k_short_text && left * 10 >= all)) return true;
    for (const NodeIndex i : m_found)
      m_tree[i].dropped = furniture_by_name(m_tree, i) == Furniture::consent;
    return true;
  }

private:
  [[nodiscard]] bool is_small(NodeIndex i) const { return m_weights[i].chars * 3 <= m_weights[0].chars; }

  /// A link or a word with such a name in a sentence: "change your <a class=...>cookie settings</a>".
  [[nodiscard]] bool stands_in_sentence(NodeIndex i) const {
    if (m_tree[i].tag == GUMBO_TAG_A || m_tree[i].tag == GUMBO_TAG_BUTTON) return true;
    if (is_block(m_tree[i].tag)) return false;
    return m_weights[m_tree[i].parent].chars > 2 * m_weights[i].chars;
  }

  /// Beside paragraphs and headings, as a chapter does.
  [[nodiscard]] bool stands_among_text(NodeIndex i) const { return m_text_below[m_tree[i].parent]; }

  void take(NodeIndex i) {
    m_tree[i].dropped = true;
    m_found.push_back(i);
  }

  void find_named() {
    for (NodeIndex i = 1; i < m_tree.size();) {
      if (!m_tree[i].dropped && !(m_tree[i].tag != k_text_node && is_named_dialog(i))) {
        ++i;
        continue;
      }
      if (!m_tree[i].dropped) take(i);
      i = m_tree[i].end;
    }
  }

  bool is_named_dialog(NodeIndex i) const {
    if (m_weights[i].chars == 0) return false;
    const std::uint32_t others = m_weights[0].prose - m_weights[i].prose;
    switch (furniture_by_name(m_tree, i)) {
      case Furniture::consent:
        return !stands_in_sentence(i) && (is_small(i) || (!m_in_content[i] && others >= k_short_text));
      case Furniture::dialog:
        return !stands_in_sentence(i) &&
               (is_small(i) || (!m_in_content[i] && m_weights[i].prose * 3 <= m_weights[0].prose));
      case Furniture::notice:
        return !stands_in_sentence(i) && !m_in_content[i] && is_small(i) && !stands_among_text(i);
      default:
        return false;
    }
  }

  void find_choices() {
    std::vector<std::uint8_t> choices(m_tree.size());
    for (NodeIndex i = m_tree.size(); i-- > 1;) {
      const Choice choice = choice_of(m_tree, i);
      if (choice == Choice::accept) choices[i] |= 1U;
      if (choice == Choice::refuse) choices[i] |= 2U;
      // The parent has a lower index: it sees all of its children before it is seen itself.
      if (choices[i] == 3 && !climb(i)) choices[i] = 0;
      if (choices[i] != 3) choices[m_tree[i].parent] |= choices[i];
    }
  }

  /// From the block with both buttons to the one with their text.
  bool climb(NodeIndex i) {
    while (i != 0 && m_weights[i].prose == 0)
      i = m_tree[i].parent;
    const GumboTag tag = m_tree[i].tag;
    if (i == 0 || tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_MAIN || tag == GUMBO_TAG_ARTICLE) return false;
    if (m_in_content[i] || !is_small(i) || holds_content(i)) return false;
    for (NodeIndex node = i; node != 0; node = m_tree[node].parent) {
      if (m_tree[node].dropped) return true;
    }
    take(i);
    return true;
  }

  [[nodiscard]] bool holds_content(NodeIndex i) const { return m_contents[m_tree[i].end] > m_contents[i]; }

  PageTree& m_tree;
  const std::vector<bool>& m_in_content;
  const std::vector<TextWeight>& m_weights;
  std::vector<std::uint32_t> m_contents;  ///< how many `<main>` and `<article>` begin before each node
  std::vector<bool> m_text_below;         ///< has a child that is a paragraph, a heading or bare text
  std::vector<NodeIndex> m_found;
};

}  // namespace

bool drop_dialogs(PageTree& tree, const std::vector<TextWeight>& weights,
                  const std::vector<bool>& in_content) {
  return DialogFinder(tree, weights, in_content).run();
}

}  // namespace winnow
