import type { Report, Signal } from '../api.ts';

export interface Change {
  name: string;
  title: string;
  /** Points, or the score itself. */
  from: number | null;
  to: number | null;
  text: string;
}

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
      return [{ name: signal.name, title: signal.title, from, to: signal.contribution, text: signal.text }];
    })
    .sort((a, b) => Math.abs((b.to ?? 0) - (b.from ?? 0)) - Math.abs((a.to ?? 0) - (a.from ?? 0)));
}

function textOf(from: number | null, to: number | null): string {
  if (from === null) return `${to} for the first time`;
  if (to === null) return `Was ${from}; there is no longer enough data`;
  return `${to > from ? 'Up' : 'Down'} from ${from} to ${to}`;
}

const words = (verdict: string) => verdict.replaceAll('_', ' ');
