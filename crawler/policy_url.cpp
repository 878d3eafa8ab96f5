#include "crawler/policy_url.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

#include "model/headers.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

using Words = std::vector<std::string_view>;

bool contains(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool has_any(std::string_view text, const Words& words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return text.find(word) != text.npos; });
}

/// Latin letters of our languages without their accents; other bytes as they are.
std::string fold_accents(std::string_view text) {
  struct Fold {
    std::string_view letter, plain;
  };
  static constexpr std::array<Fold, 40> k_folds{{
      {"à", "a"}, {"á", "a"}, {"â", "a"}, {"ã", "a"}, {"ä", "a"}, {"ç", "c"}, {"è", "e"},  {"é", "e"},
      {"ê", "e"}, {"ë", "e"}, {"ì", "i"}, {"í", "i"}, {"î", "i"}, {"ï", "i"}, {"ñ", "n"},  {"ò", "o"},
      {"ó", "o"}, {"ô", "o"}, {"õ", "o"}, {"ö", "o"}, {"ù", "u"}, {"ú", "u"}, {"û", "u"},  {"ü", "u"},
      {"ą", "a"}, {"ć", "c"}, {"ę", "e"}, {"ł", "l"}, {"ń", "n"}, {"ś", "s"}, {"ź", "z"},  {"ż", "z"},
      {"É", "e"}, {"È", "e"}, {"Ç", "c"}, {"Ü", "u"}, {"Ö", "o"}, {"Ä", "a"}, {"ß", "ss"}, {"Ś", "s"},
  }};
  std::string folded;
  for (std::size_t i = 0; i < text.size();) {
    const auto pair = text.substr(i, 2);
    const auto fold =
        std::find_if(k_folds.begin(), k_folds.end(), [&](const Fold& f) { return f.letter == pair; });
    if (fold != k_folds.end()) {
      folded += fold->plain;
      i += 2;
    } else {
      folded += text[i++];
    }
  }
  return folded;
}

