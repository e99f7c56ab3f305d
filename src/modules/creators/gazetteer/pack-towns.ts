export interface Town {
  name: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  population: number;
  lat: number;
  lon: number;
}

/** Towns in columns, in order of their folded key, of one key the most populous first. */
export interface PackedTowns {
  count: number;
  keys: Uint8Array;
  keyEnds: Uint32Array;
  names: Uint8Array;
  nameEnds: Uint32Array;
  countries: Uint16Array;
  populations: Uint32Array;
  /** Degrees. */
  lats: Float32Array;
  lons: Float32Array;
}

const letters: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', ı: 'i', þ: 'th', ð: 'd' };

const plain = /^[A-Za-z]+(?: [A-Za-z]+)*$/;

/** One form for all spellings of a town: lower case, no accents, signs as blanks. */
export function foldTown(name: string): string {
  if (plain.test(name)) return name.toLowerCase();
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[ßøłđæœıþð]/g, (letter) => letters[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Names in other languages or shorter forms by which people know a town: folded form, its country. */
const otherNames: [string, string, string][] = [
  ['cologne', 'koln', 'DE'],
  ['muenchen', 'munich', 'DE'],
  ['munchen', 'munich', 'DE'],
  ['nuremberg', 'nurnberg', 'DE'],
  ['hanover', 'hannover', 'DE'],
  ['frankfurt', 'frankfurt am main', 'DE'],
  ['freiburg', 'freiburg im breisgau', 'DE'],
  ['wien', 'vienna', 'AT'],
  ['geneve', 'geneva', 'CH'],
  ['genf', 'geneva', 'CH'],
  ['zuerich', 'zurich', 'CH'],
  ['roma', 'rome', 'IT'],
  ['milano', 'milan', 'IT'],
  ['napoli', 'naples', 'IT'],
  ['torino', 'turin', 'IT'],
  ['firenze', 'florence', 'IT'],
  ['venezia', 'venice', 'IT'],
  ['genova', 'genoa', 'IT'],
  ['sevilla', 'seville', 'ES'],
  ['lisboa', 'lisbon', 'PT'],
  ['praha', 'prague', 'CZ'],
  ['prag', 'prague', 'CZ'],
  ['warszawa', 'warsaw', 'PL'],
  ['kobenhavn', 'copenhagen', 'DK'],
  ['goteborg', 'gothenburg', 'SE'],
  ['bruxelles', 'brussels', 'BE'],
  ['brussel', 'brussels', 'BE'],
  ['antwerp', 'antwerpen', 'BE'],
  ['ghent', 'gent', 'BE'],
  ['bucuresti', 'bucharest', 'RO'],
  ['beograd', 'belgrade', 'RS'],
  ['athina', 'athens', 'GR'],
  ['moskva', 'moscow', 'RU'],
  ['kiev', 'kyiv', 'UA'],
  ['new york', 'new york city', 'US'],
  ['nyc', 'new york city', 'US'],
  ['bombay', 'mumbai', 'IN'],
  ['bangalore', 'bengaluru', 'IN'],
];

/** Every key a town is found by: its name, the name without a part in brackets, and other names. */
function keysOf(town: Town, others: ReadonlyMap<string, readonly string[]>): string[] {
  const key = foldTown(town.name);
  const bare = town.name.includes('(') ? foldTown(town.name.replace(/\s*\([^)]*\)/g, '')) : key;
  return [...new Set([key, bare, ...(others.get(`${town.country} ${key}`) ?? [])])].filter((one) => one !== '');
}

export function packTowns(towns: readonly Town[]): PackedTowns {
  const others = new Map<string, string[]>();
  for (const [other, key, country] of otherNames) {
    const slot = `${country} ${key}`;
    others.set(slot, [...(others.get(slot) ?? []), other]);
  }
  const entries = towns.flatMap((town) => keysOf(town, others).map((key) => ({ key, town })));
  entries.sort((a, b) => compareKeys(a.key, b.key) || b.town.population - a.town.population);
  const countries = new Uint16Array(entries.length);
  const populations = new Uint32Array(entries.length);
  const lats = new Float32Array(entries.length);
  const lons = new Float32Array(entries.length);
  entries.forEach(({ town }, at) => {
    countries[at] = countryNumber(town.country);
    populations[at] = town.population;
    lats[at] = town.lat;
    lons[at] = town.lon;
  });
  const keys = joined(entries.map((entry) => entry.key));
  const names = joined(entries.map((entry) => entry.town.name));
  return {
    count: entries.length,
    keys: keys.bytes,
    keyEnds: keys.ends,
    names: names.bytes,
    nameEnds: names.ends,
    countries,
    populations,
    lats,
    lons,
  };
}

/** Order of keys, the same for packing and finding. */
export function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Texts one after the other as UTF-8, with where each ends. */
function joined(texts: readonly string[]): { bytes: Uint8Array; ends: Uint32Array } {
  const ends = new Uint32Array(texts.length);
  let end = 0;
  texts.forEach((text, at) => {
    end += Buffer.byteLength(text);
    ends[at] = end;
  });
  // A copy of its own: a small buffer is part of a shared pool, which cannot be handed to another thread.
  return { bytes: new Uint8Array(Buffer.from(texts.join(''))), ends };
}

/** Two letters as one number. */
export function countryNumber(country: string): number {
  return (country.charCodeAt(0) << 8) | (country.charCodeAt(1) & 0xff);
}

export function countryOf(number: number): string {
  return String.fromCharCode(number >> 8, number & 0xff);
}
