#include "extract/edge_labels.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "extract/titles.hpp"

namespace winnow {
namespace {

using namespace std::string_view_literals;

/// All folded (extract/titles.hpp).
constexpr std::array k_beginnings = {"related"sv,
                                     "share"sv,
                                     "follow"sv,
                                     "find us on"sv,
                                     "connect with"sv,
                                     "stay connected"sv,
                                     "recent"sv,
                                     "latest"sv,
                                     "popular"sv,
                                     "most read"sv,
                                     "trending"sv,
                                     "featured"sv,
                                     "categories"sv,
                                     "tags"sv,
                                     "tagged"sv,
                                     "filed under"sv,
                                     "archives"sv,
                                     "language"sv,
                                     "select"sv,
                                     "choose"sv,
                                     "quick links"sv,
                                     "useful links"sv,
                                     "site map"sv,
                                     "sitemap"sv,
                                     "navigation"sv,
                                     "you may also"sv,
                                     "you might also"sv,
                                     "more from"sv,
                                     "more articles"sv,
                                     "read next"sv,
                                     "read more"sv,
                                     "estas en"sv,
                                     "topics"sv,
                                     "themen"sv,
                                     "temas"sv,
                                     "mehr zum"sv,
                                     "lesen sie"sv,
                                     "lea tambien"sv,
                                     "te puede"sv,
                                     "leggi anche"sv,
                                     "mas noticias"sv,
                                     "lees ook"sv,
                                     "see also"sv,
                                     "also on"sv,
                                     "in this section"sv,
                                     "promoted"sv,
                                     "customer service"sv,
                                     "customer care"sv,
                                     "browse"sv,
                                     "explore"sv,
                                     "our other"sv,
                                     "other sites"sv,
                                     "our sites"sv,
                                     "partner sites"sv,
                                     "sign in"sv,
                                     "log in"sv,
                                     "print"sv,
                                     "you are here"sv,
                                     "go to"sv,
                                     "jump to"sv,
                                     "skip to"sv,
                                     "view in"sv,
                                     "available in"sv,
                                     "read this in"sv,
                                     "teilen"sv,
                                     "folge"sv,
                                     "folgen"sv,
                                     "sprache"sv,
                                     "verwandte"sv,
                                     "ahnliche"sv,
                                     "beliebte"sv,
                                     "neueste"sv,
                                     "kategorien"sv,
                                     "sie sind hier"sv,
                                     "partager"sv,
                                     "suivez"sv,
                                     "langue"sv,
                                     "articles similaires"sv,
                                     "articles lies"sv,
                                     "a lire aussi"sv,
                                     "compartir"sv,
                                     "siguenos"sv,
                                     "idioma"sv,
                                     "articulos relacionados"sv,
                                     "entradas recientes"sv,
                                     "categorias"sv,
                                     "condividi"sv,
                                     "seguici"sv,
                                     "lingua"sv,
                                     "articoli correlati"sv,
                                     "compartilhe"sv,
                                     "siga nos"sv,
                                     "delen"sv,
                                     "volg ons"sv,
                                     "gerelateerde"sv,
                                     "udostepnij"sv,
                                     "powiazane"sv};
constexpr std::array k_wholes = {"more"sv,        "menu"sv,      "links"sv,    "legal"sv,
                                 "company"sv,     "about"sv,     "about us"sv, "help"sv,
                                 "support"sv,     "resources"sv, "contents"sv, "home"sv,
                                 "products"sv,    "services"sv,  "social"sv,   "pages"sv,
                                 "information"sv, "search"sv,    "policies"sv, "legal information"sv,
                                 "community"sv,   "blog"sv,      "news"sv};

}  // namespace

bool is_menu_label(std::string_view line) {
  constexpr std::size_t k_longest = 60;  // bytes
  const std::string words = folded_title(line.substr(0, 2 * k_longest));
  if (words.empty()) return true;
  if (words.size() > k_longest) return false;
  return words.ends_with(" links") || std::find(k_wholes.begin(), k_wholes.end(), words) != k_wholes.end() ||
         std::any_of(k_beginnings.begin(), k_beginnings.end(), [&words](std::string_view beginning) {
           return words.starts_with(beginning) &&
                  (words.size() == beginning.size() || words[beginning.size()] == ' ' ||
                   words[beginning.size()] == 's');
         });
}

}  // namespace winnow
