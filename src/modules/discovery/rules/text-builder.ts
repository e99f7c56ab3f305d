import { GrowingBytes, GrowingUint32 } from './growing.ts';
import type { IndexedCreator } from './indexed-creator.ts';
import type { TextColumns } from './segment.ts';
import type { TermDictionary } from './term-dictionary.ts';
import { captionLevelShift, type Zone, zones } from './tokens.ts';

/** Words indexed of one zone of a creator; captions of the newest posts end long before. */
export const wordsPerZoneMax = 5000;
const endOfText = 0;
const endOfZone = 1;

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
  private readonly forward = new GrowingBytes();
  private readonly zonesHeld = new GrowingBytes();
  /** Number of a word within this segment, by its id. */
  private readonly locals = new Map<number, number>();
  private readonly pairLocals = new GrowingUint32();
  private readonly pairPersons = new GrowingUint32();
  private readonly pairZones = new GrowingBytes();
  private readonly terms: TermDictionary;
  private person = 0;

  constructor(terms: TermDictionary) {
    this.terms = terms;
  }

  push(creator: IndexedCreator): void {
    this.forwardStarts.push(this.forward.length);
    const masks = new Map<number, number>();
    const captions = new Map<number, { count: number; last: number }>();
    const texts = textsOf(creator);
    let held = 0;
    zones.forEach((zone, index) => {
      if (this.pushZone(texts[zone], { bit: 1 << index, masks, captions: zone === 'captions' ? captions : null }))
        held |= 1 << index;
    });
    this.zonesHeld.push(held);
    for (const [term, mask] of masks) {
      let local = this.locals.get(term);
      if (local === undefined) {
        local = this.locals.size;
        this.locals.set(term, local);
      }
      this.pairLocals.push(local);
      this.pairPersons.push(this.person);
      this.pairZones.push(mask | (captionLevel(captions.get(term)?.count ?? 0) << captionLevelShift));
    }
    this.person += 1;
  }

  /** Whether the zone holds a word. */
  private pushZone(
    texts: readonly (string | null)[],
    into: { bit: number; masks: Map<number, number>; captions: Map<number, { count: number; last: number }> | null },
  ): boolean {
    const { bit, masks, captions } = into;
    let left = wordsPerZoneMax;
    texts.forEach((text, at) => {
      if (text === null || left <= 0) return;
      const learnt = left;
      // How many captions hold a word is counted over the whole of each; unknown words beyond the bound are not learnt.
      const words = this.terms.read(text, learnt, (id, place) => {
        if (place < learnt) {
          this.forward.pushNumber(id + 1);
          masks.set(id, (masks.get(id) ?? 0) | bit);
        }
        if (captions !== null) countCaption(captions, id, at);
      });
      left -= Math.min(left, words);
      this.forward.push(endOfText);
    });
    this.forward.push(endOfZone);
    return left < wordsPerZoneMax;
  }

  seal(): TextColumns {
    this.forwardStarts.push(this.forward.length);
    return {
      forwardStarts: this.forwardStarts.sealed(),
      forward: this.forward.sealed(),
      zonesHeld: this.zonesHeld.sealed(),
      ...this.postings(),
    };
  }

  /** Sorts (word, person, zones) into lists by word, persons ascending, by counting. */
  private postings(): Pick<TextColumns, 'terms' | 'postingStarts' | 'postings' | 'postingZones'> {
    const terms = Uint32Array.from(this.locals.keys()).sort();
    const places = new Uint32Array(terms.length);
    terms.forEach((term, place) => {
      places[this.locals.get(term) ?? 0] = place;
    });
    const count = this.pairLocals.length;
    const postingStarts = new Uint32Array(terms.length + 1);
    for (let i = 0; i < count; i += 1) {
      const place = places[this.pairLocals.at(i)] ?? 0;
      postingStarts[place + 1] = (postingStarts[place + 1] ?? 0) + 1;
    }
    for (let i = 0; i < terms.length; i += 1)
      postingStarts[i + 1] = (postingStarts[i + 1] ?? 0) + (postingStarts[i] ?? 0);
    const next = postingStarts.slice(0, terms.length);
    const postings = new Uint16Array(count);
    const postingZones = new Uint8Array(count);
    const zonesOfPair = this.pairZones.sealed();
    for (let i = 0; i < count; i += 1) {
      const place = places[this.pairLocals.at(i)] ?? 0;
      const to = next[place] ?? 0;
      next[place] = to + 1;
      postings[to] = this.pairPersons.at(i);
      postingZones[to] = zonesOfPair[i] ?? 0;
    }
    return { terms, postingStarts, postings, postingZones };
  }
}

function countCaption(captions: Map<number, { count: number; last: number }>, id: number, at: number): void {
  const seen = captions.get(id);
  if (seen === undefined) captions.set(id, { count: 1, last: at });
  else if (seen.last !== at) {
    seen.count += 1;
    seen.last = at;
  }
}

/** How many captions hold a word, in steps: 1, 2 or 3, 4 to 7, 8 and more. Two bits beside the zones, for the order by relevance. */
function captionLevel(count: number): number {
  return count === 0 ? 0 : Math.min(3, Math.floor(Math.log2(count)));
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

/** The words of a person's zone by id, each text ended by 0. */
export function wordsIn(text: TextColumns, person: number, zone: number): number[] {
  return wordsByZone(text, person, zone)[zone] ?? [];
}

/** The words of a person by zone, each text ended by 0; `last` is the last zone that is read. */
export function wordsByZone(text: TextColumns, person: number, last = Number.POSITIVE_INFINITY): number[][] {
  const end = text.forwardStarts[person + 1] ?? 0;
  let words: number[] = [];
  const zones = [words];
  let at = text.forwardStarts[person] ?? 0;
  while (at < end) {
    let value = 0;
    let shift = 0;
    let byte = 0;
    do {
      byte = text.forward[at] ?? 0;
      at += 1;
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    if (value === endOfZone) {
      if (zones.length > last) break;
      words = [];
      zones.push(words);
    } else words.push(value === endOfText ? 0 : value - 1);
  }
  return zones;
}
