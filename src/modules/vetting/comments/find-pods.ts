import { UndirectedGraph } from 'graphology';
import communities from 'graphology-communities-louvain';
import { OverlapChance } from './overlap-chance.ts';

// The package is CommonJS: what it exports is the function itself, while its types speak of a default export.
const louvain = communities as unknown as typeof communities.default;

/** A commenter and the creators, as profile ids, under whom it commented. */
export interface Commenter {
  key: string;
  profileIds: string[];
}

export interface Crowd {
  /** Only commenters under `creatorsMin` creators and more; the others can share no more with anybody. */
  commenters: readonly Commenter[];
  /** Every creator with comments: how many different commenters it has. */
  audiences: ReadonlyMap<string, number>;
}

export interface FoundPod {
  members: Commenter[];
  /** Creators under whom two members or more comment. */
  profileIds: string[];
  /** Creators that two linked members share, in the median. */
  sharedCreators: number;
  /** What chance lets the same pairs share, on average. */
  expectedShared: number;
}

/** Sharing fewer creators than this is never a sign. */
export const creatorsMin = 3;
/** Fewer creators or commenters than this tell nothing about chance. */
export const creatorsForPods = 8;
export const commentersForPods = 30;
/** Of more commenters the ones under most creators are looked at. */
export const commentersMax = 2000;
const membersMin = 3;
/** Share of links that may be due to chance (false discovery rate; Benjamini and Hochberg 1995). */
const falseShare = 0.01;
const seed = 7;

interface Link {
  a: Commenter;
  b: Commenter;
  hits: number;
  expected: number;
  chance: number;
}

/**
 * Pods by communities (Louvain; Blondel and others 2008) of the commenters that are linked. Two are linked when they share more creators than
 * chance explains (see overlap-chance.ts), at a false discovery rate of 1 % over all pairs. Null when there is too little data.
 */
export function findPods(crowd: Crowd): FoundPod[] | null {
  const { audiences } = crowd;
  const visits = sumOf([...audiences.values()], (size) => size);
  if (audiences.size < creatorsForPods || visits < commentersForPods) return null;
  const commenters = crowd.commenters
    .filter((one) => one.profileIds.length >= creatorsMin)
    .toSorted((a, b) => b.profileIds.length - a.profileIds.length || (a.key < b.key ? -1 : 1))
    .slice(0, commentersMax);
  const graph = new UndirectedGraph();
  const links = findLinks(commenters, audiences);
  for (const { a, b, hits, expected, chance } of links) {
    graph.mergeNode(a.key);
    graph.mergeNode(b.key);
    graph.addEdge(a.key, b.key, { weight: -Math.log10(Math.max(chance, 1e-300)), hits, expected });
  }
  return communitiesOf(graph, commenters).map((members) => toPod(graph, members));
}

function findLinks(commenters: readonly Commenter[], audiences: ReadonlyMap<string, number>): Link[] {
  const model = new OverlapChance(audiences);
  const sets = commenters.map((one) => model.prepare(one.profileIds));
  const pairs = (commenters.length * (commenters.length - 1)) / 2;
  const tested: Link[] = [];
  for (const { first, second, hits } of countShared(commenters)) {
    const [a, b, ofA, ofB] = [commenters[first], commenters[second], sets[first], sets[second]];
    if (a === undefined || b === undefined || ofA === undefined || ofB === undefined) continue;
    // Either may be the one whose creators are given; the milder answer counts.
    const chance = Math.max(
      model.chanceOf(hits, ofA, b.profileIds.length),
      model.chanceOf(hits, ofB, a.profileIds.length),
    );
    tested.push({ a, b, hits, expected: ofA.share * b.profileIds.length, chance });
  }
  tested.sort(
    (one, other) => one.chance - other.chance || (one.a.key + one.b.key < other.a.key + other.b.key ? -1 : 1),
  );
  const last = tested.findLastIndex((link, at) => link.chance <= (falseShare * (at + 1)) / pairs);
  return tested.slice(0, last + 1);
}

function communitiesOf(graph: UndirectedGraph, commenters: readonly Commenter[]): Commenter[][] {
  if (graph.size === 0) return [];
  const mapping = louvain(graph, { getEdgeWeight: 'weight', rng: seeded(seed) });
  const groups = Map.groupBy(
    commenters.filter((one) => graph.hasNode(one.key)),
    (one) => mapping[one.key] ?? -1,
  );
  return [...groups.values()].filter((members) => members.length >= membersMin);
}

function toPod(graph: UndirectedGraph, members: Commenter[]): FoundPod {
  const sorted = members.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const counts = new Map<string, number>();
  for (const id of sorted.flatMap((one) => one.profileIds)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const hits: number[] = [];
  const expected: number[] = [];
  for (const [at, one] of sorted.entries())
    for (const other of sorted.slice(at + 1)) {
      const edge = graph.edge(one.key, other.key);
      if (edge === undefined) continue;
      hits.push(Number(graph.getEdgeAttribute(edge, 'hits')));
      expected.push(Number(graph.getEdgeAttribute(edge, 'expected')));
    }
  return {
    members: sorted,
    profileIds: [...counts].flatMap(([id, count]) => (count >= 2 ? [id] : [])).sort(),
    sharedCreators: hits.toSorted((a, b) => a - b)[Math.floor(hits.length / 2)] ?? 0,
    expectedShared: sumOf(expected, (value) => value) / Math.max(1, expected.length),
  };
}

/** Pairs of commenters, by their places, that share `creatorsMin` creators or more. */
function countShared(commenters: readonly Commenter[]): { first: number; second: number; hits: number }[] {
  const width = commenters.length;
  const placesOf = new Map<string, number[]>();
  for (const [place, one] of commenters.entries())
    for (const id of new Set(one.profileIds)) {
      const places = placesOf.get(id);
      if (places === undefined) placesOf.set(id, [place]);
      else places.push(place);
    }
  const counts = new Uint16Array(width * width);
  for (const places of placesOf.values())
    for (const [at, first] of places.entries())
      for (let next = at + 1; next < places.length; next += 1) {
        const cell = first * width + (places[next] ?? 0);
        counts[cell] = (counts[cell] ?? 0) + 1;
      }
  const pairs: { first: number; second: number; hits: number }[] = [];
  for (const [cell, hits] of counts.entries())
    if (hits >= creatorsMin) pairs.push({ first: Math.floor(cell / width), second: cell % width, hits });
  return pairs;
}

function sumOf<One>(values: readonly One[], of: (value: One) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0);
}

/** Random numbers of a seed (mulberry32), so that the same comments give the same pods. */
function seeded(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
