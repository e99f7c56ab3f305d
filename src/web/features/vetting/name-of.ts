import type { Person } from '#modules/creators/api.ts';

/** What a person is called: the own name, else the main profile's, else its handle. */
export function nameOf(person: Person): string {
  const [profile] = person.profiles;
  return (
    person.name ?? profile?.displayName ?? (profile === undefined ? 'Creator without a name' : `@${profile.handle}`)
  );
}
