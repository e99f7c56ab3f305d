import { personFieldNames, personSetNames, type ReadyRow } from './creator-state.ts';

/** The content of a row as one text for hashing: every value, in a fixed order, without the run's own source and date. */
export function rowHashText(row: ReadyRow): string {
  const { values } = row.person.fields;
  const parts: unknown[] = [row.key, Object.values(values)];
  // Fields of the catalogue come first and in one order, so only the names of extra fields have to be told.
  const names = Object.keys(values);
  if (names.length > personFieldNames.length) parts.push(names.slice(personFieldNames.length));
  for (const set of personSetNames) parts.push(row.person.sets[set]);
  for (const profile of row.profiles) {
    const { identity, figures } = profile.state;
    parts.push(
      profile.platform,
      profile.handleKey,
      Object.values(identity.values),
      Object.values(figures.values),
      profile.history,
    );
    if (profile.prices.length > 0) parts.push(profile.prices);
  }
  return JSON.stringify(parts);
}
