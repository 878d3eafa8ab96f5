#include "crawler/policy_url.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "crawler/policy_words.hpp"
#include "crawler/words.hpp"
#include "model/ascii.hpp"
#include "model/headers.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto at = text.find(separator);
    if (at != 0 && !text.empty()) parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

bool is_other_type(std::string_view mimetype) {
  static const Words k_prefixes{"image/",   "video/",          "audio/",  "font/",
                                "text/css", "text/javascript", "text/xml"};
  static const Words k_parts{"javascript", "json", "rss", "atom", "application/xml", "font", "flash", "zip"};
  return std::any_of(k_prefixes.begin(), k_prefixes.end(), [&](auto p) { return mimetype.starts_with(p); }) ||
         has_any(mimetype, k_parts);
}

bool has_other_extension(std::string_view segment) {
  static const Words k_extensions{"png",   "jpg", "jpeg", "gif",  "svg", "ico",  "webp", "bmp",
                                  "css",   "js",  "mjs",  "json", "xml", "rss",  "atom", "woff",
                                  "woff2", "ttf", "eot",  "mp3",  "mp4", "webm", "zip",  "gz",
                                  "swf",   "map", "ics",  "exe",  "apk", "avif"};
  const auto dot = segment.rfind('.');
  return dot != segment.npos && contains(k_extensions, segment.substr(dot + 1));
}

/// Pages that list or bring others.
bool is_listing(std::string_view segment) {
  static const Words k_places{"feed",   "feeds",     "rss",        "atom",      "tag",      "tags",
                              "tagged", "category",  "categories", "author",    "search",   "topic",
                              "topics", "kategorie", "kategorien", "categoria", "kategori", "etiqueta",
                              "thema",  "themen",    "schlagwort", "dossier",   "hashtag"};
  return contains(k_places, segment);
}

bool is_service(std::string_view segment) {
  static const Words k_places{"wp-json", "wp-includes", "wp-admin", "xmlrpc.php", "forum",      "forums",
                              "thread",  "threads",     "comments", "trackback",  "oembed",     "login",
                              "signin",  "register",    "signup",   "cdn-cgi",    "robots.txt", "_next"};
  static const Words k_beginnings{"showthread", "viewtopic", "viewforum", "showtopic",
                                  "thread-",    "sitemap",   "search.",   "login."};
  return contains(k_places, segment) || std::any_of(k_beginnings.begin(), k_beginnings.end(),
                                                    [&](auto b) { return segment.starts_with(b); });
}

bool is_other_query(std::string_view query) {
  static const Words k_keys{"s",        "q",          "query", "search", "keyword",
                            "keywords", "replytocom", "share", "feed",   "tag"};
  for (const auto pair : split(query, '&')) {
    if (contains(k_keys, pair.substr(0, pair.find('=')))) return true;
  }
  return false;
}

bool is_year(std::string_view segment) {
  return segment.size() == 4 && (segment.starts_with("19") || segment.starts_with("20")) &&
         all_digits(segment);
}

bool is_news(std::string_view segment) {
  static const Words k_news{"blog",       "blogs",     "news",      "press",     "community",   "events",
                            "jobs",       "careers",   "questions", "aktuelles", "nachrichten", "presse",
                            "actualites", "actualite", "actu",      "noticias",  "noticia",     "notizie",
                            "nieuws",     "nyheter",   "nyheder",   "uutiset",   "wiadomosci",  "aktualnosci",
                            "aktuality",  "zpravy",    "hirek",     "stiri",     "vesti",       "novosti",
                            "haberler",   "haber",     "berita"};
  return contains(k_news, segment) || is_year(segment);
}

/// What a urlkey says behind the host.
struct PathAndQuery {
  std::vector<std::string_view> segments;
  std::string_view query;
};
std::optional<PathAndQuery> split_path(std::string_view key) {
  const auto path_begin = key.find(")/");
  if (path_begin == key.npos) return {};
  const auto rest = key.substr(path_begin + 2);
  const auto question = rest.find('?');
  return PathAndQuery{split(rest.substr(0, question), '/'),
                      question == rest.npos ? std::string_view{} : rest.substr(question + 1)};
}

