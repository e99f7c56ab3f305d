import type { ImportPreview } from '#modules/creators/api.ts';
import { fieldWords } from './words.ts';

const fields: Record<ImportPreview['kind'], string> = {
  creators:
    'handle url name firstName lastName platform followers following postCount engagementRate avgLikes avgComments avgViews avgShares avgSaves lastPostAt emails phones country region city location languages niches tags category bio website displayName accountType isVerified isPrivate externalId key observedAt custom',
  posts:
    'handle profileUrl platform externalId url postedAt caption hashtags mentions format isVideo isCarousel location likes comments views shares saves reach impressions isPaidLabel',
  comments: 'text postExternalId postUrl externalId authorHandle likes commentedAt platform',
};

/** The fields a column of such a file can be read as, the usual ones first. */
export function fieldOptions(kind: ImportPreview['kind']): { value: string; label: string }[] {
  return fields[kind].split(' ').map((value) => ({ value, label: fieldWords[value] ?? value }));
}
