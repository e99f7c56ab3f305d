import { contactKinds, type ImportPreview, priceFormats, statedDimensions } from '#modules/creators/api.ts';
import { fieldWords } from './words.ts';

const fields: Record<ImportPreview['kind'], string> = {
  creators:
    'handle url name firstName lastName platform followers following postCount engagementRate avgLikes avgComments avgViews avgShares avgSaves lastPostAt emails phones country region city location languages niches tags interests gender age isOpenToGifting contactType category bio website displayName accountType isVerified isPrivate isOfficialArtist externalId key observedAt custom',
  posts:
    'handle profileUrl platform externalId url postedAt caption hashtags mentions format isVideo isCarousel location likes comments views shares saves reach impressions isPaidLabel durationS latitude longitude',
  comments: 'text postExternalId postUrl externalId authorHandle likes commentedAt platform',
};

/** What a column of a creators file may state of an audience, a price or a way of contact. */
const statements = [
  ...statedDimensions.map((dimension) => `audience.${dimension}`),
  'audience.n',
  'audience.credibility',
  'audience.adultShare',
  'audience.likesFromOthers',
  ...['any', ...priceFormats].map((format) => `price.${format}`),
  ...['list', ...contactKinds].map((kind) => `contact.${kind}`),
];

/** "audience.country:US" as "Audience, country US". */
function statementWords(target: string): string {
  const [kind = '', what = ''] = target.split(/\.(.*)/s);
  const named = what
    .replace(/^n$/, 'size of the sample')
    .replace(/^adultShare$/, '21 and more')
    .replace(/^likesFromOthers$/, 'likes from accounts that do not follow')
    .replace(/^engagersGender/, 'gender of those who like')
    .replace(/^genderAge/, 'gender within age')
    .replace(/^brand/, 'brands it likes')
    .replace(':', ' ')
    .replace(/^any$/, 'of no stated format')
    .replace(/^list$/, 'list of any kind');
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}, ${named}`;
}

/** The fields a column of such a file can be read as, the usual ones first; what the column is read as now is always among them. */
export function fieldOptions(kind: ImportPreview['kind'], current: string | null): { value: string; label: string }[] {
  const usual = fields[kind].split(' ').map((value) => ({ value, label: fieldWords[value] ?? value }));
  if (kind !== 'creators') return usual;
  const more = current === null || fields.creators.split(' ').includes(current) ? [] : [current];
  const stated = [...new Set([...more, ...statements])];
  return [...usual, ...stated.map((value) => ({ value, label: statementWords(value) }))];
}
