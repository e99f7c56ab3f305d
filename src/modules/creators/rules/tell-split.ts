import { type Platform, platformNames } from '#kernel/platform.ts';
import type { SplitLine } from '../api.ts';
import { type PersonState, personSetNames } from './creator-state.ts';

const fieldWords: Readonly<Record<string, string>> = {
  isOpenToGifting: 'openness to gifts',
  contactType: 'contact type',
  city: 'town',
};

const setWords: Readonly<Record<(typeof personSetNames)[number], readonly [one: string, many: string]>> = {
  languages: ['language', 'languages'],
  emails: ['e-mail address', 'e-mail addresses'],
  phones: ['phone number', 'phone numbers'],
  niches: ['niche', 'niches'],
  tags: ['tag', 'tags'],
  interests: ['interest', 'interests'],
  contacts: ['contact', 'contacts'],
};

/** What of the two creators themselves comes back by the undo of a merge, and what does not; `without` is the kept one as it would stand then. */
export function tellSplit(of: {
  keptName: string;
  restoredName: string;
  profiles: readonly { platform: Platform; handle: string }[];
  profilesGone: number;
  before: PersonState;
  after: PersonState;
  current: PersonState;
  without: PersonState;
}): { comesBack: SplitLine[]; stays: SplitLine[] } {
  const { keptName, restoredName, profiles, profilesGone } = of;
  const comesBack = [
    profiles.length === 0
      ? `${restoredName} is a creator again, as before the merge.`
      : `${restoredName} is a creator again, with ${sayList(profiles.map(sayProfile))} and all their posts and figures, those since the merge too.`,
  ];
  const goBack = fieldsThat((field) => saidOf(of.current, field) !== saidOf(of.without, field), of);
  if (goBack.length > 0)
    comesBack.push(
      `${capital(sayList(goBack))} of ${keptName} ${goBack.length === 1 ? 'is' : 'are'} again as before the merge.`,
    );
  const lost = personSetNames.flatMap((name) => {
    const gone = of.current.sets[name].filter((value) => !of.without.sets[name].includes(value)).length;
    return gone === 0 ? [] : [`${gone} ${setWords[name][gone === 1 ? 0 : 1]}`];
  });
  if (lost.length > 0) comesBack.push(`${keptName} no longer has ${sayList(lost)} that came with the merge.`);
  const stays: string[] = [];
  const changed = fieldsThat((field) => {
    const isBrought = saidOf(of.after, field) !== saidOf(of.before, field);
    return isBrought && saidOf(of.current, field) !== saidOf(of.after, field);
  }, of);
  if (changed.length > 0)
    stays.push(
      `${capital(sayList(changed))} of ${keptName} ${changed.length === 1 ? 'was' : 'were'} changed since the merge and ${changed.length === 1 ? 'stays' : 'stay'} so.`,
    );
  if (profilesGone > 0)
    stays.push(
      `${profilesGone} ${profilesGone === 1 ? 'profile' : 'profiles'} went elsewhere since the merge and stay there.`,
    );
  stays.push(
    `What was written down about ${keptName} since the merge, such as notes and tags, stays with ${keptName}.`,
  );
  const lines = (texts: string[]) => texts.map((text) => ({ about: null, text }));
  return { comesBack: lines(comesBack), stays: lines(stays) };
}

function fieldsThat(is: (field: string) => boolean, of: { after: PersonState; current: PersonState }): string[] {
  const names = new Set([...Object.keys(of.after.fields.values), ...Object.keys(of.current.fields.values)]);
  return [...names].filter(is).map((name) => fieldWords[name] ?? name.replace(/^custom\./, ''));
}

function saidOf(state: PersonState, field: string): string {
  return JSON.stringify(state.fields.values[field] ?? null);
}

function sayProfile({ platform, handle }: { platform: Platform; handle: string }): string {
  return `@${handle} on ${platformNames[platform]}`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function sayList(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
