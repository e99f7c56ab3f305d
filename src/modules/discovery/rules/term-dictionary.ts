import { countWord } from './bits.ts';
import { GrowingUint32 } from './growing.ts';
import { plainText, tokenise } from './tokens.ts';

/** Below these bits of a shape stand the letters of a word, each as one of 27 bits; above them its length, at most 31. */
const letterBits = 27;
const lettersMask = 2 ** letterBits - 1;
const lengthMost = 31;

/**
 * Words by id, from 1; 0 stands for no word. Letters stand in one block and words are found by hashing, since names and handles
 * make a word or two of every creator: a Map of strings would take five times the memory.
 */
export class TermDictionary {
  private units = new Uint16Array(1024);
  private used = 0;
  /** Start of each word; the word of id n runs from n to n + 1. */
  private readonly starts = new GrowingUint32();
  private readonly hashes = new GrowingUint32();
  private readonly shapes = new GrowingUint32();
  /** The word that is looked for or added. */
  private spelling = new Uint16Array(64);
  private spelt = 0;
  /** Ids by slot, open addressing; 0 is free. */
  private slots = new Uint32Array(1024);

  constructor() {
    this.starts.push(0);
    this.starts.push(0);
    this.hashes.push(0);
    this.shapes.push(0);
  }

  /** Reads back what `state` gave. */
  static of(state: { units: Uint16Array; starts: Uint32Array }): TermDictionary {
    const terms = new TermDictionary();
    for (let id = 1; id + 1 < state.starts.length; id += 1)
      terms.add(String.fromCharCode(...state.units.subarray(state.starts[id], state.starts[id + 1])));
    return terms;
  }

  state(): { units: Uint16Array; starts: Uint32Array } {
    return { units: this.units.slice(0, this.used), starts: this.starts.sealed() };
  }

  /**
   * Tells the ids of a text's words in their order, each with its place, as `tokenise` gives them; the first `learnMax` are learnt, later ones are 0
   * when they are new. Returns how many there are. Most texts are plain ASCII: their words are read where they stand, without a string for each.
   */
  read(text: string, learnMax: number, take: (id: number, place: number) => void): number {
    let place = 0;
    const word = () => {
      take(place < learnMax ? this.addSpelt() : this.idOfSpelt(), place);
      place += 1;
    };
    if (!plainText.test(text)) {
      for (const one of tokenise(text)) {
        this.spell(one);
        word();
      }
      return place;
    }
    this.spelt = 0;
    for (let i = 0; i < text.length; i += 1) {
      const unit = lowerOfAscii[text.charCodeAt(i)] ?? 0;
      if (unit !== 0) this.spellUnit(unit);
      else if (this.spelt > 0) {
        word();
        this.spelt = 0;
      }
    }
    if (this.spelt > 0) word();
    return place;
  }

  add(term: string): number {
    this.spell(term);
    return this.addSpelt();
  }

  /** The id of a word; 0 when it was never seen. */
  idOf(term: string): number {
    this.spell(term);
    return this.idOfSpelt();
  }

  private spell(term: string): void {
    this.spelt = 0;
    for (let i = 0; i < term.length; i += 1) this.spellUnit(term.charCodeAt(i));
  }

  private spellUnit(unit: number): void {
    if (this.spelt === this.spelling.length) {
      const wider = new Uint16Array(this.spelling.length * 2);
      wider.set(this.spelling);
      this.spelling = wider;
    }
    this.spelling[this.spelt] = unit;
    this.spelt += 1;
  }

  private addSpelt(): number {
    const hash = hashOf(this.spelling, this.spelt);
    const slot = this.slotOf(hash);
    const found = this.slots[slot] ?? 0;
    if (found !== 0) return found;
    const id = this.hashes.length;
    this.slots[slot] = id;
    this.hashes.push(hash);
    this.shapes.push(shapeOf(this.spelling, this.spelt));
    this.append();
    this.starts.push(this.used);
    if (id * 2 > this.slots.length) this.widen();
    return id;
  }

  private idOfSpelt(): number {
    return this.slots[this.slotOf(hashOf(this.spelling, this.spelt))] ?? 0;
  }

  termOf(id: number): string {
    let term = '';
    const end = this.starts.at(id + 1);
    for (let at = this.starts.at(id); at < end; at += 1) term += String.fromCharCode(this.units[at] ?? 0);
    return term;
  }

  /** One more than the largest id. */
  get size(): number {
    return this.hashes.length;
  }

  get bytes(): number {
    return this.units.byteLength + this.slots.byteLength + (this.starts.length + this.hashes.length * 2) * 4;
  }

  idsWithPrefix(prefix: string): number[] {
    const ids: number[] = [];
    const { length } = prefix;
    const first = prefix.charCodeAt(0);
    for (let id = 1; id < this.hashes.length; id += 1) {
      const start = this.starts.at(id);
      if (this.units[start] !== first || this.starts.at(id + 1) - start < length) continue;
      let same = 1;
      while (same < length && this.units[start + same] === prefix.charCodeAt(same)) same += 1;
      if (same >= length) ids.push(id);
    }
    return ids;
  }

  /** Ids of the words that may be within so many edits of one, and some that are not: by length and letters alone. */
  idsLike(word: string, edits: number): number[] {
    this.spell(word);
    const wanted = shapeOf(this.spelling, this.spelt);
    const wantedLength = wanted >>> letterBits;
    const ids: number[] = [];
    for (let id = 1; id < this.shapes.length; id += 1) {
      const shape = this.shapes.at(id);
      if (Math.abs((shape >>> letterBits) - wantedLength) > edits) continue;
      // An edit takes one letter away and adds one, at most.
      if (countWord((shape ^ wanted) & lettersMask) <= edits * 2) ids.push(id);
    }
    return ids;
  }

  private slotOf(hash: number): number {
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.slots[slot] ?? 0;
      if (id === 0 || (this.hashes.at(id) === hash && this.isSpelt(id))) return slot;
    }
  }

  private isSpelt(id: number): boolean {
    const start = this.starts.at(id);
    if (this.starts.at(id + 1) - start !== this.spelt) return false;
    for (let i = 0; i < this.spelt; i += 1) if (this.units[start + i] !== this.spelling[i]) return false;
    return true;
  }

  private append(): void {
    if (this.used + this.spelt > this.units.length) {
      const wider = new Uint16Array(Math.max(this.units.length * 2, this.used + this.spelt));
      wider.set(this.units);
      this.units = wider;
    }
    this.units.set(this.spelling.subarray(0, this.spelt), this.used);
    this.used += this.spelt;
  }

  private widen(): void {
    const slots = new Uint32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 1; id < this.hashes.length; id += 1) {
      let slot = this.hashes.at(id) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.slots = slots;
  }
}

/** Small letter or digit by ASCII code; 0 for what stands between words. */
const lowerOfAscii = Uint8Array.from({ length: 128 }, (_, code) => {
  const small = code >= 65 && code <= 90 ? code + 32 : code;
  return (small >= 97 && small <= 122) || (small >= 48 && small <= 57) ? small : 0;
});

/** FNV-1a over UTF-16 units, 32 bits, the high bits folded in. */
function hashOf(units: Uint16Array, length: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i += 1) {
    hash ^= units[i] ?? 0;
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}

function shapeOf(units: Uint16Array, length: number): number {
  let letters = 0;
  for (let i = 0; i < length; i += 1) letters |= 1 << ((units[i] ?? 0) % letterBits);
  return ((Math.min(lengthMost, length) << letterBits) | letters) >>> 0;
}
