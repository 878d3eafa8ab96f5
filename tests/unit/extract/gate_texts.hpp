// Texts for the gate, written for these tests after the real ones' manner.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "extract/gate/gate.hpp"

namespace winnow::test {

/// A short privacy policy in each language, as small shops have them.
inline const std::vector<std::pair<std::string, std::string>> k_policies = {
    {"en",
     "# Privacy Policy\n\nThis privacy policy tells you what personal information we collect when you visit "
     "our "
     "website and how we use it.\n\n## What we collect\n\nWe collect the name and email address that you "
     "provide when you order. Our web server logs your IP address and browser type. We use cookies.\n\n## "
     "Sharing\n\nWe do not sell your personal information. We share your information with service providers "
     "only.\n\n## Your rights\n\nYou have the right to access your personal data and to ask us to delete "
     "it."},
    // how policies of 2000 spoke: no law, no headings
    {"en",
     "PRIVACY STATEMENT\n\nFor each visitor to our Web page, our Web server automatically recognizes only "
     "the "
     "visitor's domain name, but not the e-mail address. We collect the e-mail addresses of those who "
     "communicate with us via e-mail, and information volunteered by the visitor, such as survey information "
     "and site registrations. The information we collect is used to improve the content of our Web page and "
     "is "
     "not shared with other organizations for commercial purposes. If you do not want to receive e-mail from "
     "us "
     "in the future, please let us know by sending us e-mail at the above address."},
    {"de",
     "# Datenschutzerklärung\n\nVerantwortlicher im Sinne der DSGVO ist die Muster GmbH. Wir verarbeiten "
     "Ihre "
     "personenbezogenen Daten nur, soweit es nötig ist.\n\n## Welche Daten wir erheben\n\nBeim Besuch "
     "unserer "
     "Website werden Ihre IP-Adresse und der Browsertyp in Logfiles gespeichert. Rechtsgrundlage ist Art. 6 "
     "Abs. 1 lit. f DSGVO.\n\n## Ihre Rechte\n\nSie haben das Recht auf Auskunft, Berichtigung und Löschung "
     "sowie Widerspruch. Beschwerden richten Sie an die Aufsichtsbehörde."},
    {"fr",
     "# Politique de confidentialité\n\nLe responsable du traitement est la société Exemple. Nous collectons "
     "vos données personnelles lorsque vous passez commande.\n\n## Finalités\n\nVos données sont traitées "
     "pour "
     "la livraison, sur la base de votre consentement. Elles ne sont pas communiquées à des tiers. Durée de "
     "conservation : trois ans.\n\n## Vos droits\n\nVous disposez d'un droit d'accès, de rectification et "
     "d'opposition, et pouvez saisir la CNIL."},
    {"es",
     "# Política de privacidad\n\nEl responsable del tratamiento de sus datos personales es Ejemplo S.L. "
     "Recogemos los datos que usted nos facilita en el formulario.\n\n## Finalidad y base "
     "jurídica\n\nTratamos "
     "sus datos con su consentimiento. No se cederán a terceros. Los datos se conservan cinco años.\n\n## "
     "Sus "
     "derechos\n\nUsted puede ejercer sus derechos de acceso, rectificación, supresión y oposición, y "
     "reclamar "
     "ante la Agencia Española de Protección de Datos."},
    {"it",
     "# Informativa sulla privacy\n\nIl titolare del trattamento dei dati personali è Esempio S.r.l. "
     "Raccogliamo "
     "i dati che l'utente ci fornisce.\n\n## Finalità del trattamento\n\nI dati personali sono trattati con "
     "il "
     "consenso dell'interessato e non sono comunicati a terzi. Periodo di conservazione: dieci anni.\n\n## "
     "Diritti dell'interessato\n\nL'utente ha diritto di accesso, rettifica, cancellazione e opposizione, e "
     "può "
     "proporre reclamo al Garante per la protezione dei dati personali."},
    {"pt",
     "# Política de privacidade\n\nO responsável pelo tratamento dos seus dados pessoais é a Exemplo Lda. "
     "Recolhemos os dados que nos fornece.\n\n## Finalidades\n\nOs dados pessoais são tratados com o seu "
     "consentimento e não são comunicados a terceiros. São conservados durante cinco anos.\n\n## Os seus "
     "direitos\n\nTem direito de acesso, retificação, apagamento e portabilidade, e pode reclamar junto da "
     "CNPD."},
    {"nl",
     "# Privacyverklaring\n\nVoorbeeld B.V. is verwerkingsverantwoordelijke voor uw persoonsgegevens. Wij "
     "verzamelen de gegevens die u ons geeft wanneer u iets bestelt.\n\n## Doeleinden en grondslag\n\nWij "
     "verwerken uw gegevens op grond van uw toestemming. Wij delen ze niet met derden. De bewaartermijn is "
     "zeven "
     "jaar.\n\n## Uw rechten\n\nU heeft recht op inzage, rectificatie en bezwaar, en kunt een klacht "
     "indienen "
     "bij de Autoriteit Persoonsgegevens."},
    {"pl",
     "# Polityka prywatności\n\nAdministratorem danych osobowych jest Przykład sp. z o.o. Przetwarzamy dane "
     "osobowe, które podajesz w formularzu.\n\n## Cele i podstawa prawna\n\nTwoje dane przetwarzamy na "
     "podstawie "
     "zgody. Nie są udostępniane podmiotom trzecim. Okres przechowywania wynosi pięć lat.\n\n## Twoje "
     "prawa\n\n"
     "Masz prawo dostępu do danych, sprostowania, usunięcia i sprzeciwu oraz prawo do skargi do Prezesa "
     "Urzędu "
     "Ochrony Danych Osobowych."},
    {"sv",
     "# Integritetspolicy\n\nExempel AB är personuppgiftsansvarig. Vi samlar in personuppgifter när du "
     "handlar "
     "hos oss, till exempel namn och e-post.\n\n## Ändamål och rättslig grund\n\nVi behandlar dina uppgifter "
     "med "
     "ditt samtycke eller för ett berättigat intresse. Vi delar inte personuppgifter med andra "
     "företag.\n\n## "
     "Dina rättigheter\n\nDu har rätt till registerutdrag, rättelse och radering, och kan klaga hos "
     "Integritetsskyddsmyndigheten."},
    {"cs",
     "# Zásady ochrany osobních údajů\n\nSprávcem osobních údajů je Příklad s.r.o. Zpracováváme osobní "
     "údaje, "
     "které nám sdělíte při objednávce.\n\n## Účel a právní základ\n\nZpracování osobních údajů probíhá na "
     "základě souhlasu nebo oprávněného zájmu. Osobní údaje neprodáváme.\n\n## Vaše práva\n\nMáte právo na "
     "přístup, opravu a výmaz a můžete podat stížnost u Úřadu pro ochranu osobních údajů."},
    {"ru",
     "# Политика конфиденциальности\n\nМы собираем персональные данные, которые вы указываете при заказе, и "
     "файлы cookie.\n\n## Цели обработки\n\nОбработка персональных данных ведётся с вашего согласия. "
     "Передача "
     "третьим лицам не производится. Срок хранения — пять лет.\n\n## Ваши права\n\nВы имеете право на доступ "
     "к "
     "своим персональным данным и можете отозвать согласие в любое время, написав нам письмо."},
    {"ja",
     "# プライバシーポリシー\n\n当社は、お客様の個人情報を適切に取り扱います。\n\n## 個人情報の取得\n\n"
     "当社は、ご注文の際に氏名、住所などの個人情報を取得します。IPアドレスとクッキーも収集します。\n\n"
     "## 利用目的\n\n個人情報は、商品の発送とお問い合わせへの回答のために利用します。\n\n## "
     "第三者への提供\n\n"
     "お客様の同意なく、個人情報を第三者に提供することはありません。\n\n## 開示・訂正・利用停止\n\n"
     "お客様は、ご自身の個人情報の開示、訂正、利用停止を請求できます。"},
    {"zh",
     "# 隐私政策\n\n我们重视您的隐私。本政策说明我们如何收集、使用和保护您的个人信息。\n\n## "
     "我们收集的信息\n\n"
     "当您下单时，我们会收集您的姓名和地址，以及您的IP地址和日志信息。\n\n## 共享与披露\n\n"
     "未经您的同意，我们不会与第三方共享您的个人信息。\n\n## 您的权利\n\n您可以查阅、更正或删除您的个人信息，"
     "也可以撤回同意。"},
};

/// An article about privacy is not a policy.
inline const std::string k_article =
    "# City council halts camera plan over privacy fears\n\nBy Jane Doe, 12 May 2019\n\nThe city council "
    "said on "
    "Tuesday that it would halt a plan to put 400 cameras on lamp posts, after residents told reporters that "
    "nobody had "
    "asked them. \"We were wrong to hurry,\" the mayor said at a meeting that lasted until midnight, "
    "according to two "
    "people who were there.\n\nThe police had said last year that the cameras were needed because burglaries "
    "had gone up "
    "by a fifth. A spokesman for the police said yesterday that he was disappointed. Campaigners said the "
    "plan was the "
    "largest of its kind in the country and that they would watch what the government does next.\n\nRead "
    "more: what the "
    "neighbours think. Share this on social media. Comments are closed.";

/// Pages that stand where a policy should, or beside it.
inline const std::vector<std::pair<PageKind, std::string>> k_other_pages = {
    {PageKind::article, k_article},
    {PageKind::homepage,
     "- Home\n- News\n- Sport\n- Weather\n- Business\n- Lifestyle\n- Sign in\n\n# The Daily Example\n\n## "
     "Storm hits the "
     "coast\n\nTwo villages cut off\n\n## Council votes on budget\n\nRead more\n\n## United win "
     "again\n\nRead "
     "more\n\n- Most read\n- Opinion\n- Letters\n- Obituaries\n- Crosswords\n- Contact us\n- Advertise\n- "
     "Subscribe\n- Privacy policy\n- Terms of use\n- Cookies"},
    {PageKind::cookie_policy,
     "# Cookie Policy\n\nThis cookie policy explains how we use cookies.\n\n## What are cookies?\n\nA cookie "
     "is a small "
     "text file that is stored by your browser. Session cookies go when you close your browser; persistent "
     "cookies "
     "stay.\n\n## Types of cookies\n\nStrictly necessary cookies, performance cookies, functionality cookies "
     "and "
     "targeting cookies. Third-party cookies are set by others.\n\n## Managing cookies\n\nYou can disable "
     "cookies in "
     "your browser settings."},
    {PageKind::legal,
     "# Terms of Service\n\nThese terms and conditions are an agreement between you and us. By using the "
     "service you "
     "agree to them.\n\n## Conduct\n\nYou may not harass others or violate any law. Prohibited content will "
     "be removed "
     "and we may suspend your account.\n\n## Liability\n\nThe service is provided as is, without warranties. "
     "We are not "
     "liable for damages.\n\n## Governing law\n\nThe courts of Utopia have jurisdiction; disputes go to "
     "arbitration."},
    {PageKind::legal,
     "# Impressum\n\nMuster GmbH\nMusterstraße 1\n12345 Musterstadt\n\nGeschäftsführer: Max "
     "Muster\nHandelsregister: "
     "Amtsgericht Musterstadt, HRB 12345\nUSt-IdNr.: DE123456789\n\nVerantwortlich für den Inhalt: Max "
     "Muster\n\n## "
     "Haftung für Links\n\nWir übernehmen keine Haftung für Inhalte externer Links. Für den Inhalt der "
     "verlinkten "
     "Seiten haften ausschließlich deren Betreiber."},
    {PageKind::not_found,
     "# 404\n\nSorry, the page you are looking for does not exist. Go back to the homepage."},
    {PageKind::not_found,
     "Seite nicht gefunden\n\nDie angeforderte Seite existiert nicht oder wurde verschoben."},
    {PageKind::not_found, "# Page introuvable\n\nCette page n'existe plus."},
    {PageKind::not_found,
     "Our website is currently undergoing scheduled maintenance. Please come back later."},
    {PageKind::not_found, "Access Denied\n\nYou don't have permission to access /privacy on this server."},
    {PageKind::not_found, "# Privacy Policy"},
    {PageKind::parked,
     "example.org\n\nThis domain is for sale. Make an offer.\n\nRelated searches: Car Insurance, Credit "
     "Report, Dating, "
     "Privacy Policy"},
    {PageKind::parked, "Diese Domain steht zum Verkauf. Domain kaufen.\n\nDatenschutz"},
    {PageKind::login,
     "One more step. Please complete the security check to access example.org. Why do I have to complete a "
     "CAPTCHA? "
     "Ray ID: 2f9 Performance & security by"},
    {PageKind::login, "Just a moment... Checking if the site connection is secure. Verify you are human."},
    {PageKind::login,
     "# Sign in\n\nUsername\n\nPassword\n\nRemember me. Forgot password? Not a member? Register now."},
    {PageKind::login, "Anmelden\n\nBenutzername\n\nPasswort\n\nPasswort vergessen?"},
    {PageKind::script_shell, "You need to enable JavaScript to run this app."},
    {PageKind::script_shell, "Bitte aktivieren Sie JavaScript, um diese Seite zu sehen."},
};

}  // namespace winnow::test
