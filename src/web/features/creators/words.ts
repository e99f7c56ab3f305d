import { type Platform, platformNames, platforms } from '#kernel/platform.ts';
import type { ContactType, CreatorListItem, ImportRun } from '#modules/creators/api.ts';

/** What a creator is called: by name, else by the handle of the largest profile. */
export function nameOf(creator: Pick<CreatorListItem, 'name' | 'profiles'>): string {
  const [main] = creator.profiles;
  return creator.name ?? (main === undefined ? 'No name' : `@${main.handle}`);
}

/** What a contact is to the workspace. */
export const contactTypeNames: Record<ContactType, string> = {
  influencer: 'Influencer',
  prospect: 'Prospect',
  manager: 'Manager or agent',
  application: 'Applied',
};

const regions = new Intl.DisplayNames(['en'], { type: 'region' });

export function countryName(code: string): string {
  return regions.of(code) ?? code;
}

export const platformOptions = platforms.map((value: Platform) => ({ value, label: platformNames[value] }));

export const stateWords: Record<ImportRun['state'], string> = {
  uploaded: 'waiting for you',
  running: 'running',
  done: 'done',
  failed: 'stopped by an error',
  cancelled: 'cancelled',
};

export const kindWords = { creators: 'creators', posts: 'posts', comments: 'comments' } as const;

/** Field names of the mapping as a person reads them. */
export const fieldWords: Record<string, string> = {
  interests: 'Interests',
  gender: 'Gender, as declared',
  age: 'Age, as declared',
  isOpenToGifting: 'Open to gifting',
  contactType: 'Contact type',
  isOfficialArtist: 'Official artist',
  durationS: 'Length',
  latitude: 'Latitude',
  longitude: 'Longitude',
  key: "Sender's id of the person",
  name: 'Name',
  firstName: 'First name',
  lastName: 'Last name',
  platform: 'Platform',
  handle: 'Handle',
  url: 'Address (URL)',
  profileUrl: 'Address of the profile',
  externalId: 'Id on the platform',
  displayName: 'Display name',
  bio: 'Bio',
  website: 'Website',
  category: 'Category',
  accountType: 'Account type',
  isPrivate: 'Private account',
  isVerified: 'Verified',
  followers: 'Followers',
  following: 'Following',
  postCount: 'Number of posts',
  avgLikes: 'Likes, average',
  avgComments: 'Comments, average',
  avgViews: 'Views, average',
  avgShares: 'Shares, average',
  avgSaves: 'Saves, average',
  engagementRate: 'Engagement rate',
  lastPostAt: 'Last post',
  country: 'Country',
  region: 'Region',
  city: 'City',
  location: 'Place and country',
  languages: 'Languages',
  emails: 'E-mail',
  phones: 'Phone',
  niches: 'Niches',
  tags: 'Tags',
  observedAt: 'Date of the figures',
  custom: 'Extra field',
  postedAt: 'Date of the post',
  format: 'Format',
  isVideo: 'Is a video',
  isCarousel: 'Is a carousel',
  caption: 'Caption',
  hashtags: 'Hashtags',
  mentions: 'Mentions',
  likes: 'Likes',
  comments: 'Comments',
  views: 'Views',
  shares: 'Shares',
  saves: 'Saves',
  reach: 'Reach',
  impressions: 'Impressions',
  isPaidLabel: 'Paid label',
  postExternalId: 'Id of the post',
  postUrl: 'Address of the post',
  authorHandle: 'Author',
  text: 'Text',
  commentedAt: 'Date of the comment',
};

/** What shows creators, to be asked for again once some changed. */
export const touched = ['creators', 'discovery', 'lists', 'roster', 'vetting'];
