import type { TermDictionary } from './dictionary.ts';
import { GrowingUint32 } from './growing.ts';
import type { IndexedCreator } from './indexed-creator.ts';
import type { TextColumns } from './segment.ts';
import { captionLevelShift, tokenise, type Zone, zones } from './tokens.ts';

/** Words indexed of one zone of a creator; captions of the newest posts end long before. */
export const wordsPerZoneMax = 5000;

/** The texts of each zone; a phrase never crosses from one to the next. */
export function textsOf(creator: IndexedCreator): Record<Zone, readonly (string | null)[]> {
  return {
    name: [creator.name, ...creator.profiles.map((profile) => profile.displayName)],
    handle: creator.profiles.map((profile) => profile.handle),
    bio: creator.profiles.map((profile) => profile.bio),
    hashtags: creator.hashtags,
    mentions: creator.mentions,
    captions: creator.captions,
  };
}

/** Gathers the words of persons in order and, sealed, the persons of each word. */
export class TextBuilder {
  private readonly forwardStarts = new GrowingUint32();
  private readonly forward = new GrowingUint32();
  private readonly pairTerms = new GrowingUint32();
  private readonly pairPersons = new GrowingUint32();
  private readonly pairZones = new GrowingUint32();
  private readonly terms: TermDictionary;
  private person = 0;

  constructor(terms: TermDictionary) {
    this.terms = terms;
  }

  push(creator: IndexedCreator): void {
    const masks = new Map<number, number>();
    const texts = textsOf(creator);
    zones.forEach((zone, index) => {
      this.forwardStarts.push(this.forward.length);
      let left = wordsPerZoneMax;
      for (const text of texts[zone]) {
        if (text === null || left <= 0) continue;
        for (const word of tokenise(text).slice(0, left)) {
          const id = this.terms.add(word);
          this.forward.push(id);
          masks.set(id, (masks.get(id) ?? 0) | (1 << index));
          left -= 1;
        }
        this.forward.push(0);
      }
    });
    const levels = captionLevels(this.terms, creator.captions);
    for (const [term, mask] of masks) {
      this.pairTerms.push(term);
      this.pairPersons.push(this.person);
      this.pairZones.push(mask | ((levels.get(term) ?? 0) << captionLevelShift));
    }
    this.person += 1;
  }

  seal(): TextColumns {
    this.forwardStarts.push(this.forward.length);
    const postings = postingsOf(this.pairTerms.sealed(), this.pairPersons.sealed(), this.pairZones.sealed());
    return { forwardStarts: this.forwardStarts.sealed(), forward: this.forward.sealed(), ...postings };
  }
}

/** How many captions hold each word, in steps: 1, 2 or 3, 4 to 7, 8 and more. Two bits beside the zones, for the order by relevance. */
function captionLevels(terms: TermDictionary, captions: readonly string[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const caption of captions) {
    for (const word of new Set(tokenise(caption))) {
      const term = terms.idOf(word);
      counts.set(term, (counts.get(term) ?? 0) + 1);
    }
  }
  return new Map([...counts].map(([term, count]) => [term, Math.min(3, Math.floor(Math.log2(count)))]));
}

/** Sorts (term, person, zones) into lists by term, persons ascending, by counting. */
export function postingsOf(
  pairTerms: Uint32Array,
  pairPersons: Uint32Array,
  pairZones: Uint32Array,
): Omit<TextColumns, 'forward' | 'forwardStarts'> {
  const terms = Uint32Array.from(new Set(pairTerms)).sort();
  const place = new Map<number, number>();
  terms.forEach((term, index) => {
    place.set(term, index);
  });
  const postingStarts = new Uint32Array(terms.length + 1);
  const places = new Uint32Array(pairTerms.length);
  for (let i = 0; i < pairTerms.length; i += 1) {
    const at = place.get(pairTerms[i] ?? 0) ?? 0;
    places[i] = at;
    postingStarts[at + 1] = (postingStarts[at + 1] ?? 0) + 1;
  }
  for (let i = 0; i < terms.length; i += 1)
    postingStarts[i + 1] = (postingStarts[i + 1] ?? 0) + (postingStarts[i] ?? 0);
  const next = postingStarts.slice(0, terms.length);
  const postings = new Uint32Array(pairTerms.length);
  const postingZones = new Uint8Array(pairTerms.length);
  for (let i = 0; i < places.length; i += 1) {
    const at = places[i] ?? 0;
    const to = next[at] ?? 0;
    next[at] = to + 1;
    postings[to] = pairPersons[i] ?? 0;
    postingZones[to] = pairZones[i] ?? 0;
  }
  return { terms, postingStarts, postings, postingZones };
}

/** Where the list of a word stands in `terms`; -1 when the segment does not hold it. */
export function findTerm(text: TextColumns, term: number): number {
  let low = 0;
  let high = text.terms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((text.terms[middle] ?? 0) < term) low = middle + 1;
    else high = middle;
  }
  return text.terms[low] === term ? low : -1;
}
