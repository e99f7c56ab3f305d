import { personSetNames, type ReadyRow } from './creator-state.ts';

/** The content of a row as one text for hashing: every value that is known, in a fixed order, without the run's own source and date. */
export function rowHashText(row: ReadyRow): string {
  const parts: unknown[] = [row.key];
  addKnown(parts, row.person.fields.values);
  for (const set of personSetNames) {
    const values = row.person.sets[set];
    if (values.length > 0) parts.push(set, values);
  }
  for (const profile of row.profiles) {
    // A number where a name would stand: no field of the person can be taken for one of the profile.
    parts.push(0, profile.platform, profile.handleKey);
    addKnown(parts, profile.state.identity.values);
    parts.push(1);
    addKnown(parts, profile.state.figures.values);
    if (profile.history.length > 0) parts.push(2, profile.history);
    if (profile.prices.length > 0) parts.push(3, profile.prices);
  }
  return JSON.stringify(parts);
}

function addKnown(parts: unknown[], values: Record<string, unknown>): void {
  for (const name in values) if (values[name] !== null) parts.push(name, values[name]);
}
