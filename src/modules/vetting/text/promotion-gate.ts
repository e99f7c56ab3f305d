/** Words without which no rule of promotion fits, whole. */
const whole =
  'bio btc bts buy c4c cek da dai dm dms fans fol fx g gt hit hmu job jobs kod l4l lfl likes mp msg my nft nfts our pm pms qq sdv send sfs sub tag team uns va vx wa we win won yuk'.split(
    ' ',
  );
/** The same by their first four letters. */
const beginnings =
  'abon acco acti alle amba avai besu bina bitc bran busi cash cham chan chea chec chos clai code codi cola coll comp cone conf conh cono cont coup cryp cupo cust date deal deco deli dire disc earn elig emai ente entr envi escr feat folg foll folj folo fore free gagn gain gana ganh geld geri give guad guar guck guts holl http inbo inco indi infl info inve kijk koll komm koop kort limi link mail maki mamp mand menj meny mess mina mira mire mone neem obse offe olha only orde paid part pass pesa prec pric priv prof prom raba reac read repo reve revi rica sayf scha schr scop scri segu sele ship shop shou siga sigo sigu sipa sjek sled sped spel spon stuu subs suga suis suiv taki targ trad troc vene veni vien visi volg what whol winn www zaob zapr'.split(
    ' ',
  );

const lettersMax = 4;
/** Up to four letters as one number, the length with them. */
function keyOf(word: string): number {
  let key = Math.min(word.length, lettersMax);
  for (let at = 0; at < Math.min(lettersMax, word.length); at += 1) key = key * 37 + signOf(word.charCodeAt(at));
  return key;
}

/** 1 to 26 for a letter in either case, 27 to 36 for a digit, 0 for anything else. */
function signOf(unit: number): number {
  if (unit >= 0x61 && unit <= 0x7a) return unit - 0x60;
  if (unit >= 0x41 && unit <= 0x5a) return unit - 0x40;
  return unit >= 0x30 && unit <= 0x39 ? unit - 0x30 + 27 : 0;
}

const wholeKeys = new Set([...whole.filter((word) => word.length <= lettersMax)].map(keyOf));
const beginningKeys = new Set(beginnings.map(keyOf));
const longWhole = 'likes';
const digitsMin = 4;
const hashtagsMin = 4;

/**
 * Can a rule of promotion fit at all? False only where none does (checked over all invented comments); most comments end here after one pass over their letters.
 * Texts with letters beyond ASCII, prices, addresses or many digits always go on.
 */
export function mayPromote(text: string): boolean {
  let key = 0;
  let length = 0;
  let start = 0;
  let digits = 0;
  let hashtags = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const unit = at < text.length ? text.charCodeAt(at) : 0x20;
    const sign = signOf(unit);
    if (sign > 26) {
      digits += 1;
      if (digits >= digitsMin) return true;
    }
    if (sign > 0) {
      if (length === 0) start = at;
      if (length < lettersMax) key = key * 37 + sign;
      length += 1;
      continue;
    }
    if (length > 0 && tells(text, { key, length, start })) return true;
    key = 0;
    length = 0;
    if (unit === 0x23) hashtags += 1;
    if (hashtags >= hashtagsMin || isTelling(unit, text.charCodeAt(at + 1))) return true;
  }
  return false;
}

function tells(text: string, { key, length, start }: { key: number; length: number; start: number }): boolean {
  // The numbers are those of keyOf: the length leads.
  const capped = Math.min(length, lettersMax);
  const full = capped * 37 ** capped + key;
  if (length <= lettersMax && wholeKeys.has(full)) return true;
  if (length >= lettersMax && beginningKeys.has(full)) return true;
  return length === longWhole.length && text.slice(start, start + length).toLowerCase() === longWhole;
}

/** A sign that only some rules know, or a letter beyond ASCII; emoji, quotes and dashes are none. */
function isTelling(unit: number, next: number): boolean {
  if (unit === 0x25 || unit === 0x24 || unit === 0x2b || unit === 0x2f || unit === 0x5f) return true;
  if (unit === 0x2e) return signOf(next) > 0;
  if (unit < 0xa2) return false;
  const isEmojiOrMark =
    (unit >= 0xd800 && unit <= 0xdfff) ||
    (unit >= 0xfe00 && unit <= 0xfe0f) ||
    (unit >= 0x2000 && unit <= 0x20ab) ||
    (unit >= 0x2190 && unit <= 0x2794) ||
    (unit >= 0x2798 && unit <= 0x2bff);
  return !isEmojiOrMark;
}
