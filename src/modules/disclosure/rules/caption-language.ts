import { knownWord } from './known-words.ts';
import type { Token } from './read-caption.ts';
import { foldWords } from './read-caption.ts';

/** Small words that a language can hardly do without, folded as captions are. */
const small: Readonly<Record<string, string>> = {
  en: 'the and is are was to of in my for with you your this that it on at have has be we i im so just not from but all me our can out how what when love its if will more up about get do they by or an there here make made been one who some new day best today check thank thanks see us',
  de: 'der die das und ist ich nicht mit ein eine einen zu für auf mein meine euch wir ihr habe haben war auch bei von im den dem es wie so aber noch nur mehr heute schon sind wenn was mich mir dich oder zum zur hat werden kann bin jetzt hier gibt immer aus nach neue neuen dieses diese dieser euer',
  fr: 'le la les et est un une des du de je pas pour avec mon ma mes vous nous dans sur que qui ce cette au aux en plus très tout tous mais bien ai suis fait ça été chez votre vos leur ou comme aussi jour merci trop moi toi sont avez',
  it: 'il lo la gli le e è un una di che non per con mio mia miei sono del della nel nella questo questa ho ha più mi ti ci si come da al alla dei delle anche ma oggi tutto tutti sempre molto quando cosa dove perché anni grazie vi',
  es: 'el la los las y es un una de que no por para con mi mis en del se lo me te muy más este esta como pero al todo todos hoy soy estoy son tu tus yo nos ya cuando hay qué también gracias ha he su sus si porque días',
  pt: 'o a os as e é um uma de que não para com meu minha em do da no na se por mais muito você vocês eu foi esse essa isso como mas tudo dia hoje tem ao pra pro meus minhas está aqui já são quem gente também obrigada obrigado dos das nossa',
  nl: 'de het een en is van ik niet met mijn voor op je jullie dat dit deze zijn wij we ook maar zo naar bij om te er nog heb hebben was als wat aan nu al meer heel mij onze kan door vandaag',
  sv: 'och att det är en ett jag inte med på för som av min mina den har till vi ni så om men från er nu här var kan har mig dig när också lite mycket idag bara hos era någon alla efter ska',
  da: 'og at det er en et jeg ikke med på for som af min mine den har til vi i så om men fra jer nu her var kan mig dig når også lidt meget dag bare hos alle efter skal blev hvad været',
  no: 'og at det er en et jeg ikke med på for som av min mine den har til vi dere så om men fra nå her var kan meg deg når også litt mye dag bare hos alle etter skal ble hva vært',
  fi: 'ja on ei se että en minun oli mutta kun niin tämä myös nyt ovat vain sekä kuin mitä jos olen ole minä te me tänään tässä hyvä kaikki aina',
  pl: 'i w na z do nie to się jest jak że dla mnie mój moja moje o po tak ale za czy już od są tylko był była co mi ten ta te przez jestem mam bardzo dziś być wam was was który która dzień też oraz',
  id: 'yang dan di ini itu untuk dengan dari aku saya kamu ke tidak ada juga bisa sudah buat banget kalian kita pakai lagi mau akan jadi sama kalau karena nya hari bikin biar udah gak nggak atau lebih semua para',
  tr: 've bir bu için çok ile de da ben sen benim gibi daha ne en var yok ama o olan şey siz biz bugün kadar sonra her olarak mı mi değil güzel bana ya ki olsun hem',
  ro: 'și si de la cu pe un o este nu că mai în pentru din am sunt ce care mea meu foarte dar',
  cs: 'a v na je se že to s jsem mi za do jak ale pro si už tak co být mě jsou moje jen dnes',
};

const languages = Object.keys(small);
/** Languages of a small word, and what it speaks for each: less, the more of them have it. */
const byNumber: { languages: number[]; points: number }[] = [];
languages.forEach((language, at) => {
  for (const word of new Set(foldWords(small[language] ?? ''))) {
    const number = knownWord(word);
    const own = [...(byNumber[number]?.languages ?? []), at];
    byNumber[number] = { languages: own, points: 1 / Math.sqrt(own.length) };
  }
});

