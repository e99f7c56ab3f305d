import { personSetNames, type ReadyRow } from './creator-state.ts';

/** The content of a row as one text for hashing: every value, in a fixed order, without the run's own source and date. */
export function rowHashText(row: ReadyRow): string {
  const parts: unknown[] = [row.key, row.person.fields.values];
  for (const set of personSetNames) parts.push(row.person.sets[set]);
  for (const profile of row.profiles) {
    parts.push(
      profile.platform,
      profile.handleKey,
      profile.state.identity.values,
      profile.state.figures.values,
      profile.history,
    );
    if (profile.prices.length > 0) parts.push(profile.prices);
  }
  return JSON.stringify(parts);
}
