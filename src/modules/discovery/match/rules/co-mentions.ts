import { centroid, dot, type Sparse, toUnit } from './sparse.ts';

/** An account that fewer than two creators are tied to says nothing about who is like whom. */
const tiedMin = 2;
const stepsOfWalk = 8;
/** Share of the walk that goes on; the rest starts again at an example (as in personalised PageRank, Haveliwala 2002). */
const goesOn = 0.5;
const neighbours = 30;
/** So that a walk's usual shares, a thousandth of an even one and more, are told apart by the logarithm. */
const walkScale = 1500;

/** A creator by the accounts it mentions, itself among them. */
export interface MentionRow {
  id: string;
  accounts: ReadonlySet<string>;
}

export interface MentionCloseness {
  /** Cosine to the mentions of the examples, rare accounts counting more. */
  direct: number;
  /** Share of a walk over shared accounts that ends here, as a multiple of an even share, ln(1 + x). */
  walk: number;
  /** Cosine to the mentions of the 30 creators nearest the examples: brands of the same kind that the examples have not named themselves. */
  second: number;
}

/**
 * How close each creator is to the examples by whom they mention, "people who name A also name B" (item-based collaborative filtering, Sarwar
 * et al. 2001, and a random walk on the same graph). Accounts in `without` are not looked at: the brand itself when measuring.
 */
export function mentionCloseness(
  rows: readonly MentionRow[],
  examples: ReadonlySet<string>,
  without: ReadonlySet<string> = new Set(),
): Map<string, MentionCloseness> {
  const tied = new Map<string, number[]>();
  rows.forEach((row, at) => {
    for (const account of row.accounts) {
      if (without.has(account)) continue;
      const list = tied.get(account);
      if (list === undefined) tied.set(account, [at]);
      else list.push(at);
    }
  });
  const rarityOf = (account: string) => {
    const count = tied.get(account)?.length ?? 0;
    return count < tiedMin ? 0 : Math.log((rows.length + 1) / (count + 1));
  };
  const vectors = rows.map((row) => {
    const entries: [string, number][] = [];
    for (const account of row.accounts) {
      const value = without.has(account) ? 0 : rarityOf(account);
      if (value > 0) entries.push([account, value]);
    }
    return toUnit(new Map(entries));
  });
  const places = rows.flatMap((row, at) => (examples.has(row.id) ? [at] : []));
  const target = centroid(places.map((at) => ({ vector: vectors[at] ?? new Map(), weight: 1 })));
  const direct = vectors.map((vector) => dot(target, vector));
  const near = direct
    .map((closeness, at) => ({ closeness, at }))
    .sort((a, b) => b.closeness - a.closeness || a.at - b.at)
    .slice(0, neighbours);
  const wider = centroid(near.map(({ closeness, at }) => ({ vector: vectors[at] ?? new Map(), weight: closeness })));
  const walk = walkFrom(places, vectors, tied);
  return new Map(
    rows.map((row, at) => [
      row.id,
      {
        direct: direct[at] ?? 0,
        walk: Math.log1p((walk[at] ?? 0) * rows.length * walkScale),
        second: dot(wider, vectors[at] ?? new Map()),
      },
    ]),
  );
}

/** Where a walk from the examples over shared accounts is found, by creator; all together 1 at most. */
function walkFrom(
  places: readonly number[],
  vectors: readonly Sparse[],
  tied: ReadonlyMap<string, readonly number[]>,
): Float64Array {
  const size = vectors.length;
  const start = new Float64Array(size);
  for (const at of places) start[at] = 1 / places.length;
  const ties = vectors.map((vector) => [...vector.values()].reduce((sum, value) => sum + value, 0) || 1);
  const accountTies = new Map(
    [...tied].map(([account, list]) => [account, list.reduce((sum, at) => sum + (vectors[at]?.get(account) ?? 0), 0)]),
  );
  let share = start.slice();
  for (let step = 0; step < stepsOfWalk; step += 1) {
    const atAccount = new Map<string, number>();
    for (let at = 0; at < size; at += 1) {
      const here = share[at] ?? 0;
      if (here === 0) continue;
      for (const [account, value] of vectors[at] ?? [])
        atAccount.set(account, (atAccount.get(account) ?? 0) + (here * value) / (ties[at] ?? 1));
    }
    const next = start.map((value) => value * (1 - goesOn));
    for (const [account, here] of atAccount) {
      const all = accountTies.get(account) ?? 0;
      if (all === 0) continue;
      for (const at of tied.get(account) ?? [])
        next[at] = (next[at] ?? 0) + (goesOn * here * (vectors[at]?.get(account) ?? 0)) / all;
    }
    share = next;
  }
  return share;
}
