#include "extract/furniture.hpp"

#include <algorithm>
#include <span>
#include <string_view>

#include "extract/style.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

using Names = std::span<const std::string_view>;

/// Ids and classes of the consent dialogs that vendors sell, whole or up to their end. Anchored at the
/// beginning, since their prefixes collide with others' ("cmp-" alone is also Adobe's).
constexpr std::string_view k_consent[] = {"onetrust-",
                                          "ot-sdk-container",
                                          "optanon",
                                          "cybotcookiebot",
                                          "cookiebanner",
                                          "didomi-",
                                          "usercentrics-",
                                          "uc-banner",
                                          "qc-cmp2-",
                                          "qc-cmp-",
                                          "truste-",
                                          "trustarc-",
                                          "consent_blackbar",
                                          "sp_message_",
                                          "osano-cm-",
                                          "cky-",
                                          "cookieyes",
                                          "cookie-law-info-",
                                          "cli-modal",
                                          "cookiescript_",
                                          "iubenda-cs-",
                                          "axeptio_",
                                          "cmplz-cookiebanner",
                                          "cmplz-manage",
                                          "termly-",
                                          "hs-eu-cookie-",
                                          "klaro",
                                          "tarteaucitron",
                                          "moove_gdpr_",
                                          "moove-gdpr-",
                                          "borlabscookie",
                                          "cc-window",
                                          "cookie-notice",
                                          "cookie-banner",
                                          "cookie-consent",
                                          "cookie-bar",
                                          "cookieconsent",
                                          "cookie_banner",
                                          "cookie_consent",
                                          "cookie-popup",
                                          "cookie-modal",
                                          "fc-consent-root",
                                          "shopify-pc__banner",
                                          "evidon-",
                                          "gdpr-banner",
                                          "gdpr-cookie",
                                          "consent-banner",
                                          "eu-cookie",
                                          "cmpbox",
                                          "wt-cli-",
                                          "shopify-section-cookie",
                                          "popup-cookie",
                                          "popin-cookie"};

/// Whole ids and classes.
constexpr std::string_view k_navigation[] = {
    "nav",           "navbar",       "navigation",        "navigation-top",  "menu",
    "mainmenu",      "main-menu",    "main-nav",          "mainnav",         "topnav",
    "top-nav",       "leftnav",      "left-nav",          "sidenav",         "subnav",
    "sub-nav",       "menubar",      "site-nav",          "site-navigation", "global-nav",
    "globalnav",     "breadcrumb",   "breadcrumbs",       "pagination",      "language-switcher",
    "lang-switcher", "languages",    "language-selector", "sitemap",         "mobile-menu",
    "dropdown-menu", "skip-link",    "skiplink",          "skip-links",      "skip-nav",
    "megamenu",      "mega-menu",    "offcanvas",         "off-canvas",      "social-links",
    "share-buttons", "footer-links", "footernav",         "footer-nav",      "bottomnav",
    "navi",          "navlist",      "tabs-nav"};
constexpr std::string_view k_margin[] = {
    "header",         "footer",         "masthead",      "site-header",   "site-footer",   "page-header",
    "page-footer",    "pageheader",     "pagefooter",    "sidebar",       "side-bar",      "colophon",
    "copyright",      "banner",         "topbar",        "top-bar",       "bottom",        "site-info",
    "footer-wrapper", "header-wrapper", "footerwrapper", "global-footer", "global-header", "globalfooter",
    "main-footer",    "main-header",    "mainfooter",    "mainheader",    "newsletter",    "related",
    "widget-area",    "leftcol",        "rightcol",      "secondary"};
constexpr std::string_view k_filler[] = {
    "sr-only",     "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader", "a11y-hidden",
    "show-for-sr", "skip-to-content", "skip-link",      "skiplink",           "skip"};

bool any_is(Names names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view one) { return iequals(one, name); });
}

bool any_begins(Names prefixes, std::string_view name) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) {
    return name.size() >= prefix.size() && iequals(name.substr(0, prefix.size()), prefix);
  });
}

Furniture by_label(std::string_view label) {
  if (label.size() < 3) return Furniture::none;
  if (any_begins(k_consent, label)) return Furniture::consent;
  if (any_is(k_filler, label)) return Furniture::filler;
  if (any_is(k_navigation, label)) return Furniture::navigation;
  if (any_is(k_margin, label)) return Furniture::margin;
  return Furniture::none;
}

Furniture by_role(std::string_view role) {
  if (role == "navigation" || role == "search" || role == "menu" || role == "menubar")
    return Furniture::navigation;
  if (role == "banner" || role == "contentinfo" || role == "complementary") return Furniture::margin;
  if (role == "dialog" || role == "alertdialog") return Furniture::consent;
  return Furniture::none;
}

}  // namespace

Furniture furniture_by_name(const PageTree& tree, NodeIndex index) {
  const PageNode& node = tree[index];
  if (node.element == nullptr || node.tag == GUMBO_TAG_BODY || node.tag == GUMBO_TAG_HTML ||
      node.tag == GUMBO_TAG_MAIN || is_heading(node.tag)) {
    return Furniture::none;
  }
  const Furniture role = by_role(tree.attribute(index, "role"));
  if (role == Furniture::consent || tree.attribute(index, "aria-modal") == "true") return Furniture::consent;
  Furniture found = by_label(tree.attribute(index, "id"));
  for_class_names(tree.attribute(index, "class"), [&](std::string_view name) {
    if (found == Furniture::none || found == Furniture::margin) {
      const Furniture by_class = by_label(name);
      if (by_class != Furniture::none) found = by_class;
    }
  });
  if (found == Furniture::consent || found == Furniture::filler) return found;
  if (node.tag == GUMBO_TAG_NAV || role == Furniture::navigation) return Furniture::navigation;
  if (found != Furniture::none) return found;
  if (node.tag == GUMBO_TAG_HEADER || node.tag == GUMBO_TAG_FOOTER || node.tag == GUMBO_TAG_ASIDE) {
    return Furniture::margin;
  }
  return role;
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