UrlPlace place_of(const PathAndQuery& path) {
  const auto& segments = path.segments;
  if (is_other_query(path.query) || std::any_of(segments.begin(), segments.end(), is_listing))
    return UrlPlace::listing;
  if (std::any_of(segments.begin(), segments.end(), is_service) ||
      (!segments.empty() && has_other_extension(segments.back())))
    return UrlPlace::service;
  return std::any_of(segments.begin(), segments.end(), is_news) ? UrlPlace::news : UrlPlace::page;
}

double rate_subdomain(std::string_view host) {
  const auto site = registrable_domain(host);
  if (host.size() <= site.size()) return 0;
  double best = 0;
  for (const auto label : split(host.substr(0, host.size() - site.size()), '.'))
    best = std::max(best, rate_policy_words(label));
  return best;
}

}  // namespace

std::string policy_url_filter(std::string_view site) {
  const std::string key = urlkey("http://" + std::string(site) + "/");
  std::string filter = "urlkey:";
  for (const char c : std::string_view(key).substr(0, key.find(')'))) {
    if (c == '.' || c == '[' || c == ']') filter += '\\';
    filter += c;
  }
  // After the registrable domain: a subdomain, a port or the path. "." stands for a separator or none, and
  // for the escapes of accented letters (%c3%a9).
  filter +=
      "[,:)].*(privac|privpol|privstat|datenschutz|privatsph|data.?protection|data.?policy|confidentialit"
      "|vie.?priv|donn.{1,6}es.?perso|protection.{1,5}donn|protecci.{1,6}n.{1,4}datos|datos.?personales"
      "|politica.{1,4}datos|prote.{1,12}o.{1,4}dados|dados.?pessoais|riservatezza|informativa|dati.?personali"
      "|trattamento.?dati|persoonsgegevens|gegevensbescherming|prywatno|ochron.{1,4}danych|dan.{1,5}osobow"
      "|integritet|personuppg|persondata|personoplys|personvern|personopplys|dataskydd|privatliv|tietosuoj"
      "|rekisteriselost|privaatsus|privatum|soukrom|osobn.{1,16}daj|adatv|adatkez|confidentialita|privatnost"
      "|zasebnost|konfiden|personaln|gizlilik|kvkk|privasi|data.?pribadi|kojin.?joh|yinsi"
      "|gdpr|dsgvo|rgpd|lgpd|[^a-z](rodo|ccpa)([^a-z].*)?$).*";
  return filter;
}

double policy_url_score(std::string_view key, std::string_view mimetype) {
  if (is_other_type(ascii_lower(mimetype))) return 0;
  const std::string lower = ascii_lower(key);
  const auto path = split_path(lower);
  if (!path) return 0;
  const UrlPlace place = place_of(*path);
  if (place == UrlPlace::listing || place == UrlPlace::service) return 0;
  const auto& [segments, query] = *path;

  double score = 0;
  double weight = 1;  // from the last segment towards the host
  // NOLINTNEXTLINE(modernize-loop-convert): a reverse view would be the only range adaptor here
  for (auto segment = segments.rbegin(); segment != segments.rend(); ++segment) {
    score = std::max(score, weight * rate_policy_words(*segment));
    const bool language = segment->size() <= 5 || *segment == "intl";
    weight *= language ? 0.95 : 0.7;
  }
  score = std::max(score, 0.8 * weight * rate_subdomain(urlkey_host(lower)));
  for (const auto pair : split(query, '&')) {
    const auto equals = pair.find('=');
    if (equals != pair.npos) score = std::max(score, 0.8 * rate_policy_words(pair.substr(equals + 1)));
    score = std::max(score, 0.7 * rate_policy_words(pair.substr(0, equals)));
  }

  if (place == UrlPlace::news) {
    // "/noticias/politica-de-privacidad.html": where everything is published as news, so is the policy.
    const auto last = segments.empty() ? PolicyWords{} : read_policy_words(unquote(segments.back()));
    if (last.policy < 1 || !last.document || last.aside) score *= 0.3;
  }
  for (std::size_t depth = 3; depth < segments.size(); ++depth)
    score *= 0.9;
  if (!query.empty()) score *= 0.95;
  return score;
}

UrlPlace place_of_url(std::string_view key) {
  const std::string lower = ascii_lower(key);
  const auto path = split_path(lower);
  return path ? place_of(*path) : UrlPlace::page;
}

}  // namespace winnow
