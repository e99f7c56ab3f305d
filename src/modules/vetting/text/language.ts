import type { CommentText } from './comment-text.ts';
import { type LanguageTable, scoreRuns } from './language-table.ts';
import { type LinearTextModel, scoreText } from './linear-text-model.ts';
import { loadLanguageModel, loadLanguageTable } from './load-language.ts';
import { hashedFeatures, type NamedFeature, type TextFeatureOptions, type TextFeatures } from './text-features.ts';
import { allMarks, mark } from './text-marks.ts';

export interface LanguageFound {
  /** ISO 639-1 code, or `und`: too little text, Hindi in Latin letters, or no language that is known. */
  code: string;
  /** Probability of the code; calibrated between the languages that the weights know, else from the lead over the next one. */
  confidence: number;
}

/** The languages between which trained weights decide; `und` stands for Hindi in Latin letters. */
export const weighedLanguages = ['de', 'en', 'es', 'fr', 'it', 'nl', 'pt', 'und'] as const;
export const languageFeatureOptions: TextFeatureOptions = {
  words: 1,
  characters: { from: 2, to: 4 },
  buckets: 1 << 16,
};

const charactersMax = 400;
const nothing: LanguageFound = { code: 'und', confidence: 0 };

/**
 * Language of a text (docs/methods/comment-classes.md): by script where one tells, else by runs of letters (table of eld), with weights trained on short
 * texts between seven close languages. Never throws; addresses, names, numbers and blanks around do not matter.
 */
export function detectLanguage(text: string, model?: LinearTextModel): LanguageFound {
  return languageOfWords(wordsForLanguage(text), model);
}

/** The same of a text that was read already. */
export function languageOf({ text, marks }: CommentText): LanguageFound {
  return languageOfWords(wordsForLanguage(text, marks));
}

function languageOfWords(words: string, model?: LinearTextModel): LanguageFound {
  const script = scriptOf(words);
  if (script === null) return nothing;
  if (script.kind === 'one language') return { code: script.code, confidence: script.share };
  const table = loadLanguageTable();
  const scored = { table, ...scoreRuns(table, words) };
  return script.codes === null
    ? latinLanguage(words, scored, model)
    : bestOf(scored, possibleCodes(script.codes, words));
}

/** Between the weighed languages by weights, unless another one or a wide lead decides. */
function latinLanguage(words: string, scored: Scored, model: LinearTextModel | undefined): LanguageFound {
  const hindi = shareOfHindi(words);
  const weights = model ?? loadLanguageModel();
  const { inside, outside } = leaders(scored, words);
  if (hindi === 0 && inside.lead > Math.max(surePoints, outside.sum - inside.sum + surePoints))
    return { code: inside.code, confidence: certainty(inside.lead / leadScale) };
  const lead = outside.sum - inside.sum;
  const isOutside = lead > outsidePoints * (rare.has(outside.code) ? 2 : 1) * Math.sqrt(scored.runs);
  if (isOutside && hindi < hindiShareOutside) return { code: outside.code, confidence: certainty(lead / leadScale) };
  const likely = scoreText(weights, featuresOfWords(words, scored));
  const und = weights.labels.indexOf('und');
  const isHindi =
    hindi >= (isOutside ? hindiShareOutside : hindiShare) || (likely[und] ?? 0) > (hindi > 0 ? 0.5 : undFrom);
  if (isHindi) return { code: 'und', confidence: Math.max(likely[und] ?? 0, 0.5) };
  const rest = 1 - (likely[und] ?? 0);
  let best = 0;
  likely.forEach((value, at) => {
    if (at !== und && value > (likely[best] ?? 0)) best = at;
  });
  return { code: weights.labels[best] ?? 'und', confidence: rest === 0 ? 0 : (likely[best] ?? 0) / rest };
}

/** Points of the table by which the first of the weighed languages must lead so that no weights are asked. */
const surePoints = 250;
/** Points by which another language must lead the best weighed one, times the root of the runs; twice that for languages that are rare in comments. */
const outsidePoints = 25;
const rare = new Set('az ca et eu is ku lt lv sl sq yo'.split(' '));
/** Points that make a lead about as sure as it is not: a confidence of .73. */
const leadScale = 60;
/** Share of Hindi words from which a text in Latin letters is Hindi, whatever else stands there. */
const hindiShare = 0.34;
/** Probability from which the letters alone say that a text is Hindi, without a frequent word of it. */
const undFrom = 0.6;
/** The same where the letters look like neither of the weighed languages. */
const hindiShareOutside = 0.15;

