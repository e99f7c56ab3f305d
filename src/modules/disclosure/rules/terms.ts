import { foldWords } from './read-caption.ts';

/**
 * What a term tells a reader by itself. `clear`: that it is an advertisement. `ambiguous`: that there is something, not what.
 * `gift`: that something was given. `affiliate`: that a link or code earns. `thanks`: thanks to somebody. `denial`: that it is none.
 */
export type TermClass = 'clear' | 'ambiguous' | 'gift' | 'affiliate' | 'denial';

export interface Term {
  /** Language and words, such as `en:paid partnership`; packs name terms by it. */
  id: string;
  language: string;
  class: TermClass;
  words: readonly string[];
  /** An everyday word: it only counts when it stands as a label, not within a sentence. */
  isEveryday: boolean;
  /** Counts only before or after a name. */
  needsName: boolean;
}

/**
 * Words by language; `/` parts them. A leading `~` marks an everyday word that counts only where it stands as a label,
 * a leading `@` one that counts only beside a name. Each is also looked for written together as a hashtag.
 */
interface Words {
  clear?: string;
  ambiguous?: string;
  gift?: string;
  affiliate?: string;
  denial?: string;
}

const words: Readonly<Record<string, Words>> = {
  en: {
    clear:
      '~ad/~ads/~ad with @/~ad for @/~ad by @/~advert for @/~advert/~advertisement/~advertorial/this is an ad/this is an advert/this is an advertisement/post is an ad/video is an ad/reel is an ad/sponsored/paid partnership/paid partner/paid ad/paid advertisement/paid advert/paid post/~paid content/~paid promotion/this is a paid promotion/contains paid promotion/includes paid promotion/paid collaboration/paid collab/in paid partnership/paid for by/ad paid for by/paid sponsorship/sponsored post/sponsored by/sponsored content/sponsored video/ad feature/advertising feature/contains an ad/promoted post/commercial collaboration/commercial partnership',
    ambiguous:
      '~sp/~spon/~paid/~sponsor/@sponsor/@sponsors/~sponsorship/~collab/~collaboration/@collab with/@collab/@in collaboration with/@collaborated with/@collaborating with/@collaboration with/@collaboration/~partner/~partners/~partnership/proud partner/official partner/brand partner/partner of @/our partner @/@in partnership with/@partnered with/@partnering with/@partnered up with/@partnership with/@teamed up with/@teaming up with/~ambassador/brand ambassador/@ambassador/@ambassador for/ambassador for @/@in association with/~promo/~client/~employee/brand collab/made possible by',
    gift: '~gifted/~free gift/gifted by/gifted from/was gifted/were gifted/gifted me/gifted us/gifted item/gifted items/gifted product/gifted products/gifted stay/gifted experience/gifted collab/pr gift/pr gifted/pr sample/pr package/pr product/press sample/press trip/press gift/press stay/complimentary of/comped/kindly sent/sent to me by @/sent me @/gift from @/gifts from @/present from @/free product from/received this product/received these products/received for free/got this for free/received free/received complimentary/complimentary products/complimentary product/c o @',
    affiliate:
      '~affiliate/affiliate link/affiliate links/affiliate code/aff link/aff links/commissionable link/commissionable links/earn a commission/earn commission/earn a small commission/liketkit/liketoknowit/ltk/shopmyltk/amazon associate/paid link/paid links',
    denial:
      'notsponsored/notanad/notad/nonsponsored/unsponsored/not sponsored/non sponsored/notpaid/notpaidfor/notasponsor/notapaidad/notsponsoredpost/nonsponsoredpost/notanadvert/notapaidpartnership/noad/notgifted/ad free/adfree',
  },
  de: {
    clear:
      '~werbung/~anzeige/~dauerwerbesendung/werbevideo/werbepost/werbebeitrag/bezahlte partnerschaft/bezahlte werbung/bezahlte werbepartnerschaft/bezahlte kooperation/bezahlte zusammenarbeit/werbepartnerschaft/enthält werbung/enthält bezahlte werbung/gesponsert/gesponserter beitrag/gesponserter post/gesponserte inhalte/unterstützt durch produktplatzierung/diese werbung/dies ist werbung/das ist werbung/dieser post ist werbung/dieser beitrag ist werbung',
    ambiguous:
      'unbezahlte werbung/werbung unbezahlt/werbung unbeauftragt/unbeauftragte werbung/werbung da markennennung/werbung wegen markennennung/~kooperation/@in kooperation mit/@kooperation mit/~zusammenarbeit/@in zusammenarbeit mit/~partnerschaft/@in partnerschaft mit/~markenbotschafter/~markenbotschafterin/~botschafter/produktplatzierung/~sponsoring/~rabattcode/~werbepartner',
    gift: 'pr sample/pr muster/pr produkt/pressesample/~geschenkt/kostenlos zur verfügung gestellt/kostenfrei zur verfügung gestellt/zur verfügung gestellt bekommen/gratis bekommen/kostenlos erhalten/kostenlos bekommen/pressereise/geschenk von @',
    affiliate: 'affiliatelink/affiliatelinks/affiliate link/affiliate links/partnerlink/werbelink/provisionslink',
    denial:
      'keine werbung/keinewerbung/nicht gesponsert/nichtgesponsert/ungesponsert/selbst gekauft/selbstgekauft/werbefrei/ohne werbung',
  },
  fr: {
    clear:
      '~publicite/~pub/collaboration commerciale/collaboration remuneree/collab commerciale/collab remuneree/partenariat remunere/partenariat commercial/partenariat paye/communication commerciale/sponsorise/sponsorisee/contenu sponsorise/post sponsorise/publication sponsorisee/video sponsorisee/contenu publicitaire/ceci est une publicite/~annonce publicitaire/sponsorise par/commandite/contenu commandite',
    ambiguous:
      '~partenariat/@en partenariat avec/@partenariat avec/~partenaire/~collaboration/@en collaboration avec/@collaboration avec/@collab avec/en collab avec/~ambassadrice/~ambassadeur/@ambassadrice/@ambassadeur/~sponso/~egerie/~copub',
    gift: '~offert/~offerts/produit offert/produits offerts/offert par/offerte par/offerts par/offertes par/sejour offert/~cadeau/cadeau de @/recu gratuitement/invitation presse/voyage de presse',
    affiliate: 'lien affilie/liens affilies/lien d affiliation/liens d affiliation/code affilie',
    denial:
      'non sponsorise/nonsponsorise/pas sponsorise/pas de la pub/pas une pub/pas de publicite/pas une publicite/paspub/non remunere/nonsponso/sans partenariat/aucun partenariat/pas un partenariat',
  },
  it: {
    clear:
      '~pubblicita/~inserzione/inserzione a pagamento/~contenuto pubblicitario/contenuto sponsorizzato/sponsorizzato/sponsorizzata/sponsorizzato da/post sponsorizzato/partnership pubblicizzata/partnership retribuita/collaborazione pubblicitaria/collaborazione retribuita/collaborazione pagata/collaborazione a pagamento/promosso da/~messaggio pubblicitario/~comunicazione commerciale/questa e una pubblicita',
    ambiguous:
      '~collaborazione/@in collaborazione con/@collaborazione con/~partnership con/@in partnership con/~adv/~sponsor/~suppliedby/~promo/~testimonial',
    gift: '~regalo/regalo di @/omaggio/~omaggio/omaggio di @/prodotto fornito da/prodotti forniti da/prodotto inviato da/prodotti inviati da/invitato da @/invitata da @/invito di @/ricevuto gratuitamente/ricevuto in regalo/prodotto offerto da',
    affiliate: 'link affiliato/link affiliati/link di affiliazione/codice affiliato',
    denial:
      'non sponsorizzato/nonsponsorizzato/no adv/noadv/non e pubblicita/non e una pubblicita/non e sponsorizzato/nessuna sponsorizzazione/senza sponsorizzazione/nosponsor/non e un adv/comprato da me',
  },
  es: {
    clear:
      '~publicidad/~publi/~anuncio/patrocinado/patrocinada/patrocinado por/contenido patrocinado/contenido publicitario/post patrocinado/publicacion patrocinada/colaboracion pagada/colaboracion remunerada/colaboracion publicitaria/colaboracion comercial/asociacion pagada/colaboración de pago/alianza pagada/publicación pagada/contenido pagado/esto es publicidad/viaje patrocinado',
    ambiguous:
      '~colaboracion/@en colaboracion con/@colaboracion con/~colab/~colabo/@colab con/~sponso/~patrocinio/~embajador/~embajadora/@embajadora/@embajador/embajadora de @/embajador de @/@en alianza con/~alianza/~promocion',
    gift: '~regalo/regalo de @/regalado por/~obsequio/obsequio de @/producto regalado/productos regalados/cortesia de @/invitacion de @/invitado por @/invitada por @/enviado por @/me han enviado/me enviaron/producto cedido',
    affiliate: 'enlace de afiliado/enlaces de afiliado/enlaces afiliados/link de afiliado/codigo de afiliado',
    denial:
      'no es publi/noespubli/no es publicidad/noespublicidad/no patrocinado/nopatrocinado/no es patrocinado/sin publicidad/no es un anuncio/nopubli/no me pagan/no es colaboracion/no sponsor/nosponsor',
  },
  pt: {
    clear:
      '~publicidade/~publi/~publipost/~publieditorial/~anuncio/patrocinado/patrocinada/patrocinado por/conteudo patrocinado/post patrocinado/parceria paga/parceria remunerada/colaboracao paga/conteudo pago/publicidade paga/~informe publicitario',
    ambiguous:
      '~parceria/@em parceria com/@parceria com/~parceiro/~parceira/~parceiros/~collab/@em colaboracao com/~colaboracao/~embaixadora/~embaixador/embaixadora @/~oferecimento',
    gift: '~recebido/~recebidos/recebidinho/recebidinhos/~presente/presente da @/presente de @/~brinde/cortesia @/a convite de @/a convite da @/recebi de @/recebi da @/ganhei da @/ganhei de @/~press kit',
    affiliate: 'link de afiliado/links de afiliado/link afiliado/links afiliados',
    denial:
      'nao e publi/naoepubli/nao e publicidade/naoepublicidade/nao patrocinado/sem publi/nao e patrocinado/nao e propaganda/nao estou sendo paga/nao e um anuncio',
  },
  nl: {
    clear:
      '~advertentie/~reclame/~advertorial/gesponsord/gesponsord door/gesponsorde post/betaalde samenwerking/betaald partnerschap/betaalde partnerschap/betaalde promotie/betaalde post/betaalde reclame/betaald door @/bevat reclame',
    ambiguous:
      '~adv/~samenwerking/@in samenwerking met/@samenwerking met/~collab/~partner/~promotie/~ambassadeur/@ambassadeur/mede mogelijk gemaakt door',
    gift: '~gekregen/gekregen van @/gratis gekregen/cadeau van @/~pr pakket/uitgenodigd door @/gratis ontvangen/ontvangen van @',
    affiliate: 'affiliatelink/affiliate link/affiliate links/affiliatelinks',
    denial:
      'niet gesponsord/nietgesponsord/geen reclame/geenreclame/geen advertentie/geenad/geen ad/geen samenwerking/nietbetaald/niet betaald/zelf gekocht/zelfgekocht',
  },
  sv: {
    clear:
      '~annons/~reklam/betalt samarbete/betalt partnerskap/i betalt samarbete med/reklaminlägg/sponsrat/sponsrat inlägg/sponsrad/reklamsamarbete/reklam för/annonssamarbete/annons för',
    ambiguous: '~samarbete/@i samarbete med/@samarbete med/~ambassadör/~spons/@ambassadör',
    gift: '~pressutskick/~fått/fått av @/fick av @/inbjuden av @/pressresa/gåva från @',
    affiliate: 'adlink/adlänk/adlänkar/annonslänk/annonslänkar/reklamlänk/reklamlänkar/affiliatelänk',
    denial:
      'ej sponsrat/ejsponsrat/inte sponsrat/ej reklam/inte reklam/ingen reklam/ej samarbete/inte ett samarbete/egenköpt',
  },
  da: {
    clear:
      '~reklame/~annonce/betalt samarbejde/betalt partnerskab/sponsoreret/sponsoreret indhold/reklame for @/annonce for @/betalt annonce',
    ambiguous: '~samarbejde/@i samarbejde med/@samarbejde med/~spons/~ambassadør',
    gift: '~gave/gave fra @/~pressegave/~presseprøve/inviteret af @/modtaget af @',
    affiliate: 'reklamelink/reklamelinks/affiliatelink/affiliatelinks/annoncelink',
    denial: 'ikke reklame/ikke sponsoreret/ingen reklame/ikke betalt/ikke annonce',
  },
  no: {
    clear:
      '~reklame/~annonse/betalt samarbeid/betalt partnerskap/sponset/sponset innlegg/annonse for @/reklame for @/annonsørinnhold',
    ambiguous: '~samarbeid/@i samarbeid med/@samarbeid med/~spons/~ambassadør',
    gift: '~gave/gave fra @/~presseprøve/invitert av @/mottatt av @',
    affiliate: 'reklamelenke/reklamelenker/annonselenke/annonselenker/affiliatelenke',
    denial: 'ikke reklame/ikke sponset/ikke annonse/ingen reklame/ikke betalt',
  },
  fi: {
    clear: '~mainos/kaupallinen yhteistyö/maksettu yhteistyö/maksettu kumppanuus/sponsoroitu',
    ambiguous: '~yhteistyö/@yhteistyössä/yhteistyössä @',
    gift: 'saatu/~saatu/~pr näyte/saatu tuote',
    affiliate: 'mainoslinkki/affiliatelinkki',
    denial: 'ei mainos/ei sponsoroitu/ei kaupallinen yhteistyö/itse ostettu',
  },
  pl: {
    clear:
      '~reklama/~reklamy/materiał reklamowy/post reklamowy/wpis reklamowy/współpraca reklamowa/współpraca komercyjna/materiał sponsorowany/post sponsorowany/wpis sponsorowany/sponsorowane/płatna współpraca/współpraca płatna/płatne partnerstwo/partnerstwo płatne/materiał płatny/płatna reklama/~autopromocja',
    ambiguous:
      '~współpraca/@we współpracy z/@współpraca z/współpraca z marką/~ambasador/~ambasadorka/@ambasadorka/@ambasador/~partner/~promo/~współpracabarterowa/barter/~polecajka',
    gift: '~prezent/prezent od @/~otrzymane/prezent od marki/otrzymałam od @/otrzymałem od @/dostałam od @/dostałem od @/zaproszenie od @/zaproszona przez @',
    affiliate: 'link afiliacyjny/linki afiliacyjne/afiliacja/~afiliacja',
    denial:
      'nie reklama/niereklama/to nie reklama/nie jest reklama/to nie jest reklama/nie jest to reklama/nie sponsorowane/niesponsorowane/bez reklamy/nie jest sponsorowany/nie jest sponsorowane/post niesponsorowany',
  },
  id: {
    clear:
      '~iklan/kerja sama berbayar/kerjasama berbayar/kemitraan berbayar/kemitraan berbayar dengan/konten berbayar/konten bersponsor/postingan bersponsor/disponsori/disponsori oleh/bersponsor/iklan berbayar/promosi berbayar/~iklan dari',
    ambiguous:
      '~endorse/~endorsement/~kerjasama/@kerjasama dengan/kerja sama dengan @/@bekerja sama dengan/~kolaborasi/@berkolaborasi dengan/~paidpromote/~duta/~brandambassador/dipersembahkan oleh',
    gift: '~hadiah dari @/hadiah dari @/kiriman dari @/dikirim oleh @/diundang oleh @/produk gratis dari',
    affiliate: 'link afiliasi/tautan afiliasi/~afiliasi',
    denial:
      'bukan iklan/bukaniklan/tidak disponsori/tanpa sponsor/bukan endorse/bukanendorse/bukan sponsor/bukan konten berbayar/tidak dibayar/bukan promosi berbayar/beli sendiri',
  },
  he: {
    clear: '~פרסומת/~מודעה/בחסות/שיתוף פעולה ממומן/תוכן ממומן/פוסט ממומן',
    ambiguous: '~בשיתוף/בשיתוף @',
    denial: 'לא פרסומת/לא ממומן',
  },
  el: {
    clear: '~Διαφήμιση/χορηγούμενο/πληρωμένη συνεργασία/χορηγούμενη ανάρτηση',
    ambiguous: '~συνεργασία/σε συνεργασία με',
    denial: 'δεν είναι διαφήμιση/όχι διαφήμιση',
  },
  ro: {
    clear: '~publicitate/~reclamă/parteneriat plătit/conținut sponsorizat/sponsorizat',
    ambiguous: '~parteneriat/în parteneriat cu/în colaborare cu',
    denial: 'nu este reclamă/nu e reclamă/nesponsorizat',
  },
  cs: {
    clear: '~reklama/placená spolupráce/placené partnerství/sponzorováno/sponzorovaný příspěvek',
    ambiguous: '~spolupráce/ve spolupráci s',
    denial: 'není reklama/neníreklama/bez reklamy',
  },
  ca: { clear: '~publicitat/patrocinat/contingut patrocinat', ambiguous: '~col·laboració/en col·laboració amb' },
  ga: { clear: '~Fógra/urraithe' },
  tr: {
    clear:
      '~reklam/reklam içerir/ücretli ortaklık/ücretli iş birliği/reklam iş birliği/ücretli işbirliği/sponsorlu/sponsorlu içerik/reklam işbirliği/sponsorluğunda/tanıtım reklam',
    ambiguous: '~iş birliği/~işbirliği/işbirliğiyle/iş birliğiyle/~ortaklık/~tanıtım/marka elçisi/~sponsor',
    gift: '~hediye/hediye edildi/hediyesi',
    affiliate: 'satış ortaklığı/affiliate link/~ortaklık linki',
    denial: 'reklam değil/reklam değildir/reklamdeğil/sponsorlu değil/reklam içermez/reklam degil/işbirliği değil',
  },
  ru: {
    clear:
      '~реклама/на правах рекламы/рекламный пост/рекламная публикация/оплаченное партнерство/оплаченное партнёрство/платное партнерство/платное партнёрство/спонсорский пост/спонсировано/рекламная интеграция/партнерский материал',
    ambiguous:
      '~сотрудничество/в сотрудничестве с/~коллаборация/в коллаборации с/~партнер/~партнёр/~амбассадор/@амбассадор/~бартер/совместно с @/~спонсор',
    gift: '~подарок/подарок от @/подарили/~подарено/предоставлено брендом',
    affiliate: 'партнерская ссылка/партнёрская ссылка/реферальная ссылка',
    denial: 'не реклама/нереклама/это не реклама/не является рекламой/без рекламы',
  },
  ar: {
    clear:
      '~إعلان/~اعلان/~الإعلان/إعلان مدفوع/محتوى مدفوع/محتوى إعلاني/شراكة مدفوعة/شراكة مدفوعة مع/منشور مدفوع/إعلان ممول/محتوى ممول/برعاية/~دعاية/ممول/اعلان مدفوع',
    ambiguous: '~تعاون/بالتعاون مع/~شراكة/بالشراكة مع/~سفيرة/~سفير/سفيرة @/سفير @/~رعاية',
    gift: '~هدية/هدية من @/هدية من/أهدتني/بدعوة من/دعوة من @',
    affiliate: 'رابط عمولة/رابط أفلييت',
    denial:
      'ليس إعلان/ليس إعلانا/ليس اعلان/مو إعلان/مو اعلان/مش إعلان/مش اعلان/بدون إعلان/غير مدفوع/ليست دعاية/ليس دعاية/مو دعاية/مهو إعلان',
  },
  hi: {
    clear: '~विज्ञापन/प्रायोजित/सशुल्क साझेदारी/पेड पार्टनरशिप/प्रायोजित पोस्ट/सशुल्क प्रचार/भुगतान किया गया विज्ञापन',
    ambiguous: '~सहयोग/के सहयोग से/~साझेदारी/~पार्टनरशिप/~कोलैब',
    gift: '~उपहार/मुफ्त उपहार/तोहफा',
    denial: 'विज्ञापन नहीं/प्रायोजित नहीं/यह विज्ञापन नहीं है/ये विज्ञापन नहीं है',
  },
};

