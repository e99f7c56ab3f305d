/** Folds a text for search: one Unicode form, lower case, without Latin, Greek and Cyrillic accents. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase();
}

// A word is a run of letters, marks and digits; scripts written without spaces give a word per character; each emoji is a word.
const pattern =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]|(?:(?![\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}])[\p{L}\p{N}\p{M}])+|\p{Extended_Pictographic}/gu;

/** Texts whose words are runs of ASCII letters and digits, to be put into lower case. */
export const plainText = /^[\x20-\x7e\s]*$/;
const plainWord = /[a-z0-9]+/g;

/** The words of a text in their order. "It's vegan-food @jo_doe" gives it, s, vegan, food, jo, doe. */
export function tokenise(text: string): string[] {
  // ASCII needs no folding of forms, and the short pattern finds the same words in it, many times faster.
  if (plainText.test(text)) return text.toLowerCase().match(plainWord) ?? [];
  return foldText(text).match(pattern) ?? [];
}

/** Where a word can stand, by position in the index; one bit each in a mask. */
export const zones = ['name', 'handle', 'bio', 'hashtags', 'mentions', 'captions'] as const;
export type Zone = (typeof zones)[number];

/** What a word weighs by where it stands, for the order by relevance. */
export const zoneWeights: Record<Zone, number> = { name: 8, handle: 8, bio: 4, hashtags: 2, mentions: 1, captions: 1 };

export function zoneMask(...wanted: Zone[]): number {
  return wanted.reduce((mask, zone) => mask | (1 << zones.indexOf(zone)), 0);
}

export const everyZone = zoneMask(...zones);

/** Bits 6 and 7 of a mask say in how many captions a word stands: 0 for one, 1 for two or three, 2 for four to seven, 3 for more. */
export const captionLevelShift = 6;
export const captionLevelBits = 3 << captionLevelShift;
/** What each of these steps adds to the weight of a caption. */
export const captionLevelWeight = 0.75;

const zoneOfWords: Record<string, Zone> = { hashtag: 'hashtags', mention: 'mentions', keyword: 'captions' };

/** The zone a field of words is tested on; 0 for any other field. */
export function zoneOfField(field: string): number {
  const zone = Object.hasOwn(zoneOfWords, field) ? zoneOfWords[field] : undefined;
  return zone === undefined ? 0 : zoneMask(zone);
}
