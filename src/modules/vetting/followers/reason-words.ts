import type { AccountFacts, Reason } from './account-features.ts';

const number = (value: number) => Math.round(value).toLocaleString('en');
const counted = (value: number, one: string, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;

/** What was seen of an account under a reason, in words; not known is said so. */
export function reasonText(reason: Reason, facts: AccountFacts): string {
  const unknown = (what: string) => `${what} not known`;
  switch (reason) {
    case 'picture':
      return facts.hasPicture === null ? unknown('Picture') : facts.hasPicture ? 'Has a picture' : 'No picture';
    case 'posts':
      return facts.posts === null
        ? unknown('Posts')
        : facts.posts === 0
          ? 'Never posted'
          : counted(facts.posts, 'post');
    case 'followers':
      return facts.followers === null ? unknown('Followers') : counted(facts.followers, 'follower');
    case 'followed_accounts':
      return facts.following === null ? unknown('Followed accounts') : `Follows ${counted(facts.following, 'account')}`;
    case 'followers_per_followed':
      return ratio(facts.followers, facts.following, 'follower') ?? unknown('Followers for those it follows');
    case 'posts_per_followed':
      return ratio(facts.posts, facts.following, 'post') ?? unknown('Posts for those it follows');
    case 'user_name':
      return nameText(facts);
    case 'full_name':
      return facts.fullNameWords === null
        ? unknown('Display name')
        : `Display name of ${counted(facts.fullNameWords, 'word')}`;
    case 'bio':
      return facts.bioLength === null
        ? unknown('Bio')
        : facts.bioLength === 0
          ? 'No bio'
          : `Bio of ${counted(facts.bioLength, 'character')}`;
    case 'link':
      return facts.hasLink === null ? unknown('Link') : facts.hasLink ? 'Has a link' : 'No link';
    case 'private':
      return facts.isPrivate === null ? unknown('Private or public') : facts.isPrivate ? 'Private' : 'Public';
    case 'verified':
      return facts.isVerified === null ? unknown('Badge') : facts.isVerified ? 'Verified' : 'Not verified';
    case 'age':
      return facts.ageDays === null ? unknown('Age') : `${counted(facts.ageDays, 'day')} old`;
    case 'activity':
      return facts.likesGiven === null ? unknown('Activity') : `${counted(facts.likesGiven, 'like')} given`;
  }
}

function ratio(over: number | null, under: number | null, what: string): string | null {
  if (over === null || under === null) return null;
  return `${counted(Math.round((100 * over) / Math.max(1, under)), what)} for 100 followed accounts`;
}

function nameText({ nameLength, nameDigitShare, nameSeparators, nameVowelShare }: AccountFacts): string {
  if (nameLength === null || nameDigitShare === null) return 'User name not known';
  const parts = [counted(Math.round(nameDigitShare * nameLength), 'digit')];
  if (nameSeparators !== null && nameSeparators > 0) parts.push(counted(nameSeparators, 'separator'));
  if (nameVowelShare !== null && nameVowelShare < 0.2) parts.push('hardly any vowels');
  return `User name of ${number(nameLength)} characters: ${parts.join(', ')}`;
}

/** Facts as a person calls them. */
export const factWords: Partial<Record<keyof AccountFacts, string>> = {
  hasPicture: 'picture',
  posts: 'posts',
  followers: 'followers',
  following: 'followed accounts',
  nameDigitShare: 'user name',
  bioLength: 'bio',
  hasLink: 'link',
  isPrivate: 'private or public',
  isVerified: 'badge',
  ageDays: 'age',
};
