/** Parts of a handle that tell a country, a language or that it is the real one, but not another brand. */
const regional = new Set(
  (
    'official officiel oficial ufficiale offiziell global worldwide world international intl hq usa us uk gb eu europe emea latam apac ' +
    'de deutschland germany at austria oesterreich ch schweiz suisse switzerland fr france es espana spain it italia italy pt portugal ' +
    'br brasil brazil nl nederland netherlands be belgium belgie belgique se sverige sweden dk danmark denmark no norge norway fi suomi ' +
    'finland pl polska poland cz ie ireland ca canada mx mexico ar argentina cl chile co colombia pe au australia nz in india jp japan ' +
    'kr korea cn china hk sg singapore my malaysia id indonesia th thailand ph tr turkiye turkey ru russia ua ae uae dubai sa ksa za'
  ).split(' '),
);

/** Nothing shorter is taken for a brand's own part of a handle. */
const baseMin = 3;

/** The handle without its country and without "official": "kettlemoth.de" and "Kettlemoth_Official" are both "kettlemoth". */
export function baseOfHandle(handle: string): string {
  const whole = handle
    .trim()
    .toLowerCase()
    .replace(/^@/, '')
    .replace(/[._-]+$/, '');
  const parts = whole.split(/[._-]+/).filter((part) => part !== '');
  const kept = parts.filter((part, at) => (at === 0 ? !isLeading(part, parts.length) : !regional.has(part)));
  const base = kept.join('');
  return base.length >= baseMin ? base : whole;
}

function isLeading(part: string, parts: number): boolean {
  return parts > 1 && (part === 'the' || (regional.has(part) && part.length > 2));
}

/**
 * Which brand each handle belongs to. Parted endings are dropped; one that is joined ("kettlemothuk") is dropped only when the brand without it is
 * among the handles too, since many names just end so. The same whatever the order of the handles.
 */
export function groupHandles(handles: Iterable<string>): Map<string, string> {
  const bases = new Map([...handles].map((handle) => [handle, baseOfHandle(handle)]));
  const known = new Set(bases.values());
  return new Map([...bases].map(([handle, base]) => [handle, joinedBase(base, known) ?? base]));
}

function joinedBase(base: string, known: ReadonlySet<string>): string | null {
  for (let length = baseMin; length < base.length; length += 1) {
    const head = base.slice(0, length);
    if (known.has(head) && regional.has(base.slice(length))) return head;
  }
  return null;
}
