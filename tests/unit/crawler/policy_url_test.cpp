#include "crawler/policy_url.hpp"

#include <catch2/catch.hpp>
#include <re2/re2.h>

#include "model/url.hpp"

using namespace winnow;

namespace {

double score(const std::string& url, const char* mimetype = "text/html") {
  return policy_url_score(urlkey(url), mimetype);
}

bool passes(const std::string& site, const std::string& url) {
  const RE2 regex(policy_url_filter(site).substr(7));
  REQUIRE(regex.ok());
  return RE2::FullMatch(urlkey(url), regex);
}

}  // namespace

TEST_CASE("URLs of real policies pass the filter and score") {
  for (const char* url : {
           "https://bumble.com/en/privacy",
           "https://bumble.com/legal?doc=privacy&lang=en",
           "https://bumble.com/old-privacy-policy",
           "https://bumble.com/privacy-gone",
           "https://bumble.com/privacy-br",
           "http://about.christianmingle.com/en/legal-en/privacy-policy/",
           "https://ww.coffeemeetsbagel.com/privacy-policy",
           "http://www.disonsdemain.fr/pages/misc/privacy",
           "https://www.finya.de/Legal/privacy/",
           "https://hily.com/privacypolicy",
           "https://help.thisislex.app/article/51-privacy-policy",
           "https://www.lovoo.com/legal/privacy",
           "https://www.mektoube.fr/charte-vie-privee",
           "https://policies.tinder.com/privacy/intl/en",
           "https://docviewer.zoosk.com/legal-privacy-en_eu.html",
           "https://support.happn.fr/hc/en-us/p/privacy/",
           "https://privacy.soompi.com/",
           "https://example.de/datenschutz",
           "https://example.de/datenschutzerkl%C3%A4rung.html",
           "https://example.de/dsgvo",
           "https://example.fr/politique-de-confidentialite",
           "https://example.fr/confidentialit%C3%A9",
           "https://example.fr/donnees-personnelles",
           "https://example.fr/donn%C3%A9es_personnelles",
           "https://example.fr/vie-priv%C3%A9e",
           "https://example.es/politica-de-privacidad",
           "https://example.es/proteccion-de-datos",
           "https://example.es/protecci%C3%B3n-de-datos",
           "https://example.it/informativa-privacy",
           "https://example.it/riservatezza",
           "https://example.it/trattamento-dati",
           "https://example.com.br/politica-de-privacidade",
           "https://example.pt/protecao-de-dados",
           "https://example.pt/prote%C3%A7%C3%A3o-de-dados",
           "https://example.nl/privacybeleid",
           "https://example.nl/privacyverklaring",
           "https://example.nl/persoonsgegevens",
           "https://example.pl/polityka-prywatnosci",
           "https://example.pl/polityka-prywatno%C5%9Bci",
           "https://example.pl/ochrona-danych-osobowych",
           "https://example.pl/rodo",
           "https://example.se/integritetspolicy",
           "https://example.dk/privatlivspolitik",
           "https://example.no/personvernerklaering",
           "https://example.fi/tietosuojaseloste",
           "https://example.cz/ochrana-osobnich-udaju",
           "https://example.cz/ochrana-osobn%C3%ADch-%C3%BAdaj%C5%AF",
           "https://example.hu/adatvedelmi-tajekoztato",
           "https://example.hu/adatkezel%C3%A9s",
           "https://example.ro/politica-de-confidentialitate",
           "https://example.hr/pravila-privatnosti",
           "https://example.si/politika-zasebnosti",
           "https://example.ru/konfidencialnost",
           "https://example.com.tr/gizlilik-politikasi",
           "https://example.cat/politica-de-privacitat",
           "https://example.id/kebijakan-privasi",
           "https://example.jp/kojinjoho",
           "https://example.com/gdpr",
           "http://example.com/privpol.htm",
           "http://example.com/index.php?page=privacy",
       }) {
    INFO(url);
    CHECK(score(url) > 0);
    CHECK(score(url) <= 1);
    CHECK(passes(site_of_url(url), url));
  }
}

