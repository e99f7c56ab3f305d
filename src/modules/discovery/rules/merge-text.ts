import { GrowingBytes } from './growing.ts';
import type { Taken } from './merge-columns.ts';
import type { TextColumns } from './segment.ts';

const wordsAtATime = 4000;
const gone = -1;

/** The words of the persons taken: lists of one word follow each other, so they stay in order. Pauses every few thousand words. */
export function* mergeText(taken: readonly Taken[], persons: number): Generator<undefined, TextColumns, undefined> {
  const { forwardStarts, forward } = mergeForward(taken, persons);
  yield;
  const zonesHeld = new Uint8Array(persons);
  let offset = 0;
  const parts = taken.map(({ segment, persons: kept }) => {
    const place = new Int32Array(segment.persons).fill(gone);
    kept.forEach((old, index) => {
      place[old] = offset + index;
      zonesHeld[offset + index] = segment.text.zonesHeld[old] ?? 0;
    });
    offset += kept.length;
    return { text: segment.text, place, next: 0 };
  });
  const all = mergedTerms(taken);
  const size = taken.reduce((sum, one) => sum + one.segment.text.postings.length, 0);
  const terms = new Uint32Array(all.length);
  const postingStarts = new Uint32Array(all.length + 1);
  const postings = new Uint16Array(size);
  const postingZones = new Uint8Array(size);
  let used = 0;
  let words = 0;
  for (let at = 0; at < all.length; at += 1) {
    const term = all[at] ?? 0;
    const before = used;
    for (const part of parts) {
      if (part.text.terms[part.next] !== term) continue;
      used = takeList(part, { postings, postingZones, used });
      part.next += 1;
    }
    if (used > before) {
      terms[words] = term;
      postingStarts[words] = before;
      words += 1;
    }
    if (at % wordsAtATime === wordsAtATime - 1) yield;
  }
  postingStarts[words] = used;
  return {
    forwardStarts,
    forward,
    zonesHeld,
    terms: terms.slice(0, words),
    postingStarts: postingStarts.slice(0, words + 1),
    postings: postings.slice(0, used),
    postingZones: postingZones.slice(0, used),
  };
}

/** Appends the list a part stands at, without those who are gone. */
function takeList(
  part: { text: TextColumns; place: Int32Array; next: number },
  into: { postings: Uint16Array; postingZones: Uint8Array; used: number },
): number {
  const { text, place, next } = part;
  let { used } = into;
  const end = text.postingStarts[next + 1] ?? 0;
  for (let i = text.postingStarts[next] ?? 0; i < end; i += 1) {
    const to = place[text.postings[i] ?? 0] ?? gone;
    if (to === gone) continue;
    into.postings[used] = to;
    into.postingZones[used] = text.postingZones[i] ?? 0;
    used += 1;
  }
  return used;
}

/** All words of the segments, ascending, each once. */
function mergedTerms(taken: readonly Taken[]): Uint32Array {
  const total = taken.reduce((sum, one) => sum + one.segment.text.terms.length, 0);
  const all = new Uint32Array(total);
  let used = 0;
  for (const { segment } of taken) {
    all.set(segment.text.terms, used);
    used += segment.text.terms.length;
  }
  all.sort();
  let kept = 0;
  for (let i = 0; i < all.length; i += 1) {
    if (i > 0 && all[i] === all[i - 1]) continue;
    all[kept] = all[i] ?? 0;
    kept += 1;
  }
  return all.slice(0, kept);
}

function mergeForward(taken: readonly Taken[], persons: number): Pick<TextColumns, 'forwardStarts' | 'forward'> {
  const forwardStarts = new Uint32Array(persons + 1);
  const forward = new GrowingBytes();
  let person = 0;
  for (const { segment, persons: kept } of taken) {
    const { text } = segment;
    for (const old of kept) {
      forwardStarts[person] = forward.length;
      forward.append(text.forward.subarray(text.forwardStarts[old], text.forwardStarts[old + 1]));
      person += 1;
    }
  }
  forwardStarts[persons] = forward.length;
  return { forwardStarts, forward: forward.sealed() };
}
