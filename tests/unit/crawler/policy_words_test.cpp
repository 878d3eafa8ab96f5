#include "crawler/policy_words.hpp"

#include <catch2/catch.hpp>

#include "crawler/folded_words.hpp"

using namespace winnow;

TEST_CASE("one name has one form, however it is written") {
  const auto [text, letters, words] = GENERATE(table<const char*, const char*, std::size_t>({
      {"Política de Privacidad", "politicadeprivacidad", 3},
      {"politica-de_privacidad", "politicadeprivacidad", 3},
      {"Poli\u0301tica de privacidad", "politicadeprivacidad", 3},  // the accent as a character of its own
      {"Daten\u00adschutz", "datenschutz", 1},                      // a soft hyphen
      {"Straße, Œuvre", "strasseoeuvre", 2},
      {"ЗАЩИТА Её", "защитаее", 2},
      {"Απόρρητο", "απορρητο", 1},
      {"ΣΗΜΕΊΩΣΗΣ", "σημειωσησ", 1},
      {"Gizlilik İlkeleri", "gizlilikilkeleri", 2},
      {"Chính sách bảo mật", "chinhsachbaomat", 4},
      {"Ｐｒｉｖａｃｙ", "privacy", 1},  // full width
      {"プライバシー・ポリシー", "プライバシーポリシー", 2},
      {"حریم‌خصوصی", "حريمخصوصي", 1},  // Persian letters, and a joiner between the words
      {"الخصوصيّة", "الخصوصيه", 1},                // with a vowel sign
      {"ԳԱՂՏՆԻ", "գաղտնի", 1},
      {"গোপনীয়তা", "গোপনীযতা", 1},  // its dotted letter as one character
      {"গোপনীয়তা", "গোপনীযতা", 1},  // and as two
      {" | © 2020 ", "2020", 1},
      {"", "", 0},
  }));
  INFO(text);
  const FoldedWords folded = fold_words(text);
  CHECK(folded.letters == letters);
  CHECK(folded.words.size() == words);
}

TEST_CASE("bytes that are no UTF-8 are letters") {
  CHECK(fold_words("vie priv\xE9").letters == fold_words("vie privé").letters);  // a URL in windows-1252
  CHECK(fold_words("a\xC3").letters == "aa");
  CHECK(fold_words(std::string_view("a\0b", 3)).words.size() == 2);
  CHECK(fold_words("\xFF\xF5\x80").words.size() == 1);
}

