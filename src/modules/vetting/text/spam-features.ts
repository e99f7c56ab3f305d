import { type NamedFeature, textCharactersMax } from './text-features.ts';
import { allMarks, mark } from './text-marks.ts';

const tag = /<[^>]{0,600}>/gu;
const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};
const entity = /&(?:amp|lt|gt|quot|nbsp|#39);/gu;
const moment = /<a\b[^>]{0,400}[?&](?:amp;)?t=[^>]{0,200}>/gu;

/** What a comment's author wrote, without the marks of the page it came from: tags and character references; a jump to a moment of the video stays as one word. */
export function withoutMarkup(text: string): string {
  const some = text.slice(0, 2 * textCharactersMax);
  if (!some.includes('<') && !some.includes('&')) return some;
  return some
    .replace(moment, ' videomoment ')
    .replace(tag, ' ')
    .replace(entity, (name) => entities[name] ?? ' ');
}

/** Signs of promotion, each with its weight of 1 when it stands in the text (in lower case), and the mark without which it cannot. Phrases of the field in English, the language of the cases. */
const signs: readonly (readonly [name: string, pattern: RegExp, needs?: number])[] = [
  ['check out', /\bche?c?k\w*\s+(?:\w+\s+){0,4}?out\b|\bcheck\s+(?:my|our|it|this|me)\b|\bcheckout\b/u],
  ['look at mine', /\b(?:see|watch|visit|hear|listen|look|view|go|come|try|search|find)\b[^.!?]{0,30}\b(?:my|our)\b/u],
  [
    'own work',
    /\b(?:my|our)\s+(?:\S+\s+){0,4}?(?:channels?|vid(?:eo|z|s)\w*|songs?|tracks?|covers?|pages?|musics?|mixtapes?|albums?|blogs?|sites?|websites?|playlists?|gameplays?|remix\w*|beats?|raps?|youtube|profiles?|accounts?|store|shop|links?|app|stuff|band)\b/u,
  ],
  [
    'maker',
    /\b(?:i|we)(?:\s*a?['’]?m|\s+are|['’]re|\s+(?:make|made|do|did|upload|cover|rap|sing|write|create|just))\b/u,
  ],
  ['follow', /\b(?:subs?c?r?i?b\w*|suscrib\w*|sucscrib\w*|sub|subs|follow|add)\b/u],
  ['thumbs up', /\bthumbs?\s+up\b|\bupvote\b|\btop\s+comments?\b/u],
  [
    'like this',
    /\blike\s+(?:this\s+)?(?:comment|if|for)\b|\b(?:give|gimme)\s+(?:\w+\s+){0,3}likes?\b|\blike\s+(?:4|for)\s+like\b|\blikes?\s+(?:and|&)\s+(?:share|sub)/u,
  ],
  ['plea', /\b(?:pl(?:ea)?[sz]e?|plz|pls)\b/u],
  ['help', /\b(?:help|support|donat\w+|fund\w*|chance|dream|vote|sponsor\w*|give away|giveaway)\b/u],
  ['share', /\bshare\b/u],
  ['money', /\$|€|£|\b(?:money|earn\w*|dollars?|cash|paid|pay|rich|income|profit|bitcoin|paypal|work from home)\b/u],
  [
    'free',
    /\b(?:free|win|won|gift\s?cards?|prize|iphone|promo\w*|code|deal|discount|offer|cheap|sale|buy|sell\w*|order)\b/u,
  ],
  ['click', /\b(?:click|link|visit|download|install|sign\s?up|join|register|website|site)\b/u],
  ['views', /\bviews?\b|\bbillion\b/u],
  [
    'who watches',
    /\b(?:who|any\s?(?:one|body)|still|watch\w*|listen\w*)\b[^.!?]{0,30}\b(?:20\d\d|today|now|still|else|watch\w*|listen\w*)\b/u,
  ],
  ['greeting', /^\W*(?:hey|hi|hello|guys|everyone|attention|dear|yo|sup)\b/u],
  ['facebook', /facebook|\bfb\b|twitter|instagram|whatsapp|telegram|soundcloud|snapchat|kik\b|skype/u],
  ['age', /\b\d\d?\s*(?:-|\s)?\s*(?:years?|yrs?|yo)\b/u, mark.digit],
  ['telephone', /\+?\d[\d\s().-]{7,}\d/u, mark.digit],
  ['moment', /\bvideomoment\b|\b\d?\d:[0-5]\d\b/u],
  ['own', /\b(?:my|our)\b/u],
  ['you', /\b(?:you|u|your|ur)\b/u],
  ['question', /\?/u, mark.asks],
  ['this song', /\b(?:this|the|dis)\s+(?:song|music|vid(?:eo)?|track|clip|dance|shit)\b/u],
];
const youtube = /(?:youtube\.[a-z]{2,3}|youtu\.be)\b/u;
const links =
  /(?:https?\s?:\s?\/\/|www\s?\.)\S+|(?<![@\w.])[a-z0-9][a-z0-9-]{1,40}\s?\.\s?(?:com|net|org|info|biz|io|me|tv|ru|de|uk|pl|fr|es|it|nl|ly|gl|co|be|shop|store|online|xyz|site|eu|us|in|br)\b(?:\/\S*)?/gu;
const wordEdges = [3, 6, 10, 20, 40];

/** Counts and signs that tell promotion from talk, whatever the words: links and where they lead, calls to act, own work, capitals, length. */
export function spamFeatures(text: string, marks = allMarks): NamedFeature[] {
  const some = text.slice(0, textCharactersMax);
  const low = some.toLowerCase();
  const named: NamedFeature[] = [];
  for (const [name, pattern, needs] of signs)
    if ((needs === undefined || (marks & needs) !== 0) && pattern.test(low)) named.push([name, 1]);
  const found = (marks & (mark.point | mark.colon)) === 0 ? [] : (low.match(links) ?? []);
  const elsewhere = found.filter((link) => !youtube.test(link)).length;
  if (elsewhere > 0) named.push(['link elsewhere', 1]);
  if (found.length > elsewhere) named.push(['link to a video', 1]);
  if (found.length > 1) named.push(['links', Math.log(found.length)]);
  const words = some.split(/\s+/u).filter((word) => word !== '').length;
  named.push([`words up to ${wordEdges.find((edge) => words <= edge) ?? 'more'}`, 1], ['words', Math.log1p(words) / 3]);
  const { letters, capitals, digits, calls } = countSigns(some);
  if (letters > 3) named.push(['capitals', capitals / letters]);
  named.push(['calls', Math.min(2, Math.log1p(calls) / 2)]);
  named.push(['digits', digits / Math.max(10, some.length)]);
  return named;
}

/** Letters with two cases, capitals among them, digits and exclamation marks; one pass, no lists. */
function countSigns(text: string): { letters: number; capitals: number; digits: number; calls: number } {
  const counts = { letters: 0, capitals: 0, digits: 0, calls: 0 };
  const low = text.toLowerCase();
  const high = text.toUpperCase();
  const isAligned = low.length === text.length && high.length === text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x30 && unit <= 0x39) counts.digits += 1;
    else if (unit === 0x21) counts.calls += 1;
    else if (isAligned && low.charCodeAt(at) !== high.charCodeAt(at)) {
      counts.letters += 1;
      if (unit !== low.charCodeAt(at)) counts.capitals += 1;
    }
  }
  return counts;
}
