/**
 * The part of an address behind its #, while somebody signs in first. It is kept in the memory of the page alone: a captured profile stands there,
 * and belongs in no query, history or storage.
 */
let kept: { path: string; fragment: string } | null = null;

/** Keeps what stands behind the # of a page (a path of the whole address); an empty fragment forgets it. */
export function keepFragment(path: string, fragment: string): void {
  if (fragment !== '') kept = { path, fragment };
  else if (kept?.path === path) kept = null;
}

/** What was kept for the page; empty when nothing was. */
export function keptFragment(path: string): string {
  return kept?.path === path ? kept.fragment : '';
}
