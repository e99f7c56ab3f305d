import { mayPromote } from './promotion-gate.ts';

/** A place in the text that decided, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

export interface RuleHit {
  rule: string;
  span: Span;
}

const own =
  '(?:page|profile|account|acc|feed|bio|channel|blog|shop|store|web\\s?site|site|etsy|insta\\w*|ig|youtube|work|link|music|songs?|art|stor(?:y|ies)|collection|products?|giveaway|deals?|(?:latest|last|recent|new\\w*|first)\\s+(?:posts?|videos?|vid|pics?|songs?|reels?))';

/** What says by itself that a comment sells, links, begs for follows or offers collaboration; in the order they are tried. */
const strong: readonly (readonly [rule: string, pattern: RegExp])[] = [
  [
    'link',
    /https?:\/\/|\bwww\.\w|(?<![@\w.#])[a-z0-9][a-z0-9-]+\.(?:com|net|org|shop|store|ru|ly|io|info|biz|xyz|online|site|club|app|link|gg|co\.uk|com\.br)\b/iu,
  ],
  [
    'link in bio',
    /\blinks?\s+(?:is\s+|are\s+)?(?:in|on|at|en|no|na|nel\w*|im|dans|w)\s+(?:(?:my|our|the|mi|la|el|nuestr\w+|meu|minha|nossa|ma|mon|notre|mein\w*|der|unser\w*)\s+)?(?:bio|profile?|perfil|page|profil)\b(?!\s*\?)/iu,
  ],
  [
    'asks for messages',
    /(?<!\b(?:can|could|would|will|did|do)\s(?:you|u)\s(?:please\s|pls\s)?)\b(?:dm|pm|message|msg|inbox|contact|e-?mail)\s+(?:us\b|me\b(?!\s+(?:the|your|back|when|if|some))|@)|\b(?:dm|pm)\s+(?:for\s+(?:\w+\s+){0,2}(?:price|detail|info|order|promo|collab|credit|business)|to\s+(?:get|be|order|buy|collab|promote|join)|(?:it|this|your\s+\w+)\s+to\s+@)/iu,
  ],
  [
    'asks for messages',
    /\b(?:check|see|answer|look\s+at|read)\s+(?:(?:your|ur|you|yo)\s+)?(?:dms?|inbox|direct|pms?|direct\s+messages?)\b(?!\s*\?)|\b(?:hit|hmu|holla)\s+(?:us|me)\s+up\b|\b(?:send|sent|shoot|drop|slide)\s+(?:us|me|you|u)\s+(?:an?\s+)?(?:dm|pm|direct\s+message|message|e-?mail)\b|\breach\s+out\s+to\s+us\b/iu,
  ],
  [
    'own page',
    new RegExp(
      `\\b(?:check(?:ing)?|see|visit|view|watch|stop|swing|look|peep|peek|come|head|go|explore|discover|hear|listen|subscribe|join|love\\s+if\\s+you)\\b[^.!?\\n]{0,32}?\\b(?:my|our)\\s+(?:[\\w&]+\\s+){0,3}?${own}\\b`,
      'iu',
    ),
  ],
  [
    'own page',
    /\bcheck\s+(?:us|me)\s+out\b|\bcheck\s?out\s+@|\bvisit\s+@|\b(?:on|at|over\s+at)\s+our\s+(?:page|shop|store|site|website|channel)\b|\b(?:my|our)\s+(?:page|profile|shop|store|channel)\s+(?:for|is|has|too)\b/iu,
  ],
  [
    'begs for follows',
    /(?<!\bfor\s(?:the|your)\s)\b(?:please\s+|pls\s+|plz\s+)?follow\s+(?:me\b|us\b|my\b|our\b|back\b|@|for\s+follow|4\s*follow|@?\w+\s+for\s+more\b)|\b(?:f4f|l4l|lfl|fff|s4s|sfs|c4c|(?<!\bfor\s(?:the|your)\s)follow\s?back|followback|follow4follow|like4like|folow\s+me)\b|\b(?:gain|free|buy|get|real|more)\s+(?:(?:real|free|more|active|instagram|ig|cheap|targeted)\s+)*(?:followers|likes|subscribers)\b|\bsub(?:scribe)?\s+(?:to|2)\s+(?:me|my|our)\b|\bshout\s?outs?\s+(?:for|4|available|to\s+all)\b/iu,
  ],
  [
    'offers features',
    /\b(?:get|be|getting|become|chance\s+to\s+be)\s+(?:\w+\s+){0,2}?(?:featured|promoted|reposted|sponsored)\b|\b(?:send|tag)\s+(?:(?:this|us|your|it|pics?|photos?|a|\w+)\s+){0,4}(?:to|on|at)?\s*@\w[\w.]*\s+(?:for|to)\b|\bsend\s+(?:it|this|pics?|your\s+\w+)\s+(?:to|on)\s+@/iu,
  ],
  [
    'offers collaboration',
    /\b(?:want|would\s+you\s+like|interested|looking\s+for|love\s+to|like\s+to|invite\s+you|let'?s|lets|ready)\b[^.!?\n]{0,50}\b(?:collab\w*|ambassadors?|brand\s+rep\w*|promot(?:e|ing|ion)\b|sponsor(?:ing|ship)?\b|partner(?:ship|\s+with)|free\s+(?:products?|clothes|items?|samples?|jewel\w*|gifts?))/iu,
  ],
  [
    'offers collaboration',
    /\bwe(?:['’]d|\s+would|\s+want\s+to|['’]re|\s+are)?\s+(?:absolutely\s+)?(?:love|like|looking|want)\s+(?:to|for)\s+(?:work|collab\w*|send|gift|feature|sponsor|have\s+you|share\s+(?:this|your)|repost|new)\b|\b(?:our|become\s+an?|be\s+an?|brand)\s+(?:\w+\s+)?ambassadors?\b|\bpaid\s+(?:collab\w*|promo\w*|partnership)\b|\bcollab\w*\s+(?:with\s+us|offer|opportunit\w+)\b|\blove\s+to\s+have\s+you\b[^.!?\n]{0,30}\b(?:influencer|ambassador|team|brand)\b/iu,
  ],
  [
    'sells',
    /\b(?:shop|order|buy)\s+(?:now|here|yours|today|from\s+us)\b(?!\s*\?)|\b(?:promo|discount|coupon)\s+codes?\b(?![^.!\n]{0,12}\?)|\b(?:use|with)\s+(?:my\s+|our\s+|the\s+)?code\b|\b\d{1,2}\s?%\s?(?:off|discount|sale|rabatt|de\s+descuento|de\s+desconto|sconto|korting|indirim|diskon)\b|\b(?:free|worldwide|fast)\s+(?:shipping|delivery)\b(?!\s*\?)|\bwe\s+(?:also\s+)?(?:sell|offer|ship|deliver|make\s+custom)\b|\b(?:limited\s+(?:time|offer|stock)|best\s+prices?|cheap(?:est)?\s+price|wholesale|now\s+available\s+(?:at|on|in)|orders?\s+(?:are\s+)?open|taking\s+orders)\b/iu,
  ],
  [
    'promises money',
    /\b(?:bitcoins?|btc|crypto\w*|forex|binary\s+options?|fx\s+trad\w+|nfts?\s+drop)\b|\b(?:make|earn(?:ed|ing)?|making)\s+(?:\w+\s+){0,3}?(?:money|[$€£]\s?\d+|\d+\s?[$€£k]|cash|profits?|income)\b|\b(?:extra|passive)\s+income\b|\bwork(?:ing)?\s+from\s+home\s+(?:job|and\s+earn)|\bsugar\s?(?:daddy|mommy|mummy|baby|babies)\b|\bcash\s?app\b|\bspell\s?caster\b|\bonly\s?fans\b|\binvest(?:ed|ing|ment)?\s+(?:with|in)\s+(?:me|us|mrs?\b|him|her)/iu,
  ],
  [
    'promises a prize',
    /\byou(?:['’]ve|\s+have|['’]re|\s+are)?\s+(?:won|been\s+(?:selected|chosen)|the\s+(?:lucky\s+)?winner)\b|\b(?:eligible|chance|enter)\s+to\s+win\b|\bclaim\s+your\b|\b(?:our|hosting\s+an?|running\s+an?|join\s+the|having\s+an?)\s+(?:\w+\s+)?give\s?away\b|\bwin\s+(?:a\s+)?(?:free|cash|iphone)/iu,
  ],
  [
    'number to call',
    /(?:whats\s?app|watsapp|telegram|viber|wechat|kik|snap(?:chat)?|line\s+id|\bwa\b|\btel\b|\bcall\b|واتساب|واتس|تلگرام)[^\p{L}\n]{0,6}(?:(?:id|me|us|at|no|number|on)\b)?[^\p{L}\n]{0,5}\+?\d[\d\s().-]{5,}|\+\d[\d\s().-]{8,}\d|(?:微信|加微|薇信|[vV]信|\b[vV][xX]\b|\bQQ\b)\s*[:：]?\s*[\w-]{4,}|(?:➕|加)\s*[a-z]{2,}\d{3,}/iu,
  ],
  [
    'begs, Spanish or Portuguese',
    /\b(?:s[íi]gue(?:me|nos|n?\s+mi)|s[íi]gan(?:me|nos)?\b|te\s+sigo\s+(?:de\s+vuelta|si)|sigo\s+de\s+volta|me\s+segue|segue\s+(?:l[áa]|a\s+gente|de\s+volta)|sdv|troco\s+likes?|(?:visita|visite|visiten|mira|miren|revisa|conhe[çc]a|confira|conoce|entra\s+a|passa\s+no|d[áa]\s+uma\s+olhada)\s+(?:(?:en|no|na|a|o)\s+)?(?:mi|mis|nuestr[oa]s?|meu|minha|nossa|nosso)\b|(?:escr[íi]be(?:nos|me)|contacta(?:nos)?|chama\s+no\s+(?:direct|zap)|m[áa]ndanos)\b|(?:env[íi]os?|entregas?)\s+(?:gratis|a\s+todo|para\s+todo)|gana(?:r)?\s+dinero|ganhe\s+dinheiro|seguidores\s+(?:gratis|reales|reais)|ganh[ae]r?\s+seguidores|precios?\s+por\s+(?:dm|privado)|info\s+por\s+(?:dm|privado)|link\s+(?:en|na)\s+bio|conect[ée]monos|colaborar\s+(?:contigo|con\s+nosotros|conosco)|cupom|c[óo]digo\s+de\s+(?:descuento|desconto))/iu,
  ],
  [
    'begs, French',
    /\b(?:suis[- ]?moi|suivez[- ](?:moi|nous)|abonnez?[- ](?:toi|vous)|(?:viens|venez|passe|passez|va|allez|jette[rz]?\s+un\s+(?:œil|oeil|coup)|d[ée]couvr\w+)\b[^.!?\n]{0,25}\b(?:mon|ma|mes|notre|nos)\s+(?:compte|page|profil|boutique|cha[iî]ne|blog|insta\w*|site|cr[ée]ations?)|code\s+promo|en\s+mp\b|contacte[rz]?[- ](?:moi|nous)|gagne[rz]?\s+(?:de\s+l['’]argent|\d)|collaborer\s+avec\s+(?:toi|vous|nous)|partenariat\s+avec\s+(?:toi|vous))/iu,
  ],
  [
    'begs, German or Dutch',
    /\b(?:folg(?:t|e)?\s+(?:mir|uns)|(?:schau|schaut|guck|komm|besuch\w*)\b[^.!?\n]{0,25}\b(?:bei\s+(?:mir|uns)\s+(?:vorbei|rein)|mein(?:em|en|er|e)?\s+(?:profil|seite|account|kanal|blog|shop)|unser(?:em|en|er|e)?\s+(?:profil|seite|shop|kollektion|kanal))|rabattcode|gutscheincode|schreib(?:t)?\s+(?:mir|uns)\s+(?:gern\w*\s+|mal\s+|doch\s+)*(?:ne\s+|eine\s+)?(?:pn|dm|nachricht|privat)|geld\s+verdienen|(?:mit|zu)\s+uns\s+(?:zusammen|kooperieren)|kooperation\s+(?:mit|hast|lust)|volg\s+(?:mij|ons)\b|neem\s+(?:eens\s+)?een\s+kijkje|kijk\s+(?:eens|ook)?\s*(?:op|bij)\s+(?:mijn|onze|ons)|kortingscode|stuur\s+(?:ons|mij)\s+een\s+(?:dm|bericht))/iu,
  ],
  [
    'begs, Italian',
    /\b(?:segui(?:mi|ci|temi|teci)|(?:passa|vieni|visita|guarda|d[aà]i?\s+un['’\s]+occhiata|date\s+un['’\s]+occhiata|scopri|venite)\b[^.!?\n]{0,25}\b(?:mio|mia|miei|nostr[oaie]|da\s+(?:me|noi)|sul\s+mio|al\s+mio)\s+(?:profilo|pagina|canale|blog|shop|sito|negozio|collezione|creazioni)|codice\s+sconto|scrivi(?:mi|ci|teci)|contatta(?:ci|mi|teci)|collaborare\s+con\s+(?:noi|te)|ti\s+va\s+di\s+collaborare|guadagna(?:re)?\s+(?:soldi|da\s+casa|online)|spedizione\s+gratuita|ricambio\s+(?:il\s+follow|tutti))/iu,
  ],
  [
    'begs, other languages',
    /\b(?:follow\s+balik|fol(?:l)?back|follback|cek\s+(?:bio|ig|profil|toko)|mampir\s+(?:ke|ya|yuk)|yuk\s+(?:mampir|order|cek)|(?:minat|order|pesan)\s+(?:dm|wa|chat|hub\w*)|menjual|menyediakan|ready\s+stok|takip\s+(?:ed(?:in|er\s?mi\w*|elim)|et\b)|geri\s+takip|g\.?t\b\s+var|sayfam(?:a|ız|iz)\w*|profilim(?:e|i)\b|indirim\s+kodu|sipari[şs]\s+i[çc]in|zapraszam\w*\s+(?:do\s+(?:mnie|nas)|na\s+m[óo]j)|zaobserwuj|obserwuj\s+(?:mnie|nas)|kod\s+rabatowy|sjekk\s+ut\s+(?:v[åa]r|mitt?|min)|kolla\s+in\s+(?:min|v[åa]r)|f[öo]lj\s+(?:mig|oss)|f[øo]lg\s+(?:meg|oss|mig)|sleduj(?:te)?\s+(?:m[ěe]|n[áa]s)|follow\s+(?:karo|kare|kijiye|kar\s+do))(?!\p{L})/iu,
  ],
  [
    'begs, other scripts',
    /подпис(?:ывай|ыва|ка|ись|ать)|подпишись|взаимн(?:ая|о|ые)|заходи(?:те)?\s+(?:ко\s+мне|на\s+мо|в\s+профил|к\s+нам)|в\s+(?:шапке\s+)?профил[еья]\b|заработ(?:ок|ать|ай)|пиши(?:те)?\s+в\s+(?:директ|лс|личк)|переходи(?:те)?|закажи|заказать|доставк[аи]\s+(?:по|бесплат)|підпис|تابعني|تابعوني|تابعونا|للطلب|للتواصل|متابع(?:ين|ه|ة)\s+(?:متابع|حقيق)|زيارة\s+(?:صفح|حساب)|فالو\s?بک|فالوبک|پیج\s+(?:ما|من)|سر\s?بزن|دایرکت|フォロー(?:お願い|して|ください|返)|相互フォロー|プロフ(?:ィール)?(?:見|から|の|へ)|見に来て|互粉|求粉|代购|代購|私信我|主页|主頁|加我|正品|高仿|货源|貨源|专柜|專櫃|验货|品质[^a-z]{0,20}(?:承诺|保证)|批发|批發|厂家|맞팔|선팔|소통해요|팔로우\s?해|문의\s?주|놀러\s?오|फॉलो\s?कर|עקבו\s+אחר|בואו\s+ל/iu,
  ],
];

/** What may be promotion or talk; two of them together are promotion. */
const weak: readonly RegExp[] = [
  /\b(?:dms?|inbox|direct)\b/iu,
  /\b(?:our|my)\s+(?:page|profile|shop|store|products?|brand|link|collection|followers)\b/iu,
  /\b(?:collab\w*|promo\w*|ambassador|sponsor\w*|giveaway|discount|coupon|deals?|offers?)\b/iu,
  /\b(?:followers|following\s+you|followed\s+you)\b/iu,
  /\b(?:brands?|business(?:es)?|company|customers?)\b/iu,
  /(?:#[\p{L}\p{N}_]+\s*){4,}/u,
  /📩|📲|💌|👇|⬇️|🔗|💸|💰|📞|☎️|✉️/u,
];
const askingPattern = /[?？؟]/u;

/** The rule by which a comment is promotion, and where it stands; null when none fits. */
export function findPromotion(text: string): RuleHit | null {
  return mayPromote(text) ? tryPromotion(text) : null;
}

/** The same without the gate before it. */
export function tryPromotion(text: string): RuleHit | null {
  for (const [rule, pattern] of strong) {
    const found = pattern.exec(text);
    if (found !== null) return { rule: `promotion: ${rule}`, span: spanOf(found) };
  }
  let first: Span | null = null;
  let count = askingPattern.test(text) ? -1 : 0;
  for (const pattern of weak) {
    const found = pattern.exec(text);
    if (found === null) continue;
    count += 1;
    first ??= spanOf(found);
    if (count > 1) return { rule: 'promotion: two weak signs', span: first };
  }
  return null;
}

function spanOf(found: RegExpExecArray): Span {
  return { start: found.index, end: found.index + found[0].length };
}