TEST_CASE("a policy is known by its name in many languages") {
  for (const char* text : {
           "Privacy Policy",
           "Privacy Notice",
           "Your privacy",
           "Privacy & cookies",  // English
           "Datenschutzerklärung",
           "Datenschutz",
           "Hinweise zum Datenschutz",  // German
           "Politique de confidentialité",
           "Données personnelles",
           "Vie privée",  // French
           "Política de privacidad",
           "Aviso de privacidad",
           "Protección de datos",  // Spanish
           "Política de Privacidade",
           "Declaração de privacidade",  // Portuguese
           "Informativa sulla privacy",
           "Tutela della privacy",  // Italian
           "Privacyverklaring",
           "Privacy- en cookiebeleid",  // Dutch
           "Polityka prywatności",
           "Ochrona danych osobowych",  // Polish
           "Integritetspolicy",
           "Behandling av personuppgifter",  // Swedish
           "Privatlivspolitik",
           "Cookie- og privatlivspolitik",
           "Persondatapolitik",  // Danish
           "Personvernerklæring",
           "Personvern",  // Norwegian
           "Tietosuojaseloste",
           "Yksityisyydensuoja",  // Finnish
           "Persónuverndarstefna",
           "Privaatsuspoliitika",  // Icelandic, Estonian
           "Privātuma politika",
           "Privatumo politika",  // Latvian, Lithuanian
           "Ochrana osobních údajů",
           "Zásady ochrany soukromí",  // Czech
           "Ochrana osobných údajov",
           "Vyhlásenie o ochrane osobných údajov",  // Slovak
           "Adatvédelmi tájékoztató",
           "Adatkezelés",  // Hungarian
           "Politica de confidențialitate",
           "Protecția datelor",  // Romanian
           "Политика за поверителност",
           "Защита на личните данни",  // Bulgarian
           "Πολιτική απορρήτου",
           "Προστασία προσωπικών δεδομένων",  // Greek
           "Pravila privatnosti",
           "Politika privatnosti",
           "Политика приватности",  // Croatian, Serbian
           "Politika zasebnosti",
           "Politika e privatësisë",  // Slovene, Albanian
           "Политика конфиденциальности",
           "Обработка персональных данных",  // Russian
           "Політика конфіденційності",
           "Політика приватності",  // Ukrainian
           "Gizlilik Politikası",
           "Kişisel Verilerin Korunması",
           "KVKK Aydınlatma Metni",  // Turkish
           "Política de privacitat",
           "Pribatutasun politika",  // Catalan, Basque
           "Kebijakan Privasi",
           "Dasar Privasi",
           "Chính sách bảo mật",  // Indonesian, Malay, Vietnamese
           "プライバシーポリシー",
           "個人情報保護方針",
           "個人情報の取り扱いについて",  // Japanese
           "隐私政策",
           "隱私權政策",
           "私隱政策",
           "개인정보처리방침",
           "개인정보 처리방침",  // Chinese, Korean
           "سياسة الخصوصية",
           "حریم خصوصی",
           "מדיניות פרטיות",  // Arabic, Persian, Hebrew
           "गोपनीयता नीति",
           "গোপনীয়তা নীতি",
           "นโยบายความเป็นส่วนตัว",  // Hindi, Bengali, Thai
           "კონფიდენციალურობის პოლიტიკა",
           "Գաղտնիության քաղաքականություն",  // Georgian, Armenian
       }) {
    INFO(text);
    CHECK(read_policy_words(text).policy >= 0.85);
    CHECK_FALSE(read_policy_words(text).control);
    CHECK_FALSE(read_policy_words(text).aside);
  }
}

TEST_CASE("what names no policy is told apart") {
  for (const char* text : {"Cookie policy", "Politique de cookies", "Cookie-Richtlinie", "Evästeet",
                           "Çerez politikası", "クッキーポリシー", "Файлы cookie"}) {
    INFO(text);
    CHECK(read_policy_words(text).cookies);
    CHECK(read_policy_words(text).policy == 0);
  }
  for (const char* text : {"Terms of Use", "AGB", "Nutzungsbedingungen", "Conditions générales",
                           "Aviso legal", "Condizioni", "利用規約", "Условия использования", "Impressum"}) {
    INFO(text);
    CHECK(read_policy_words(text).terms);
    CHECK(read_policy_words(text).policy == 0);
  }
  for (const char* text :
       {"Privacy settings", "Your Privacy Choices", "Do not sell my personal information",
        "Datenschutz-Einstellungen", "Paramètres de confidentialité", "Impostazioni privacy",
        "Ustawienia prywatności", "Nastavení soukromí", "プライバシー設定", "Настройки приватности"}) {
    INFO(text);
    CHECK(read_policy_words(text).control);
  }
  for (const char* text :
       {"Privacy notice for applicants", "Datenschutzbeauftragter", "Privacy tips",
        "Consumer Health Data Privacy Policy", "プライバシーマーク", "CCPA privacy notice for California"}) {
    INFO(text);
    CHECK(read_policy_words(text).aside);
  }
  for (const char* text : {"Rodolfo Valentino", "Occupation", "Private lessons", "Agbogbloshie", "", " | "}) {
    INFO(text);
    CHECK(read_policy_words(text).policy == 0);
    CHECK_FALSE(read_policy_words(text).terms);
  }
}

TEST_CASE("what else a text says lowers it") {
  CHECK(read_policy_words("Privacy").policy == 1);
  CHECK(read_policy_words("Our privacy policy and terms of use").policy == 1);
  CHECK(read_policy_words("Acme Privacy Policy").policy == 1);
  CHECK(read_policy_words("Microsoft Privacy Policy").policy < 1);
  CHECK(read_policy_words("How new privacy rules hit small newspapers everywhere").policy < 0.5);
  CHECK(read_policy_words("GDPR").policy < read_policy_words("Privacy").policy);
  CHECK(read_policy_words("RODO").policy == 0.5);
}
