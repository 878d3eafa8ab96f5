#include "extract/facts/claimed_date.hpp"

#include <chrono>
#include <string>

#include <catch2/catch.hpp>

using namespace winnow;

namespace {

/// "date words", "date/other words" for an unclear one, or "none".
std::string found(const std::string& text, const std::string& language) {
  const std::optional<ClaimedDate> claimed = find_claimed_date(text, language);
  if (!claimed) return "none";
  return claimed->date + (claimed->or_date.empty() ? "" : "/" + claimed->or_date) + " " + claimed->words;
}

}  // namespace

TEST_CASE("the date a text claims, in the words that claim it") {
  const auto [language, text, expected] = GENERATE(table<std::string, std::string, std::string>({
      {"en", "Last updated May 10, 2018", "2018-05-10 Last updated May 10, 2018"},
      {"en", "Effective Date: December 24, 2024. We", "2024-12-24 Effective Date: December 24, 2024"},
      {"en", "This Privacy Policy applies from February 24, 2023. The previous",
       "2023-02-24 applies from February 24, 2023"},
      {"fr", "Cette politique s’applique à partir de 13/12/2022.",
       "2022-12-13 s’applique à partir de 13/12/2022"},
      {"de", "Diese Datenschutzrichtlinie gilt ab 13/12/2022.", "2022-12-13 gilt ab 13/12/2022"},
      {"en", "(Last Revised: 1 Sept. 2009)", "2009-09-01 Last Revised: 1 Sept. 2009"},
      {"en", "Last Updated and Effective: May 12, 2020",
       "2020-05-12 Last Updated and Effective: May 12, 2020"},
      {"en", "Privacy Policy\nMay 25th, 2018\nThis", "2018-05-25 May 25th, 2018"},
      {"en", "Privacy Policy for App\nDate: July 20, 2016\nKey", "2016-07-20 Date: July 20, 2016"},
      {"en", "Last updated\nMarch 3, 2011", "2011-03-03 Last updated March 3, 2011"},
      {"en", "This policy was last modified on the 3rd of July 2010.",
       "2010-07-03 last modified on the 3rd of July 2010"},
      {"en", "Revised January 2009", "2009-01 Revised January 2009"},
      {"en", "Last update: 2018-05-25", "2018-05-25 Last update: 2018-05-25"},
      {"en", "Last update: 2018/05/25", "2018-05-25 Last update: 2018/05/25"},
      {"en", "Last updated: 13/04/2018", "2018-04-13 Last updated: 13/04/2018"},
      {"en", "Last updated: 04/13/2018", "2018-04-13 Last updated: 04/13/2018"},
      // American or British? both are told
      {"en", "Last updated: 03/04/2018", "2018-03-04/2018-04-03 Last updated: 03/04/2018"},
      {"en", "Last updated: 04/04/2018", "2018-04-04 Last updated: 04/04/2018"},
      {"en", "Last update 19.01.2023", "2023-01-19 Last update 19.01.2023"},
      {"en", "Last updated 5/10/04", "2004-05-10/2004-10-05 Last updated 5/10/04"},
      {"en", "Last revised 12/31/99", "1999-12-31 Last revised 12/31/99"},
      {"de", "Stand: 1. Mai 2018", "2018-05-01 Stand: 1. Mai 2018"},
      {"de", "Stand: 03.04.2018", "2018-04-03 Stand: 03.04.2018"},
      {"de", "Stand: 03.04.18", "2018-04-03 Stand: 03.04.18"},
      {"de", "Stand: März 2021", "2021-03 Stand: März 2021"},
      {"de", "Zuletzt aktualisiert am 25. Jänner 2022", "2022-01-25 Zuletzt aktualisiert am 25. Jänner 2022"},
      {"de-AT", "Gültig ab 25. Mai 2018", "2018-05-25 Gültig ab 25. Mai 2018"},
      {"fr", "Dernière mise à jour : 1er août 2023", "2023-08-01 Dernière mise à jour : 1er août 2023"},
      {"fr", "à jour du 16/04/2021", "2021-04-16 à jour du 16/04/2021"},
      {"fr", "Entrée en vigueur : 03/04/2021", "2021-04-03 Entrée en vigueur : 03/04/2021"},
      {"fr", "MISE A JOUR LE 12 FEVRIER 2019", "2019-02-12 MISE A JOUR LE 12 FEVRIER 2019"},
      {"es", "Última actualización: 10 de mayo de 2018",
       "2018-05-10 Última actualización: 10 de mayo de 2018"},
      {"it", "Ultimo aggiornamento: 7 giugno 2020", "2020-06-07 Ultimo aggiornamento: 7 giugno 2020"},
      {"pt", "Última atualização: 1º de março de 2021", "2021-03-01 Última atualização: 1º de março de 2021"},
      {"nl", "Laatst bijgewerkt op 2 mei 2018", "2018-05-02 Laatst bijgewerkt op 2 mei 2018"},
      // the same name is another month next door: listopad is November in Polish, October in Croatian
      {"pl", "Ostatnia aktualizacja: 5 listopada 2020 r.",
       "2020-11-05 Ostatnia aktualizacja: 5 listopada 2020"},
      {"sv", "Senast uppdaterad: 24 maj 2018", "2018-05-24 Senast uppdaterad: 24 maj 2018"},
      {"no", "Sist oppdatert: 24. mai 2018", "2018-05-24 Sist oppdatert: 24. mai 2018"},
      {"cs", "Účinnost od 25. května 2018", "2018-05-25 Účinnost od 25. května 2018"},
      {"hu", "Hatályos: 2018. május 25.", "2018-05-25 Hatályos: 2018. május 25"},
      {"ru", "Последнее обновление: 25 мая 2018 г.", "2018-05-25 Последнее обновление: 25 мая 2018"},
      {"tr", "Son Güncelleme: 10 Haziran 2025 Salı", "2025-06-10 Son Güncelleme: 10 Haziran 2025"},
      {"ja", "最終更新日：2019年4月1日", "2019-04-01 最終更新日：2019年4月1日"},
      {"ko", "시행일자: 2020년 12월 10일", "2020-12-10 시행일자: 2020년 12월 10일"},
      {"zh", "更新日期：2021年8月20日，请", "2021-08-20 更新日期：2021年8月20日"},
      {"", "Stand: 1. Mai 2018", "2018-05-01 Stand: 1. Mai 2018"},
  }));
  INFO(language << ": " << text);
  CHECK(found(text, language) == expected);
}