TEST_CASE("what is clearly something else scores 0") {
  for (const char* url : {
           "https://x.com/privacy.js",
           "https://x.com/assets/privacy-icon.png",
           "https://x.com/css/privacy.css",
           "https://x.com/privacy/feed/",
           "https://x.com/privacy-policy.json",
           "https://x.com/sitemap-privacy.html",
           "https://x.com/sitemap/privacy.xml",
           "https://x.com/wp-json/wp/v2/pages/privacy",
           "https://x.com/tag/privacy/",
           "https://x.com/category/datenschutz",
           "https://x.com/forum/showthread.php?t=privacy",
           "https://x.com/showthread.php?privacy-question",
           "https://x.com/topic/123-privacy",
           "https://x.com/search/privacy",
           "https://x.com/?s=privacy",
           "https://x.com/privacy?replytocom=5",
           "https://x.com/login?next=/privacy",
           "https://x.com/about",
           "https://x.com/private-lessons",
           "https://x.com/stars/rodolfo-valentino",
           "https://privacytools.com/",
           "https://privacytools.com/pricing",
           "https://www.datenschutz.de/impressum",
       }) {
    INFO(url);
    CHECK(score(url) == 0);
  }
  CHECK(score("https://x.com/privacy", "image/png") == 0);
  CHECK(score("https://x.com/privacy", "text/css") == 0);
  CHECK(score("https://x.com/privacy", "application/javascript") == 0);
  CHECK(score("https://x.com/privacy", "application/rss+xml") == 0);
  for (const char* mimetype :
       {"text/html", "warc/revisit", "unk", "-", "application/pdf", "application/xhtml+xml"}) {
    INFO(mimetype);
    CHECK(score("https://x.com/privacy", mimetype) > 0);
  }
  CHECK(policy_url_score("", "text/html") == 0);
  CHECK(policy_url_score("mailto:privacy@x.com", "text/html") == 0);
}

TEST_CASE("the host's own name is no policy word") {
  CHECK(!passes("privacytools.com", "https://privacytools.com/pricing"));
  CHECK(passes("privacytools.com", "https://privacytools.com/privacy"));
  CHECK(passes("privacytools.com", "https://privacy.privacytools.com/"));
  CHECK(!passes("soompi.com", "https://soompi.com/stars/rodolfo"));
  CHECK(!passes("soompi.com", "https://soompi.com/"));
  CHECK(!passes("soompi.com", "https://soompi.community/privacy"));
}

TEST_CASE("places by the names of folders") {
  const auto [url, place] = GENERATE(table<const char*, UrlPlace>({
      {"https://x.com/legal/privacy", UrlPlace::page},
      {"https://x.com/", UrlPlace::page},
      {"mailto:privacy@x.com", UrlPlace::page},
      {"https://x.com/Category/datenschutz", UrlPlace::listing},
      {"https://x.com/privacy/feed/", UrlPlace::listing},
      {"https://x.com/?s=privacy", UrlPlace::listing},
      {"https://x.com/blog/privacy", UrlPlace::news},
      {"https://x.com/2019/privacy", UrlPlace::news},
      {"https://x.com/actualites/vie-privee", UrlPlace::news},
      {"https://x.com/forum/privacy", UrlPlace::service},
      {"https://x.com/privacy.png", UrlPlace::service},
  }));
  INFO(url);
  CHECK(place_of_url(urlkey(url)) == place);
}

TEST_CASE("the filter stays short enough for a URL") {
  CHECK(quote_query_value(policy_url_filter("a-rather-long-domain-name.co.uk")).size() < 1200);
  CHECK(policy_url_filter("soompi.com").starts_with("urlkey:com,soompi[,:)].*("));
}

TEST_CASE("the likelier URL comes first") {
  const char* pairs[][2] = {
      {"https://x.com/privacy-policy", "https://x.com/privacy-settings"},
      {"https://x.com/privacy", "https://x.com/help/article/12-how-we-changed-privacy-for-groups"},
      {"https://x.com/privacy", "https://x.com/blog/2014/05/privacy"},
      {"https://x.com/legal/privacy", "https://x.com/gdpr"},
      {"https://x.com/privacy", "https://x.com/a/b/c/d/e/privacy"},
      {"https://x.com/datenschutz", "https://x.com/privacy/request/form"},
      {"https://x.com/privacy-policy", "https://privacy.x.com/news/some-article-about-it"},
  };
  for (const auto& [better, worse] : pairs) {
    INFO(better << " before " << worse);
    CHECK(score(better) > score(worse));
    CHECK(score(worse) > 0);
  }
}