/// The words of a path segment or a host label, without accents.
std::vector<std::string> tokens(std::string_view segment) {
  std::vector<std::string> found(1);
  for (const char c : fold_accents(unquote(segment))) {
    const bool separates =
        std::isalnum(static_cast<unsigned char>(c)) == 0 && static_cast<unsigned char>(c) < 0x80;
    if (!separates) {
      found.back() += c;
    } else if (!found.back().empty()) {
      found.emplace_back();
    }
  }
  if (found.back().empty()) found.pop_back();
  return found;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto at = text.find(separator);
    if (at != 0 && !text.empty()) parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

/// How sure the words of one segment are, from 0 to 1.
double rate(std::string_view segment) {
  // Of words written together, longest first: what is taken off leaves what else the segment speaks of.
  static const Words k_sure{"privacypolicies",
                            "privacypolicy",
                            "privacystatement",
                            "privacynotice",
                            "privacyverklaring",
                            "privacybeleid",
                            "datenschutzerklaerung",
                            "datenschutzerklarung",
                            "datenschutzhinweise",
                            "datenschutzbestimmungen",
                            "politiquedeconfidentialite",
                            "politiqueconfidentialite",
                            "chartevieprivee",
                            "chartedeconfidentialite",
                            "donneespersonnelles",
                            "politicadeprivacidade",
                            "politicadeprivacidad",
                            "avisodeprivacidad",
                            "politicaprivacidad",
                            "protecciondedatos",
                            "informativasullaprivacy",
                            "informativaprivacy",
                            "politykaprywatnosci",
                            "politykiprywatnosci",
                            "privacypol",
                            "privacy",
                            "datenschutz",
                            "confidentialite",
                            "vieprivee",
                            "privacidade",
                            "privacidad",
                            "riservatezza",
                            "prywatnosci",
                            "prywatnosc"};
  static const Words k_related{"dataprotection",
                               "dataprivacy",
                               "datapolicy",
                               "privatsphare",
                               "privatsphaere",
                               "protectiondesdonnees",
                               "protectiondedonnees",
                               "datospersonales",
                               "politicadedatos",
                               "protecaodedados",
                               "dadospessoais",
                               "datipersonali",
                               "trattamentodati",
                               "informativa",
                               "persoonsgegevens",
                               "gegevensbescherming",
                               "ochronadanych",
                               "daneosobowe",
                               "danychosobowych",
                               "confidentialit",
                               "privpol",
                               "privstat",
                               "gdpr",
                               "dsgvo",
                               "rgpd",
                               "lgpd"};
  static const Words k_whole{"rodo", "ccpa", "avg", "priv"};  // in other words ("Rodolfo") they mean nothing
  static const Words k_neutral{"policy",  "policies", "statement", "notice", "page",    "pages",   "legal",
                               "html",    "htm",      "php",       "asp",    "aspx",    "jsp",     "cfm",
                               "shtml",   "pdf",      "txt",       "and",    "our",     "your",    "the",
                               "de",      "la",       "terms",     "center", "centre",  "rights",  "cookie",
                               "cookies", "online",   "web",       "site",   "website", "company", "about",
                               "info",    "index",    "und"};
  static const Words k_other_purpose{"setting", "preference", "optout", "request", "shield", "faq",
                                     "tips",    "news",       "login",  "report",  "badge",  "banner",
                                     "popup",   "webinar",    "jobs",   "screen"};
  const auto words = tokens(segment);
  std::string joined;
  for (const auto& word : words)
    joined += word;
  double score = 0;
  std::size_t used = 0;
  for (const auto& [list, value] : {std::pair{&k_sure, 1.0}, std::pair{&k_related, 0.6}}) {
    for (const auto word : *list) {
      if (score > 0 || joined.find(word) == joined.npos) continue;
      score = value;
      used = word.size();
    }
  }
  for (const auto& word : words) {
    if (score == 0 && contains(k_whole, word)) {
      score = 0.5;
      used = word.size();
    }
  }
  if (score == 0) return 0;
  std::size_t others = joined.size() - used;
  for (const auto& word : words) {
    const bool number = std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (number || word.size() <= 2 || contains(k_neutral, word)) others -= std::min(others, word.size());
  }
  score *= others <= 4 ? 1.0 : others <= 10 ? 0.85 : others <= 20 ? 0.65 : 0.4;
  if (has_any(joined, k_other_purpose)) score *= 0.5;
  return score;
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

bool is_other_place(std::string_view segment) {
  static const Words k_places{
      "wp-json", "wp-includes", "wp-admin", "xmlrpc.php", "feed",       "feeds",      "rss",       "atom",
      "tag",     "tags",        "tagged",   "category",   "categories", "author",     "search",    "forum",
      "forums",  "thread",      "threads",  "topic",      "topics",     "comments",   "trackback", "oembed",
      "login",   "signin",      "register", "signup",     "cdn-cgi",    "robots.txt", "_next"};
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
         std::all_of(segment.begin(), segment.end(), [](char c) { return c >= '0' && c <= '9'; });
}

double rate_subdomain(std::string_view host) {
  const auto site = registrable_domain(host);
  if (host.size() <= site.size()) return 0;
  double best = 0;
  for (const auto label : split(host.substr(0, host.size() - site.size()), '.'))
    best = std::max(best, rate(label));
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
      "|trattamento.?dati|persoonsgegevens|gegevensbescherming|prywatno|ochron.{1,4}danych|dan.{1,5}osobow|"
      "gdpr|dsgvo|rgpd|lgpd|[^a-z](rodo|ccpa)([^a-z].*)?$).*";
  return filter;
}

double policy_url_score(std::string_view key, std::string_view mimetype) {
  if (is_other_type(ascii_lower(mimetype))) return 0;
  const std::string lower = ascii_lower(key);
  const std::string_view whole = lower;
  const auto path_begin = whole.find(")/");
  if (path_begin == whole.npos) return 0;
  const auto rest = whole.substr(path_begin + 2);
  const auto question = rest.find('?');
  const auto query = question == rest.npos ? std::string_view{} : rest.substr(question + 1);
  const auto segments = split(rest.substr(0, question), '/');
  if (is_other_query(query)) return 0;
  if (std::any_of(segments.begin(), segments.end(), is_other_place)) return 0;
  if (!segments.empty() && has_other_extension(segments.back())) return 0;

  double score = 0;
  double weight = 1;  // from the last segment towards the host
  for (auto segment = segments.rbegin(); segment != segments.rend(); ++segment) {
    score = std::max(score, weight * rate(*segment));
    const bool language = segment->size() <= 5 || *segment == "intl";
    weight *= language ? 0.95 : 0.7;
  }
  score = std::max(score, 0.8 * weight * rate_subdomain(urlkey_host(lower)));
  for (const auto pair : split(query, '&')) {
    const auto equals = pair.find('=');
    if (equals != pair.npos) score = std::max(score, 0.8 * rate(pair.substr(equals + 1)));
    score = std::max(score, 0.7 * rate(pair.substr(0, equals)));
  }

  static const Words k_news{"blog",   "blogs", "news",    "press",    "community",
                            "events", "jobs",  "careers", "questions"};
  const bool news = std::any_of(segments.begin(), segments.end(),
                                [](auto segment) { return contains(k_news, segment) || is_year(segment); });
  if (news) score *= 0.3;
  for (std::size_t depth = 3; depth < segments.size(); ++depth)
    score *= 0.9;
  if (!query.empty()) score *= 0.95;
  return score;
}

}  // namespace winnow