TEST_CASE("what is no claim of a date") {
  const auto text = GENERATE(values<std::string>({
      "",
      "Regulation (EU) 2016/679 of 27 April 2016 on the protection of natural persons",
      "Copyright 1999-2018 Example Inc. All rights reserved.",
      "Version 1.2.10 of the program",
      "Last updated: February 30, 2018",
      "Last updated: 13/13/2018",
      "Last updated 10000 times since 2018",
      "Call 555 01 2018 or updated 12345678",
  }));
  INFO(text);
  CHECK(found(text, "en") == "none");
}

TEST_CASE("of several dates the last change counts, then the effect, then a date by itself") {
  CHECK(found("Effective January 1, 2020\nLast updated December 12, 2019", "en") ==
        "2019-12-12 Last updated December 12, 2019");
  CHECK(found("May 1, 2017\nEffective: June 1, 2017", "en") == "2017-06-01 Effective: June 1, 2017");
  CHECK(found("Last updated May 1, 2017\nLast updated June 1, 2016", "en") ==
        "2017-05-01 Last updated May 1, 2017");
  std::string prose;
  while (prose.size() < 4000)
    prose += "We keep what you tell us for as long as we need it.\n";
  // a law that takes effect is no date of the document
  CHECK(found(prose + "The law is effective January 1, 2020 in Utopia.\n" + prose, "en") == "none");
  CHECK(found(prose + "Effective January 1, 2020", "en") == "2020-01-01 Effective January 1, 2020");
}

TEST_CASE("a text of nothing but dates takes no longer than one of words") {
  std::string dates;
  while (dates.size() < (1 << 21))
    dates += "1.1.2018 ";
  const auto begin = std::chrono::steady_clock::now();
  CHECK(found(dates, "en") == "none");
  std::string years;
  while (years.size() < (1 << 21))
    years += "2018 ";
  CHECK(found(years, "en") == "none");
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}
