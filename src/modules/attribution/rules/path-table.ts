import type { CountedPath } from './markov-credit.ts';

/** Paths of orders, packed so that they can be handed to a thread: touches one after another, with the border of each path. */
export interface PathTable {
  /** Number of the channel of each touch. */
  channels: Int32Array;
  /** Days before the order of each touch. */
  ages: Float32Array;
  /** Where each path begins; one more at the end. */
  begins: Int32Array;
  /** Net amount of each order in minor units, exact up to 2^53. */
  netMinor: Float64Array;
  /** Number of the currency of each order. */
  currencies: Uint8Array;
  channelCount: number;
  currencyCount: number;
  /** Of each channel, journeys of one touch that ended in nothing. */
  empty: Float64Array;
}

/** Collects paths while they are read. */
export class PathTableBuilder {
  #channels: number[] = [];
  #ages: number[] = [];
  #begins: number[] = [0];
  #netMinor: number[] = [];
  #currencies: number[] = [];
  #numbers = new Map<string, number>();
  #currencyNumbers = new Map<string, number>();

  get orders(): number {
    return this.#netMinor.length;
  }
  /** Names of the channels in the order of their numbers. */
  get names(): string[] {
    return [...this.#numbers.keys()];
  }
  get currencyNames(): string[] {
    return [...this.#currencyNumbers.keys()];
  }

  /** Adds one path; channels and ages are text with spaces between, oldest touch first. */
  add(path: { channels: string; ages: string; netMinor: bigint; currency: string }): void {
    for (const name of path.channels.split(' ')) this.#channels.push(numberOf(this.#numbers, name));
    for (const age of path.ages.split(' ')) this.#ages.push(Number(age));
    this.#begins.push(this.#channels.length);
    this.#netMinor.push(Number(path.netMinor));
    this.#currencies.push(numberOf(this.#currencyNumbers, path.currency));
  }

  /**
   * The table, with the channels beyond `channelsMax` that have the fewest touches taken as one, the last. `rename` says of each old number the new one.
   */
  build(channelsMax: number): { table: PathTable; names: (string | null)[]; touchesOf: Map<string, number> } {
    const names = this.names;
    const counts = new Float64Array(names.length);
    for (const channel of this.#channels) counts[channel] = (counts[channel] ?? 0) + 1;
    const order = names
      .map((name, at) => ({ name, at, count: counts[at] ?? 0 }))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
    const kept = order.length <= channelsMax ? order : order.slice(0, channelsMax - 1);
    const renumber = new Int32Array(names.length).fill(kept.length);
    for (const [to, one] of kept.entries()) renumber[one.at] = to;
    const hasRest = kept.length < order.length;
    const channelCount = kept.length + (hasRest ? 1 : 0);
    return {
      names: [...kept.map((one) => one.name), ...(hasRest ? [null] : [])],
      touchesOf: new Map(order.map((one) => [one.name, one.count])),
      table: {
        channels: Int32Array.from(this.#channels, (channel) => renumber[channel] ?? 0),
        ages: Float32Array.from(this.#ages),
        begins: Int32Array.from(this.#begins),
        netMinor: Float64Array.from(this.#netMinor),
        currencies: Uint8Array.from(this.#currencies),
        channelCount,
        currencyCount: this.#currencyNumbers.size,
        empty: new Float64Array(channelCount),
      },
    };
  }
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}

/** The same journeys counted: equal paths once, and the journeys that ended in nothing. */
export function countPaths(table: PathTable): CountedPath[] {
  const counted = new Map<string, { channels: readonly number[]; conversions: number; nulls: number }>();
  const orders = table.netMinor.length;
  const count = (channels: readonly number[], conversions: number, nulls: number) => {
    const key = channels.join(',');
    const known = counted.get(key);
    if (known === undefined) counted.set(key, { channels, conversions, nulls });
    else {
      known.conversions += conversions;
      known.nulls += nulls;
    }
  };
  for (let at = 0; at < orders; at += 1)
    count(Array.from(table.channels.subarray(table.begins[at], table.begins[at + 1])), 1, 0);
  for (const [channel, nulls] of table.empty.entries()) if (nulls > 0) count([channel], 0, nulls);
  return [...counted.values()];
}