/** Letters that only some languages use, worth nearly a word each: the letters, a blank, the languages. */
const ownLetters = new Map(
  ['ß de', 'ñ¿¡ es', 'ãõ pt', 'åÅ sv,da,no', 'æøÆØ da,no', 'ąęłśźżń pl', 'ğışİ tr', 'ěřů cs', 'țșă ro'].flatMap(
    (line) => {
      const [letters = '', own = ''] = line.split(' ');
      const codes = own.split(',').map((one) => languages.indexOf(one));
      return [...letters].map((letter) => [letter.charCodeAt(0), codes] as const);
    },
  ),
);
const letterPoints = 0.8;

const scripts: readonly (readonly [RegExp, string])[] = [
  [/[\u3040-\u30ff]/u, 'ja'],
  [/[\uac00-\ud7af]/u, 'ko'],
  [/[\u4e00-\u9fff]/u, 'zh'],
  [/[\u0e00-\u0e7f]/u, 'th'],
  [/[\u0900-\u097f]/u, 'hi'],
  [/[\u0600-\u06ff]/u, 'ar'],
  [/[\u0400-\u04ff]/u, 'ru'],
  [/[\u0370-\u03ff]/u, 'el'],
  [/[\u0590-\u05ff]/u, 'he'],
];

/** A caption of two languages counts as both when the lesser has this share of what speaks for the greater. */
const secondShare = 0.5;
const languagesMax = 3;
const evidenceMin = 2;
/** Tokens of a caption that are looked at, from its beginning. */
export const tokensRead = 100;

/**
 * Languages a caption is written in, the likeliest first; none when too little speaks for any. By script, else by small words and own letters:
 * light enough to run while somebody types. Terms of advertising, names, hashtags and addresses do not count.
 */
export function captionLanguages(caption: string, tokens: readonly Token[], skip: ReadonlySet<number>): string[] {
  const points = new Float64Array(languages.length);
  const byScript = new Map<string, number>();
  let latinWords = 0;
  const most = Math.min(tokens.length, tokensRead);
  for (let at = 0; at < most; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind !== 'word' || skip.has(at)) continue;
    const isLatin = token.isPlain || caption.charCodeAt(token.start) < 0x370;
    const script = isLatin ? null : scriptOf(caption.slice(token.start, token.end));
    if (script !== null) {
      byScript.set(script, (byScript.get(script) ?? 0) + Math.max(1, (token.end - token.start) / 4));
      continue;
    }
    latinWords += 1;
    const some = token.known === 0 ? undefined : byNumber[token.known];
    if (some !== undefined)
      for (let i = 0; i < some.languages.length; i += 1) {
        const one = some.languages[i] ?? 0;
        points[one] = (points[one] ?? 0) + some.points;
      }
    if (token.isPlain) continue;
    for (let i = token.start; i < token.end; i += 1) {
      const code = caption.charCodeAt(i);
      if (code < 0x80) continue;
      for (const one of ownLetters.get(code) ?? []) points[one] = (points[one] ?? 0) + letterPoints;
    }
  }
  const found = likeliest(points);
  const ofLatin = found.map((one) => languages[one] ?? '');
  if (byScript.size === 0) return ofLatin;
  const [first] = found;
  const latin = first === undefined ? 0 : Math.max(latinWords / 2, points[first] ?? 0);
  const written = [...byScript].filter(([, count]) => count >= 1 && count >= latin / 2).sort(([, a], [, b]) => b - a);
  const ofScript = written.map(([script]) => (script === 'zh' && byScript.has('ja') ? 'ja' : script));
  return [...new Set([...ofScript, ...ofLatin])].slice(0, languagesMax);
}

/** The languages enough speaks for, the likeliest first. */
function likeliest(points: Float64Array): number[] {
  let best = 0;
  for (let at = 0; at < points.length; at += 1) best = Math.max(best, points[at] ?? 0);
  if (best < evidenceMin) return [];
  const found: number[] = [];
  for (let at = 0; at < points.length; at += 1) {
    const own = points[at] ?? 0;
    if (own >= evidenceMin && own >= best * secondShare) found.push(at);
  }
  return found.sort((a, b) => (points[b] ?? 0) - (points[a] ?? 0)).slice(0, languagesMax);
}

function scriptOf(raw: string): string | null {
  for (const [pattern, language] of scripts) if (pattern.test(raw)) return language;
  return null;
}
