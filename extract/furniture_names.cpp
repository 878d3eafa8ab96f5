#include "extract/furniture_names.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "extract/characters.hpp"

namespace winnow {
namespace {

using namespace std::string_view_literals;

/// Ids and classes of the consent dialogs that vendors sell, whole or up to their end. Anchored at the
/// beginning, since their prefixes collide with others' ("cmp-" alone is also Adobe's).
constexpr std::array k_consent = {"axeptio_"sv,
                                  "borlabscookie"sv,
                                  "cc-window"sv,
                                  "cky-"sv,
                                  "cli-modal"sv,
                                  "cmpbox"sv,
                                  "cmplz-cookie"sv,
                                  "cmplz-manage"sv,
                                  "consent_blackbar"sv,
                                  "cookie-law-info-"sv,
                                  "cookiebanner"sv,
                                  "cookieconsent"sv,
                                  "cookiefirst-"sv,
                                  "cookiescript_"sv,
                                  "cookieyes"sv,
                                  "cybotcookiebot"sv,
                                  "didomi-"sv,
                                  "eu-cookie"sv,
                                  "evidon-"sv,
                                  "fc-consent-root"sv,
                                  "hs-eu-cookie-"sv,
                                  "iubenda-cs-"sv,
                                  "klaro"sv,
                                  "moove-gdpr-"sv,
                                  "moove_gdpr_"sv,
                                  "onetrust-"sv,
                                  "optanon"sv,
                                  "osano-cm-"sv,
                                  "ot-sdk-container"sv,
                                  "qc-cmp-"sv,
                                  "qc-cmp2-"sv,
                                  "shopify-pc__"sv,
                                  "cc_banner"sv,
                                  "cc_container"sv,
                                  "eupopup"sv,
                                  "pea_cook"sv,
                                  "ccc-module"sv,
                                  "ccc-notify"sv,
                                  "ccc-overlay"sv,
                                  "_evidon"sv,
                                  "lanyard_root"sv,
                                  "truendo_container"sv,
                                  "teconsent"sv,
                                  "sp_message_"sv,
                                  "tarteaucitron"sv,
                                  "termly-"sv,
                                  "trustarc-"sv,
                                  "truste-"sv,
                                  "uc-banner"sv,
                                  "usercentrics-"sv,
                                  "wt-cli-"sv};

/// With "cookie", "gdpr" or "consent" in one name: no vendor's, but the same thing made in the house.
constexpr std::array k_window = {"banner"sv, "popup"sv, "popin"sv, "modal"sv,  "overlay"sv,
                                 "dialog"sv, "layer"sv, "wall"sv,  "prompt"sv, "toast"sv};
constexpr std::array k_notice = {"bar"sv,     "notice"sv,  "notif"sv, "alert"sv,
                                 "message"sv, "warning"sv, "box"sv,   "disclaimer"sv};

constexpr std::array k_notice_ends = {"-modal"sv,  "_modal"sv,  "-popup"sv,    "_popup"sv, "-popin"sv,
                                      "-dialog"sv, "_dialog"sv, "-lightbox"sv, "-toast"sv, "-snackbar"sv};

using Meanings = std::unordered_map<std::string_view, NameMeaning>;

const Meanings& whole_names() {
  static const Meanings names = [] {
    Meanings all;
    const auto add = [&all](NameMeaning meaning, std::initializer_list<std::string_view> list) {
      for (const std::string_view name : list)
        all.emplace(name, meaning);
    };
    add(NameMeaning::filler, {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text",
                              "screen-reader", "screenreader", "a11y-hidden", "show-for-sr",
                              "skip-to-content", "skip-link", "skiplink", "skip", "assistive-text"});
    add(NameMeaning::dialog,
        {"modal", "modals", "modal-dialog", "modal-container", "modals-container", "popup", "pop-up", "popin",
         "lightbox", "toast", "snackbar", "ui-dialog", "reveal-modal", "remodal", "mfp-content",
         "fancybox-content", "intercom-lightweight-app"});
    add(NameMeaning::feedback,
        {"articleratings", "articlefoot", "article-votes", "article-vote", "article-rating",
         "article-feedback", "article-more-questions", "article-relatives", "article-subscribe",
         "article-share", "was-this-helpful", "page-feedback", "intercom-reaction-picker",
         "addtoany_share_save_container", "sharedaddy", "jp-relatedposts", "comments-area", "disqus_thread",
         "post-navigation"});
    add(NameMeaning::navigation, {"nav",
                                  "navbar",
                                  "navigation",
                                  "navigation-top",
                                  "menu",
                                  "mainmenu",
                                  "main-menu",
                                  "main-nav",
                                  "mainnav",
                                  "topnav",
                                  "top-nav",
                                  "leftnav",
                                  "left-nav",
                                  "sidenav",
                                  "subnav",
                                  "sub-nav",
                                  "menubar",
                                  "site-nav",
                                  "site-navigation",
                                  "global-nav",
                                  "globalnav",
                                  "breadcrumb",
                                  "breadcrumbs",
                                  "pagination",
                                  "language-switcher",
                                  "lang-switcher",
                                  "languages",
                                  "language-selector",
                                  "sitemap",
                                  "mobile-menu",
                                  "dropdown-menu",
                                  "skip-links",
                                  "skip-nav",
                                  "megamenu",
                                  "mega-menu",
                                  "offcanvas",
                                  "off-canvas",
                                  "social-links",
                                  "share-buttons",
                                  "footer-links",
                                  "footernav",
                                  "footer-nav",
                                  "bottomnav",
                                  "navi",
                                  "navlist",
                                  "tabs-nav",
                                  "lang-menu",
                                  "language-menu"});
    add(NameMeaning::margin,
        {"header",           "footer",        "masthead",        "site-header",    "site-footer",
         "page-header",      "page-footer",   "pageheader",      "pagefooter",     "sidebar",
         "side-bar",         "colophon",      "copyright",       "banner",         "topbar",
         "top-bar",          "bottom",        "site-info",       "footer-wrapper", "header-wrapper",
         "footerwrapper",    "global-footer", "global-header",   "globalfooter",   "main-footer",
         "main-header",      "mainfooter",    "mainheader",      "newsletter",     "related",
         "related-articles", "related-posts", "recent-articles", "widget-area",    "leftcol",
         "rightcol",         "secondary"});
    return all;
  }();
  return names;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

}  // namespace

NameMeaning meaning_of_name(std::string_view name) {
  constexpr std::size_t k_longest = 64;
  if (name.size() < 3 || name.size() > k_longest) return NameMeaning::none;
  const std::string low = lower(name);
  const auto begins = [&low](std::string_view prefix) { return low.starts_with(prefix); };
  if (std::any_of(k_consent.begin(), k_consent.end(), begins)) return NameMeaning::consent;
  if (const auto found = whole_names().find(low); found != whole_names().end()) return found->second;
  const auto has = [&low](std::string_view part) { return low.find(part) != std::string::npos; };
  const auto ends = [&low](std::string_view suffix) { return low.ends_with(suffix); };
  if (has("cookie") || has("gdpr") || has("consent")) {
    if (std::any_of(k_window.begin(), k_window.end(), has)) return NameMeaning::consent;
    if (std::any_of(k_notice.begin(), k_notice.end(), has)) return NameMeaning::notice;
  }
  if (std::any_of(k_notice_ends.begin(), k_notice_ends.end(), ends)) return NameMeaning::notice;
  if (begins("accordion")) return NameMeaning::accordion;
  const bool is_button = begins("btn") || begins("button") || ends("-btn") || ends("_btn") || ends("-button");
  return is_button ? NameMeaning::button : NameMeaning::none;
}

bool is_filler_phrase(std::string_view text) {
  static const std::unordered_set<std::string_view> phrases = {"skip to content",
                                                               "skip to main content",
                                                               "skip to the content",
                                                               "skip to main",
                                                               "skip navigation",
                                                               "skip to navigation",
                                                               "skip to footer",
                                                               "jump to content",
                                                               "jump to main content",
                                                               "go to main content",
                                                               "skip to main navigation",
                                                               "skip to search",
                                                               "back to top",
                                                               "back to the top",
                                                               "return to top",
                                                               "your ad here",
                                                               "top of page",
                                                               "to top",
                                                               "opens in a new window",
                                                               "opens in a new tab",
                                                               "opens in new window",
                                                               "opens in new tab",
                                                               "open in new window",
                                                               "open in a new window",
                                                               "open in new tab",
                                                               "open in a new tab",
                                                               "opens a new window",
                                                               "this link opens in a new window",
                                                               "this link opens in a new tab",
                                                               "external link",
                                                               "link opens in new window",
                                                               "link opens in a new window",
                                                               "link opens in a new tab",
                                                               "new window",
                                                               "opens an external site",
                                                               "opens external link in a new window",
                                                               "opens in new browser tab",
                                                               "zum inhalt springen",
                                                               "zum hauptinhalt springen",
                                                               "zum inhalt",
                                                               "zum hauptinhalt",
                                                               "direkt zum inhalt",
                                                               "zum seitenanfang",
                                                               "nach oben",
                                                               "navigation überspringen",
                                                               "öffnet in neuem fenster",
                                                               "öffnet in einem neuen fenster",
                                                               "öffnet in neuem tab",
                                                               "öffnet in einem neuen tab",
                                                               "wird in neuem fenster geöffnet",
                                                               "wird in neuem tab geöffnet",
                                                               "externer link",
                                                               "aller au contenu",
                                                               "aller au contenu principal",
                                                               "passer au contenu",
                                                               "passer au contenu principal",
                                                               "accéder au contenu",
                                                               "accéder au contenu principal",
                                                               "haut de page",
                                                               "retour en haut",
                                                               "nouvelle fenêtre",
                                                               "ouverture dans une nouvelle fenêtre",
                                                               "ouvre une nouvelle fenêtre",
                                                               "s'ouvre dans une nouvelle fenêtre",
                                                               "s’ouvre dans une nouvelle fenêtre",
                                                               "s'ouvre dans un nouvel onglet",
                                                               "s’ouvre dans un nouvel onglet",
                                                               "ouvre un nouvel onglet",
                                                               "lien externe",
                                                               "saltar al contenido",
                                                               "saltar al contenido principal",
                                                               "ir al contenido",
                                                               "ir al contenido principal",
                                                               "pasar al contenido principal",
                                                               "se abre en una ventana nueva",
                                                               "se abre en una nueva ventana",
                                                               "se abre en una pestaña nueva",
                                                               "se abre en una nueva pestaña",
                                                               "abre en una ventana nueva",
                                                               "volver arriba",
                                                               "vai al contenuto",
                                                               "vai al contenuto principale",
                                                               "salta al contenuto",
                                                               "salta al contenuto principale",
                                                               "passa al contenuto principale",
                                                               "si apre in una nuova finestra",
                                                               "apre in una nuova finestra",
                                                               "si apre in una nuova scheda",
                                                               "apri in una nuova finestra",
                                                               "torna su",
                                                               "pular para o conteúdo",
                                                               "ir para o conteúdo",
                                                               "ir para o conteúdo principal",
                                                               "saltar para o conteúdo principal",
                                                               "pular para o conteúdo principal",
                                                               "abre em uma nova janela",
                                                               "abre em nova janela",
                                                               "abre numa nova janela",
                                                               "abre em uma nova guia",
                                                               "voltar ao topo",
                                                               "ga naar inhoud",
                                                               "ga naar de inhoud",
                                                               "ga naar hoofdinhoud",
                                                               "naar de inhoud",
                                                               "meteen naar de inhoud",
                                                               "spring naar inhoud",
                                                               "opent in een nieuw venster",
                                                               "opent in nieuw venster",
                                                               "opent in een nieuw tabblad",
                                                               "opent in nieuw tabblad",
                                                               "terug naar boven",
                                                               "przejdź do treści",
                                                               "przejdź do głównej treści",
                                                               "przejdź do zawartości",
                                                               "otwiera się w nowym oknie",
                                                               "otwiera się w nowej karcie",
                                                               "hoppa till innehåll",
                                                               "hoppa till huvudinnehåll",
                                                               "gå till innehåll",
                                                               "öppnas i nytt fönster",
                                                               "öppnas i ett nytt fönster",
                                                               "öppnas i ny flik",
                                                               "gå til indhold",
                                                               "spring til indhold",
                                                               "gå til hovedindhold",
                                                               "åbner i nyt vindue",
                                                               "åbner i et nyt vindue",
                                                               "hopp til innhold",
                                                               "gå til innhold",
                                                               "hopp til hovedinnhold",
                                                               "åpnes i nytt vindu",
                                                               "åpnes i ny fane"};
  constexpr std::size_t k_longest = 64;
  if (text.size() > k_longest * 2) return false;
  const std::string line = in_one_line(text);
  text = line;
  constexpr std::string_view k_edges = " ()[].!>»^";
  const std::size_t begin = text.find_first_not_of(k_edges);
  if (begin == std::string_view::npos) return false;
  text = text.substr(begin, text.find_last_not_of(k_edges) - begin + 1);
  if (text.size() < 6 || text.size() > k_longest) return false;
  std::string words = lower(text);
  words.erase(std::unique(words.begin(), words.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
              words.end());
  // The few capitals beyond ASCII that such a phrase begins with.
  for (const auto& [capital, small] : {std::pair{"Ö"sv, "ö"sv}, std::pair{"Å"sv, "å"sv}}) {
    if (words.starts_with(capital)) words.replace(0, capital.size(), small);
  }
  return phrases.contains(words);
}

}  // namespace winnow