/** Terms of scripts that are written without blanks: looked for within a run of signs. */
const runs: Readonly<Record<string, Words>> = {
  ja: {
    clear:
      '広告/プロモーションを含/タイアップ/有料パートナーシップ/スポンサー提供/提供でお送り/提供投稿/プロモーション投稿/企業案件',
    ambiguous: 'コラボ/アンバサダー/アンバサダ/モニター/案件/協賛',
    gift: '提供いただき/ご提供/いただきました/ギフティング/プレゼントして頂/頂きました/招待いただき/ご招待',
    denial:
      '広告ではありません/広告じゃない/広告じゃありません/広告ではない/案件ではありません/案件じゃない/宣伝ではありません/広告でも案件でも',
  },
  ko: {
    clear: '광고/유료광고/협찬/제공받아/제작비를지원받아/원고료/유료파트너십/소정의',
    ambiguous: '체험단/서포터즈/콜라보/앰버서더/앰배서더/협업',
    gift: '선물받/무상제공/초대받',
    denial: '광고아님/광고아니/광고 아님/광고 아니/내돈내산/협찬아님/협찬아니/광고x',
  },
  zh: {
    clear: '广告/廣告/赞助内容/贊助內容/付费合作/付費合作/付费推广/付費推廣/商业推广/业配/業配/工商时间',
    ambiguous: '合作/大使/赞助/贊助/推广/联名',
    gift: '赠送/贈送/赠品/受邀/邀请/公關品/公关品',
    denial: '非广告/非廣告/不是广告/不是廣告/无广告/非业配/非業配/自费/自費/不是业配/不是業配',
  },
  th: {
    clear: 'โฆษณา/สปอนเซอร์/ได้รับการสนับสนุน',
    ambiguous: 'ร่วมกับ',
    denial: 'ไม่ใช่โฆษณา/ไม่ได้โฆษณา/ไม่มีสปอนเซอร์',
  },
};

const classes: readonly TermClass[] = ['clear', 'ambiguous', 'gift', 'affiliate', 'denial'];

function readTerms(language: string, of: Words): Term[] {
  return classes.flatMap((name) =>
    (of[name] ?? '')
      .split('/')
      .filter((text) => text !== '')
      .map((text) => readTerm(language, name, text)),
  );
}

function readTerm(language: string, name: TermClass, written: string): Term {
  const text = written.replace(/^[~@]|@$/gu, '').trim();
  return {
    id: `${language}:${text}`,
    language,
    class: name,
    words: foldWords(text),
    isEveryday: written.startsWith('~'),
    needsName: written.startsWith('@') || written.endsWith('@'),
  };
}

/** All terms that are written with blanks. */
export const terms: readonly Term[] = Object.entries(words).flatMap(([language, of]) => readTerms(language, of));

/** Terms that are looked for within runs, the longest first. */
export const runTerms: readonly Term[] = Object.entries(runs)
  .flatMap(([language, of]) => readTerms(language, of))
  .map((term) => ({ ...term, words: [term.words.join('')] }))
  .sort((a, b) => (b.words[0]?.length ?? 0) - (a.words[0]?.length ?? 0));
