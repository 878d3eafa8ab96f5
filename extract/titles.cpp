#include "extract/titles.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "extract/gate/families.hpp"
#include "extract/gate/word_folder.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_npos = std::string_view::npos;

/// Names of documents, spelled as phrases are (extract/gate/phrase_matcher.hpp), a `*` word before them for
/// any;
/// `=` for titles that are this alone. Stricter than the gate's families, in which "what are cookies" speaks
/// of a cookie policy just as well. "Cookies" alone is a chapter of privacy policies.
struct Names {
  Document document;
  std::string_view names;
};
constexpr std::array k_names = {
    Names{Document::privacy, "=privacy|=your privacy|=datenschutz|=confidentialité|=privacidad|=privacidade"},
    Names{Document::cookies,
          "cookie polic*|cookies polic*|cookie notice*|cookies notice*|cookie statement|cookies statement|"
          "cookie declaration|tracker* policy|cookierichtlinie*|cookie richtlinie*|cookie erklärung|"
          "cookie hinweis*|politique cookies|politique de cookies|politique en matière de cookies|"
          "politique relative aux cookies|politique sur les cookies|politique d utilisation des cookies|"
          "politique de gestion des cookies|charte cookies|política de cookies|políticas de cookies|"
          "aviso de cookies|informativa sui cookie|informativa cookie|cookiebeleid|cookieverklaring|"
          "cookie beleid|cookie verklaring|polityka cookies|polityka plików cookie*|cookiepolicy*|"
          "cookiepolitik*|çerez politikası|クッキーポリシー"},
    Names{
        Document::terms,
        "terms of service|terms of use|terms and conditions|terms conditions|terms of sale|terms of business|"
        "conditions of use|conditions of sale|user agreement|subscriber agreement|customer agreement|"
        "membership agreement|allgemeine geschäftsbedingungen|geschäftsbedingungen|agb|nutzungsbedingungen|"
        "conditions générales*|conditions d utilisation|conditions de vente|cgu|cgv|términos y condiciones|"
        "condiciones generales|condiciones de uso|términos de uso|términos de servicio|"
        "términos del servicio|termini e condizioni|condizioni generali|condizioni d uso|"
        "condizioni di utilizzo|termini di servizio|termini di utilizzo|termos e condições|termos de uso|"
        "termos de serviço|termos de utilização|condições gerais|condições de utilização|"
        "algemene voorwaarden|gebruiksvoorwaarden|servicevoorwaarden|regulamin|warunki korzystania|"
        "användarvillkor|allmänna villkor|handelsbetingelser|brugervilkår|brukervilkår|käyttöehdot|"
        "=terms|=conditions|利用規約|服务条款|服務條款|이용약관"},
    Names{Document::imprint,
          "imprint|impressum|anbieterkennzeichnung|legal notice|mentions légales|aviso legal|note "
          "legali|colofon"},
    Names{Document::other,
          "* policy|* policies|* notice|* statement|* guidelines|* agreement|* addendum|* terms|* disclaimer|"
          "* declaration|code of conduct|disclaimer|copyright|dmca|richtlinien|widerrufsbelehrung|"
          "haftungsausschluss|nutzungsregeln|charte|règles de la communauté|normas de la comunidad"},
};

/// In a title of one of these words, a document is only spoken of.
constexpr std::string_view k_chapter_words =
    "this|these|to|about|in|see|how|what|why|where|which|when|who|do|does|is|are|change|changes|updates|"
    "updating|"
    "modifications|modification|amendments|amendment|scope|contact|questions|acceptance|accepting|effect|"
    "effective|introduction|overview|violations|diese|dieser|dieses|zu|zur|zum|änderungen|änderung|geltung|"
    "geltungsbereich|cette|ces|présente|présentes|modifications|mise|champ|esta|este|estos|cambios|"
    "modificaciones|questa|queste|modifiche|alterações|deze|wijzigingen";

std::vector<std::string> folded_list(std::string_view phrases) {
  std::vector<std::string> list;
  while (!phrases.empty()) {
    const std::size_t end = std::min(phrases.find('|'), phrases.size());
    const std::string_view phrase = phrases.substr(0, end);
    std::string folded = folded_title(phrase);
    if (phrase.starts_with('*')) folded.insert(0, "*");
    if (phrase.starts_with('=')) folded.insert(0, "=");
    if (phrase.ends_with('*')) folded += '*';
    list.push_back(std::move(folded));
    phrases.remove_prefix(std::min(end + 1, phrases.size()));
  }
  return list;
}

struct Name {
  Document document;
  std::string words;        ///< folded
  bool is_alone = false;    ///< no other word beside it
  bool needs_more = false;  ///< another word before it
  bool is_stem = false;     ///< its last word may go on
};