const hindiWords = new Set(
  'aap aapka aapke aapki aapko aaya aayega aayi abhi accha acha achha achi aisa aise aisi apna apne apni arey aur baad baat badhiya badiya bahut bhai bhaiya bhi bhot bilkul bohot bola chahiye chalo chhota dekha dekho dekhte gaye gayi gya haan hai hain hamara hamare hamari hame hamesha hn hoga hogi honge hota hote hua hui humare humein humko humne inka inke inki insaan iska iske iski isliye isme isse itna itne itni jaa jaana jaayenge jabki jaise jao jata jate jati jhootha jinka jiska jiski jisko jitna kaam kab kabhi kaha kahan kahin kaisa kaise kaisi kamaal kara karenge karke karna karne karo karta karte karti karunga keh kehte khud khush kisi kisko kisliye kisne kitna kitne kitni kiya kiye koi kr krna krne krte kuch kuchh kya kyonki kyu kyun kyunki lagta liya liye logo logon magar maine matlab mera mere meri milta mujhe mujhko nahi nahin nhi pehle pyaar pyar raha rahe rahi rakha rha rhe rhi saath sabko sabse sakta sakte sakti samajh sirf sochta suno tere teri theek thik thoda toh tujhe tumhara tumhare tumko tumne unhe unka unke unki unko uska uske uski usko usne vaise wahan wala wale wali woh wohi yaar yaha yahan yahi yeh yehi zaroor zindagi zyada'.split(
    ' ',
  ),
);
/** Hindi words that other languages have too: they count beside one that only Hindi has. */
const hindiBeside = new Set(
  'aaj ab agar baar dekh dil din dono dost ek gaya ghar h har hi ho hoti hue hum is jab ji k ka kal kar ke ki ko lag lekin log main me mein mil na par pata phir sab se tab tera tha thi to tum us wo ye'.split(
    ' ',
  ),
);

/** Does a frequent Hindi word in Latin letters stand there? */
export const hasHindiWord = (text: string) => shareOfHindi(wordsForLanguage(text)) > 0;

function shareOfHindi(words: string): number {
  const all = words.split(' ');
  const own = all.filter((word) => hindiWords.has(word)).length;
  return own === 0 ? 0 : (own + all.filter((word) => hindiBeside.has(word)).length) / all.length;
}

