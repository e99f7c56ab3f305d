import type { SafetyContext } from '../api.ts';

// How a flagged word is used, in eleven languages: a hint for the person who looks. A flag stays a flag, since rules like these err (docs/methods/brand-safety.md).

const words = (list: string) => new Set(list.split(' '));

const negators = words(
  'no not never without zero quit quitting avoid instead cannot nobody none ' +
    'kein keine keinen keiner keinem nicht nie niemals ohne statt ' +
    'sans pas jamais aucun aucune ni ' +
    'sin nunca jamas ningun ninguna tampoco ' +
    'senza non mai niente nessun nessuna ' +
    'sem nao nenhum nenhuma ' +
    'geen niet nooit zonder niks ' +
    'nie bez nigdy zaden zadna zadnego zero ' +
    'asla hic degil yok olmadan ' +
    'tidak tanpa bukan jangan tak bebas anti ' +
    'не нет без никогда никаких ни',
);
/** English and French put the verb between; further words than these break the reach. */
const reach = 3;
const breaks = words(
  'but just only simply mehr seulement solo apenas nur sondern mais pero sino ma bensi mas maar alleen ale tylko ama sadece tapi hanya но только',
);
const freeAfter = words('free frei vrij');

const newsWords = words(
  'police court arrested victim victims survivor survivors reported reports reporting news headline witnesses prevention awareness charity helpline campaign against memorial remembering ' +
    'polizei gericht opfer nachrichten bericht berichtet uberlebende pravention aufklarung spendenaktion gedenken gegen ' +
    'tribunal victimes survivants selon actualites prevention sensibilisation contre ' +
    'policia victimas tribunales noticias sobrevivientes prevencion concienciacion contra segun ' +
    'polizia vittime notizie tribunale prevenzione sensibilizzazione contro secondo ' +
    'vitimas noticias sobreviventes prevencao conscientizacao segundo ' +
    'politie slachtoffer slachtoffers nieuws rechtbank preventie volgens ' +
    'policja ofiary ofiar wiadomosci sad zapobieganie przeciw ' +
    'polis magdur kurban haber mahkeme onleme karsi ' +
    'polisi korban berita pengadilan pencegahan menurut ' +
    'полиция полиции жертвы жертв новости суд профилактика против',
);

const pairs: readonly (readonly [string, string])[] = [
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ['"', '"'],
];

const fold = (text: string) =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ł', 'l').replaceAll('ı', 'i');

const wordPattern = /[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu;

/** The context of the first place of `word` in `excerpt`; `plain` where the word does not stand there as it is written. */
export function contextOf(excerpt: string, word: string): SafetyContext {
  const text = fold(excerpt);
  const wanted = fold(word);
  const from = placeOf(text, wanted);
  if (from < 0) return 'plain';
  const to = from + wanted.length;
  if (isInName(text, from, to)) return 'name';
  if (isNegated(text, from, to)) return 'negated';
  const tokens = text.match(wordPattern) ?? [];
  if (tokens.some((token) => newsWords.has(token))) return 'news';
  return isQuoted(text, from, to) ? 'quoted' : 'plain';
}

function placeOf(text: string, word: string): number {
  if (word === '') return -1;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isWhole = !/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(text[at + word.length] ?? ' ');
    if (isWhole) return at;
  }
  return text.indexOf(word);
}

/** Within a run without blanks that begins with @ or looks like an address. */
function isInName(text: string, from: number, to: number): boolean {
  const start = text.lastIndexOf(' ', from - 1) + 1;
  const end = text.indexOf(' ', to);
  const run = text.slice(start, end < 0 ? text.length : end);
  return (
    /^[("“]*[@＠]/u.test(run) ||
    /^(?:https?:\/\/|www\.)/.test(run) ||
    /\w\.(?:com|net|org|de|fr|es|it|br|co|io)\b/.test(run)
  );
}

function isNegated(text: string, from: number, to: number): boolean {
  const after = /^[\s-]+([\p{L}]+)/u.exec(text.slice(to));
  if (freeAfter.has(after?.[1] ?? '') && !/^\s/.test(text.slice(to))) return true;
  // A sentence that ended takes its "no" with it.
  const clause =
    text
      .slice(0, from)
      .split(/[.!?;:\n]/)
      .at(-1) ?? '';
  const before = (clause.match(wordPattern) ?? []).slice(-reach - 1);
  let isDenied = false;
  for (const token of before) {
    if (negators.has(token) || /n['’]t$/.test(token)) isDenied = true;
    else if (breaks.has(token)) isDenied = false;
  }
  return isDenied;
}

function isQuoted(text: string, from: number, to: number): boolean {
  return pairs.some(([open, close]) => {
    const starts = text.lastIndexOf(open, from - 1);
    if (starts < 0) return false;
    const ends = text.indexOf(close, to);
    if (ends < 0) return false;
    // Straight marks open and close alike: an even number before means that none is open.
    if (open === close) return (text.slice(0, from).split(open).length - 1) % 2 === 1;
    return text.indexOf(close, starts + 1) >= to;
  });
}
