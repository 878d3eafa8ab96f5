#include "crawler/policy_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>
#include <vector>

#include "crawler/words.hpp"
#include "model/ascii.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

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

}  // namespace

double rate_policy_words(std::string_view segment) {
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
    const bool number = all_digits(word);
    if (number || word.size() <= 2 || contains(k_neutral, word)) others -= std::min(others, word.size());
  }
  score *= others <= 4 ? 1.0 : others <= 10 ? 0.85 : others <= 20 ? 0.65 : 0.4;
  if (has_any(joined, k_other_purpose)) score *= 0.5;
  return score;
}

}  // namespace winnow
