import { compareKeys, countryNumber, countryOf, foldTown, type PackedTowns, type Town } from './pack-towns.ts';

const matchesMax = 40;
/** Towns offered as "did you mean" have at least so many people: others are seldom meant. */
const nearPopulationMin = 5000;

/** Towns of the world by name: all of one name, most populous first, and names like one that is none. */
export class Gazetteer {
  private readonly towns: PackedTowns;
  private readonly keyBytes: Buffer;
  private readonly nameBytes: Buffer;
  private readonly asked = new Map<string, Town | null>();

  constructor(towns: PackedTowns) {
    this.towns = towns;
    this.keyBytes = bufferOf(towns.keys);
    this.nameBytes = bufferOf(towns.names);
  }

  /** Towns of that name in any spelling, in one country when it is named (ISO 3166-1 alpha-2). */
  find(name: string, country: string | null): Town[] {
    const key = foldTown(name);
    if (key === '') return [];
    const found: Town[] = [];
    const only = country === null ? null : countryNumber(country);
    for (let at = this.firstAt(key); at < this.towns.count && found.length < matchesMax; at += 1) {
      if (this.keyAt(at) !== key) break;
      if (only === null || this.towns.countries[at] === only) found.push(this.townAt(at));
    }
    return found;
  }

  /** The most populous town of that name, or null; remembered, since the same few are asked for again and again. */
  locate(name: string, country: string | null): Town | null {
    const key = `${country ?? ''} ${name}`;
    const known = this.asked.get(key);
    if (known !== undefined) return known;
    if (this.asked.size > 20_000) this.asked.clear();
    const found = this.find(name, country)[0] ?? null;
    this.asked.set(key, found);
    return found;
  }

  /** Names of larger towns, each once, in one country when it is named: what "did you mean" chooses from. */
  names(country: string | null): string[] {
    const only = country === null ? null : countryNumber(country);
    const names = new Set<string>();
    for (let at = 0; at < this.towns.count; at += 1) {
      if ((this.towns.populations[at] ?? 0) < nearPopulationMin) continue;
      if (only === null || this.towns.countries[at] === only) names.add(this.nameAt(at));
    }
    return [...names];
  }

  private firstAt(key: string): number {
    let low = 0;
    let high = this.towns.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareKeys(this.keyAt(middle), key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private keyAt(at: number): string {
    return textAt(this.keyBytes, this.towns.keyEnds, at);
  }

  private nameAt(at: number): string {
    return textAt(this.nameBytes, this.towns.nameEnds, at);
  }

  private townAt(at: number): Town {
    const { countries, populations, lats, lons } = this.towns;
    return {
      name: this.nameAt(at),
      country: countryOf(countries[at] ?? 0),
      population: populations[at] ?? 0,
      lat: fourDigits(lats[at] ?? 0),
      lon: fourDigits(lons[at] ?? 0),
    };
  }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function textAt(texts: Buffer, ends: Uint32Array, at: number): string {
  return texts.toString('utf8', at === 0 ? 0 : ends[at - 1], ends[at]);
}

function fourDigits(degrees: number): number {
  return Math.round(degrees * 1e4) / 1e4;
}