/** Without any of these marks there is no noise but the word http. */
const noisy = mark.beyondAscii | mark.digit | mark.at | mark.point | mark.colon | mark.markup;
const noise = /https?:\/\/\S+|www\.\S+|\bhttp\b|[@＠][\p{L}\p{N}_.]+|&\w+;|\p{Nd}+/gu;
const apart = /[^\p{L}\p{M}'’]+|(?<!\p{L})['’]+|['’]+(?!\p{L})/gu;
const retweet = /^rt\s+/u;

/** The words alone, lower case, one blank between. */
export function wordsForLanguage(text: string, marks = allMarks): string {
  const some = text.slice(0, 4 * charactersMax);
  const composed = (marks & mark.beyondAscii) === 0 ? some : some.normalize('NFC');
  const isNoisy = (marks & noisy) !== 0 || composed.includes('http');
  return (isNoisy ? composed.replace(noise, ' ') : composed)
    .toLowerCase()
    .replace(apart, ' ')
    .trim()
    .slice(0, charactersMax)
    .replace(retweet, '');
}

/** A comment as the weights between close languages read it. */
export function languageFeaturesOf(text: string): TextFeatures {
  const words = wordsForLanguage(text);
  const table = loadLanguageTable();
  return featuresOfWords(words, { table, ...scoreRuns(table, words) });
}

interface Scored {
  table: LanguageTable;
  sums: Float64Array;
  runs: number;
}

function featuresOfWords(words: string, { table, sums, runs }: Scored): TextFeatures {
  const scores = weighedLanguages.map((code) => sums[table.codes.indexOf(code)] ?? 0);
  const best = Math.max(...scores, 1);
  const named: NamedFeature[] = weighedLanguages.flatMap((code, at) =>
    code === 'und'
      ? []
      : [
          [`runs ${code}`, Math.max(-3, ((scores[at] ?? 0) - best) / 100)],
          [`first ${code}`, scores[at] === best ? 1 : 0],
        ],
  );
  named.push(['few runs', runs < 3 ? 1 : 0], ['score a run', runs === 0 ? 0 : best / runs / 100]);
  return hashedFeatures(words, languageFeatureOptions, named);
}

interface Leader {
  code: string;
  sum: number;
  /** Points before the next of its group. */
  lead: number;
}

/** The first of the weighed languages, and the first of the others. */
function leaders({ table, sums }: Scored, words: string): { inside: Leader; outside: Leader } {
  const inside: Leader = { code: 'und', sum: 0, lead: 0 };
  const outside: Leader = { code: 'und', sum: 0, lead: 0 };
  table.codes.forEach((code, at) => {
    const sum = sums[at] ?? 0;
    if (sum === 0) return;
    const leader = isWeighed.has(code) ? inside : outside;
    if (sum <= leader.sum) leader.lead = Math.min(leader.lead, leader.sum - sum);
    else if (isPossible(code, words)) {
      leader.lead = sum - leader.sum;
      leader.sum = sum;
      leader.code = code;
    }
  });
  return { inside, outside };
}

const isWeighed: ReadonlySet<string> = new Set(weighedLanguages);
/** Languages that are hardly written without these letters, so that they are not taken for their greater neighbour. */
const ownLetters: Readonly<Record<string, RegExp>> = {
  az: /[əxq]/u,
  be: /[ўі]/u,
  uk: /[іїєґ]/u,
  sr: /[јљњћђџ]/u,
  ur: /[ٹڈڑےںہ]/u,
  ku: /[ێۆڵڕەê]/u,
  mr: /ळ|आहे/u,
};
const isPossible = (code: string, words: string) => ownLetters[code]?.test(words) ?? true;
const possibleCodes = (codes: readonly string[], words: string) => codes.filter((code) => isPossible(code, words));

/** The best of a script's languages, the first of them when no run is known. */
function bestOf({ table, sums }: Scored, codes: readonly string[]): LanguageFound {
  const ranked = codes
    .map((code, order) => ({ code, order, sum: sums[table.codes.indexOf(code)] ?? 0 }))
    .sort((a, b) => b.sum - a.sum || a.order - b.order);
  const [first, second] = ranked;
  if (first === undefined) return nothing;
  return {
    code: first.code,
    confidence: first.sum === 0 ? 0.5 : certainty((first.sum - (second?.sum ?? 0)) / leadScale),
  };
}

const certainty = (lead: number) => 1 / (1 + Math.exp(-lead));

type Script =
  | { kind: 'one language'; code: string; share: number }
  | { kind: 'several'; codes: readonly string[] | null };

/** Blocks of letters by their first and last sign, with the language they tell, or those that share them (null: Latin). */
const blocks: readonly (readonly [from: number, to: number, codes: readonly string[] | null])[] = [
  [0x370, 0x3ff, ['el']],
  [0x400, 0x52f, ['ru', 'uk', 'bg', 'sr', 'be']],
  [0x531, 0x58f, ['hy']],
  [0x590, 0x5ff, ['he']],
  [0x600, 0x77f, ['ar', 'fa', 'ur', 'ku']],
  [0x900, 0x97f, ['hi', 'mr']],
  [0x980, 0x9ff, ['bn']],
  [0xa00, 0xa7f, ['pa']],
  [0xa80, 0xaff, ['gu']],
  [0xb00, 0xb7f, ['or']],
  [0xb80, 0xbff, ['ta']],
  [0xc00, 0xc7f, ['te']],
  [0xc80, 0xcff, ['kn']],
  [0xd00, 0xd7f, ['ml']],
  [0xd80, 0xdff, ['si']],
  [0xe00, 0xe7f, ['th']],
  [0xe80, 0xeff, ['lo']],
  [0x1000, 0x109f, ['my']],
  [0x10a0, 0x10ff, ['ka']],
  [0x1100, 0x11ff, ['ko']],
  [0x1200, 0x137f, ['am']],
  [0x1780, 0x17ff, ['km']],
  [0x1e00, 0x1eff, null],
  [0x1f00, 0x1fff, ['el']],
  [0x3040, 0x30ff, ['ja']],
  [0x3130, 0x318f, ['ko']],
  [0x3400, 0x9fff, ['zh']],
  [0xac00, 0xd7af, ['ko']],
  [0xfb50, 0xfeff, ['ar', 'fa', 'ur', 'ku']],
];
const latinLast = 0x24f;
/** An ideograph says more than a letter. */
const ideographWeight = 3;

/** The script of most letters; null when they are of none that is known. */
function scriptOf(words: string): Script | null {
  const counts = new Map<readonly string[] | null, number>();
  let total = 0;
  let kana = 0;
  let latin = 0;
  for (let at = 0; at < words.length; at += 1) {
    const unit = words.charCodeAt(at);
    if (unit === 0x20 || unit === 0x27 || unit === 0x2019) continue;
    total += 1;
    if (unit <= latinLast) {
      latin += 1;
      continue;
    }
    const block = blocks.find(([from, to]) => unit >= from && unit <= to);
    if (block === undefined) continue;
    if (unit >= 0x3040 && unit <= 0x30ff) kana += 1;
    counts.set(block[2], (counts.get(block[2]) ?? 0) + (unit >= 0x3040 && unit <= 0xd7af ? ideographWeight : 1));
  }
  if (latin > 0) counts.set(null, (counts.get(null) ?? 0) + latin);
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  if (best === undefined) return null;
  const [codes, count] = best;
  if (codes === null || codes.length > 1) return { kind: 'several', codes };
  const isJapanese = codes[0] === 'zh' && kana > 0;
  return {
    kind: 'one language',
    code: isJapanese ? 'ja' : (codes[0] ?? 'und'),
    share: Math.min(1, count / Math.max(1, total)),
  };
}
