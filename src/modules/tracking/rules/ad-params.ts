/** Parameters by which advertisers' platforms mark a click they were paid for. `gad_` stands for all of Google's that begin so. */
export const adParams = [
  'gclid',
  'gbraid',
  'wbraid',
  'gad_source',
  'gad_campaignid',
  'fbclid',
  'fb_action_ids',
  'twclid',
  'msclkid',
  'li_fat_id',
  'rdt_cid',
  'rdclid',
  'ttclid',
  'epik',
  'ScCid',
  'dclid',
  'yclid',
] as const;

const shape = new RegExp(`(?:^|[?&])(${adParams.join('|')}|gad_[a-z]+)=[^&]`, 'i');

/** The first advertiser's parameter of a query string, in lower case; null for none. Its value is never kept. */
export function adParamOf(query: string): string | null {
  return shape.exec(query)?.[1]?.toLowerCase() ?? null;
}