std::vector<Name> make_names() {
  std::vector<Name> names;
  const auto add = [&names](Document document, std::string_view phrases) {
    for (const std::string& phrase : folded_list(phrases)) {
      std::string_view words = phrase;
      const bool is_alone = words.starts_with('=');
      const bool needs_more = words.starts_with('*');
      const bool is_stem = words.ends_with('*');
      if (is_alone || needs_more) words.remove_prefix(1);
      if (is_stem) words.remove_suffix(1);
      if (!words.empty()) names.push_back({document, std::string(words), is_alone, needs_more, is_stem});
    }
  };
  for (const PhraseRow& row : all_phrases()) {
    if (row.family == Family::policy_name) add(Document::privacy, row.phrases);
  }
  for (const Names& row : k_names)
    add(row.document, row.names);
  return names;
}

/// Whether the name stands at the title's beginning or end.
bool has_name(std::string_view title, const Name& name) {
  const std::string_view words = name.words;
  if (name.is_alone) return title == words;
  if (title.starts_with(words)) {
    std::size_t size = words.size();
    if (name.is_stem) size = std::min(title.find(' ', size), title.size());
    const bool is_whole = size == title.size() || title[size] == ' ';
    if (is_whole && !name.needs_more) return true;
  }
  const std::size_t at = title.rfind(words);
  if (at == k_npos || at == 0 || title[at - 1] != ' ') return false;
  const std::size_t end = at + words.size();
  return end == title.size() || (name.is_stem && title.find(' ', end) == k_npos);
}

template <class Visit>
void for_words(std::string_view folded, Visit visit) {
  while (!folded.empty()) {
    const std::size_t end = std::min(folded.find(' '), folded.size());
    visit(folded.substr(0, end));
    folded.remove_prefix(std::min(end + 1, folded.size()));
  }
}

/// Behind a chapter's number; the whole when there is none.
std::string_view without_number(std::string_view folded) {
  constexpr std::array<std::string_view, 8> k_chapters = {"section", "article",  "chapter",  "part",
                                                          "artikel", "artículo", "articolo", "abschnitt"};
  std::string_view rest = folded;
  const auto take_word = [&rest] {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return word;
  };
  std::string_view word = take_word();
  if (std::find(k_chapters.begin(), k_chapters.end(), word) != k_chapters.end()) word = take_word();
  const auto is_number = [](std::string_view text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits > 0) return digits <= 3 && text.size() - digits <= 1;
    return text.size() <= 5 && !text.empty() && text.find_first_not_of("ivx") == k_npos;
  };
  if (!is_number(word)) return folded;
  while (true) {  // "2.3.1"
    const std::string_view before = rest;
    if (!is_number(take_word())) return before;
  }
}

}  // namespace

std::string folded_title(std::string_view title) {
  std::string folded;
  WordFolder folder;
  const auto sink = [&folded](unsigned char byte) { folded += static_cast<char>(byte); };
  folder.feed(title, sink);
  folder.end_word(sink);
  while (folded.ends_with(' '))
    folded.pop_back();
  return folded;
}

TitleMatch match_titles(std::string_view heading, std::string_view wanted) {
  if (wanted.empty()) return TitleMatch::none;
  const std::string_view text = without_number(heading);
  if (heading == wanted || text == wanted || text == without_number(wanted)) return TitleMatch::equal;
  const auto stands_at = [&](std::string_view in, std::size_t at) {
    const std::size_t end = at + wanted.size();
    return (at == 0 || in[at - 1] == ' ') && (end == in.size() || in[end] == ' ');
  };
  for (const std::string_view in : {heading, text}) {
    if (in.starts_with(wanted) && stands_at(in, 0)) return TitleMatch::begins;
  }
  for (std::size_t at = heading.find(wanted); at != k_npos; at = heading.find(wanted, at + 1)) {
    if (stands_at(heading, at)) return TitleMatch::contains;
  }
  return TitleMatch::none;
}

bool is_numbered(std::string_view folded) {
  return without_number(folded).size() != folded.size();
}

Documents documents_named(std::string_view folded) {
  constexpr std::size_t k_longest = 100;
  constexpr std::size_t k_words_beside = 4;
  static const std::vector<Name> names = make_names();
  static const std::vector<std::string> chapter_words = folded_list(k_chapter_words);
  if (folded.empty() || folded.size() > k_longest || is_numbered(folded)) return 0;
  Documents found = 0;
  std::size_t words = 0;
  bool is_chapter = false;
  for_words(folded, [&](std::string_view word) {
    ++words;
    is_chapter =
        is_chapter || std::find(chapter_words.begin(), chapter_words.end(), word) != chapter_words.end();
  });
  if (is_chapter) return 0;
  for (const Name& name : names) {
    if (!has_name(folded, name)) continue;
    const auto own = static_cast<std::size_t>(std::count(name.words.begin(), name.words.end(), ' ')) + 1;
    if (words <= own + k_words_beside) found |= static_cast<Documents>(name.document);
  }
  // "Privacy Policy" is a policy as well.
  if ((found & k_core_documents) != 0) found &= k_core_documents;
  return found;
}

}  // namespace winnow
