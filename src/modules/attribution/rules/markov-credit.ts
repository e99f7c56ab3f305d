/** Journeys that took the same touches: how many ended in an order, and how many in nothing. Channels are numbered from 0. */
export interface CountedPath {
  channels: readonly number[];
  conversions: number;
  nulls: number;
}

export type MarkovOrder = 1 | 2 | 3;

const sweepsMax = 20_000;
/** Largest change of a sweep at which the solution counts as exact; far below the 1e-6 conversions asked for. */
const changeMax = 1e-15;

/** The chain of all journeys: its states are the last `order` touches. Rows are packed one after another. */
interface Chain {
  states: number;
  /** Of each state, where its row begins in `to` and `chance`; one more at the end. */
  from: Int32Array;
  to: Int32Array;
  chance: Float64Array;
  /** Chance that the journey ends in an order right after this state, once it leaves it. */
  ends: Float64Array;
  /** Chance that a journey begins in this state. */
  begins: Float64Array;
  /** Of each channel, the states that hold it. */
  statesOf: number[][];
}

/**
 * Data-driven credit by removal (Anderl et al. 2016): the chain of order 1 to 3 is solved with each channel taken out, its journeys ending in nothing; the
 * share of orders that would be lost is its removal effect, and the orders are divided in proportion to the effects. A channel is taken out with every state
 * that holds it. Exact up to rounding: no simulation. Null where no path converts.
 */
export function markovCredit(
  paths: readonly CountedPath[],
  channelCount: number,
  order: MarkovOrder,
): { credit: Float64Array; removalEffects: Float64Array } | null {
  const conversions = paths.reduce((sum, path) => sum + path.conversions, 0);
  if (conversions <= 0) return null;
  const chain = buildChain(paths, channelCount, order);
  const isOut = new Uint8Array(chain.states);
  const whole = solve(chain, isOut, new Float64Array(chain.states));
  const all = startValue(chain, isOut, whole);
  const removalEffects = new Float64Array(channelCount);
  for (let channel = 0; channel < channelCount; channel += 1) {
    const out = chain.statesOf[channel] ?? [];
    for (const state of out) isOut[state] = 1;
    removalEffects[channel] = out.length === 0 ? 0 : 1 - startValue(chain, isOut, solve(chain, isOut, whole)) / all;
    for (const state of out) isOut[state] = 0;
  }
  const sum = removalEffects.reduce((total, effect) => total + effect, 0);
  return { credit: removalEffects.map((effect) => (sum > 0 ? (effect / sum) * conversions : 0)), removalEffects };
}

function buildChain(paths: readonly CountedPath[], channelCount: number, order: MarkovOrder): Chain {
  const ids = new Map<string, number>();
  const rows: Map<number, number>[] = [];
  const converted: number[] = [];
  const passed: number[] = [];
  const begun: number[] = [];
  const statesOf: number[][] = Array.from({ length: channelCount }, () => []);
  const stateOf = (touches: readonly number[]) => {
    const key = touches.join(',');
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = rows.length;
    ids.set(key, id);
    rows.push(new Map());
    converted.push(0);
    passed.push(0);
    begun.push(0);
    for (const channel of new Set(touches)) statesOf[channel]?.push(id);
    return id;
  };
  let starts = 0;
  for (const { channels, conversions, nulls } of paths) {
    const times = conversions + nulls;
    if (channels.length === 0 || times <= 0) continue;
    starts += times;
    let before = -1;
    for (let at = 0; at < channels.length; at += 1) {
      const state = stateOf(channels.slice(Math.max(0, at - order + 1), at + 1));
      if (before === -1) begun[state] = (begun[state] ?? 0) + times;
      else {
        const row = rows[before];
        row?.set(state, (row.get(state) ?? 0) + times);
      }
      passed[state] = (passed[state] ?? 0) + times;
      before = state;
    }
    converted[before] = (converted[before] ?? 0) + conversions;
  }
  return pack({ rows, converted, passed, begun, starts, statesOf });
}

function pack(of: {
  rows: readonly ReadonlyMap<number, number>[];
  converted: readonly number[];
  passed: readonly number[];
  begun: readonly number[];
  starts: number;
  statesOf: number[][];
}): Chain {
  const states = of.rows.length;
  const from = new Int32Array(states + 1);
  // A state that follows itself is solved for at once, since waiting for it to settle is what takes most sweeps: its row is divided by the chance to leave it.
  const left = Float64Array.from(of.rows, (row, state) => (of.passed[state] ?? 1) - (row.get(state) ?? 0));
  const edges = of.rows.reduce((sum, row, state) => sum + row.size - (row.has(state) ? 1 : 0), 0);
  const to = new Int32Array(edges);
  const chance = new Float64Array(edges);
  let at = 0;
  for (const [state, row] of of.rows.entries()) {
    from[state] = at;
    const all = left[state] ?? 1;
    for (const [next, times] of row) {
      if (next === state) continue;
      to[at] = next;
      chance[at] = times / all;
      at += 1;
    }
  }
  from[states] = at;
  return {
    states,
    from,
    to,
    chance,
    ends: Float64Array.from(of.converted, (times, state) => times / (left[state] ?? 1)),
    begins: Float64Array.from(of.begun, (times) => times / of.starts),
    statesOf: of.statesOf,
  };
}

/** Chance to end in an order from each state: f = Q f + r by Gauss-Seidel, which converges since every state may end the journey. */
function solve(chain: Chain, isOut: Uint8Array, guess: Float64Array): Float64Array {
  const { states, from, to, chance, ends } = chain;
  const value = guess.slice();
  for (let state = 0; state < states; state += 1) if (isOut[state] === 1) value[state] = 0;
  for (let sweep = 0; sweep < sweepsMax; sweep += 1) {
    let change = 0;
    for (let state = states - 1; state >= 0; state -= 1) {
      if (isOut[state] === 1) continue;
      let sum = ends[state] as number;
      const end = from[state + 1] as number;
      for (let at = from[state] as number; at < end; at += 1)
        sum += (chance[at] as number) * (value[to[at] as number] as number);
      const by = Math.abs(sum - (value[state] as number));
      if (by > change) change = by;
      value[state] = sum;
    }
    if (change < changeMax) break;
  }
  return value;
}

function startValue(chain: Chain, isOut: Uint8Array, value: Float64Array): number {
  let sum = 0;
  for (let state = 0; state < chain.states; state += 1)
    if (isOut[state] === 0) sum += (chain.begins[state] ?? 0) * (value[state] ?? 0);
  return sum;
}
