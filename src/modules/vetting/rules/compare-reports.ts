import type { Change, Evidence, Report, Signal } from '../api.ts';

/** Rows named for one change. */
const rowsMax = 10;

/** What differs between two reports, the score first, then signals by how much they moved. */
export function changesBetween(before: Report, after: Report): Change[] {
  const changes: Change[] = [];
  if (before.score !== after.score)
    changes.push({
      name: 'score',
      title: 'Score',
      from: before.score,
      to: after.score,
      text: textOf(before.score, after.score),
    });
  if (before.verdict !== after.verdict)
    changes.push({
      name: 'verdict',
      title: 'Verdict',
      from: null,
      to: null,
      text: `${words(before.verdict)} became ${words(after.verdict)}`,
    });
  if (before.rulesVersion !== after.rulesVersion)
    changes.push({
      name: 'rules',
      title: 'Rules',
      from: null,
      to: null,
      text: `${before.rulesVersion} became ${after.rulesVersion}`,
    });
  for (const flag of after.flags) {
    if (!before.flags.some((known) => known.name === flag.name))
      changes.push({ name: flag.name, title: flag.title, from: null, to: null, text: `New flag: ${flag.reason}` });
  }
  for (const flag of before.flags) {
    if (!after.flags.some((known) => known.name === flag.name))
      changes.push({ name: flag.name, title: flag.title, from: null, to: null, text: 'This flag is gone' });
  }
  return [...changes, ...signalChanges(before.signals, after.signals)];
}

function signalChanges(before: readonly Signal[], after: readonly Signal[]): Change[] {
  const earlier = new Map(before.map((signal) => [signal.name, signal]));
  return after
    .flatMap((signal): Change[] => {
      const old = earlier.get(signal.name);
      const from = old?.contribution ?? null;
      if (from === signal.contribution && old?.state === signal.state) return [];
      const { name, title, contribution, text } = signal;
      return [{ name, title, from, to: contribution, text, ...rowsBetween(old?.evidence ?? [], signal.evidence) }];
    })
    .sort((a, b) => Math.abs((b.to ?? 0) - (b.from ?? 0)) - Math.abs((a.to ?? 0) - (a.from ?? 0)));
}

function textOf(from: number | null, to: number | null): string {
  if (from === null) return `${to} for the first time`;
  if (to === null) return `Was ${from}; there is no longer enough data`;
  return `${to > from ? 'Up' : 'Down'} from ${from} to ${to}`;
}

const words = (verdict: string) => verdict.replaceAll('_', ' ');

/** Which rows came and went: the same post with another figure is both. */
function rowsBetween(before: readonly Evidence[], after: readonly Evidence[]) {
  const key = (row: Evidence) => JSON.stringify([row.kind, row.id, row.at, row.label, row.value]);
  const earlier = new Set(before.map(key));
  const later = new Set(after.map(key));
  return {
    added: after.filter((row) => !earlier.has(key(row))).slice(0, rowsMax),
    removed: before.filter((row) => !later.has(key(row))).slice(0, rowsMax),
  };
}
