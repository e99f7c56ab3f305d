import type { ContentChannel, PortalRight } from '#modules/content/api.ts';

const channels: Record<ContentChannel, string> = {
  creator_account: 'your own account',
  brand_social: 'the brand’s social accounts',
  brand_website: 'its website',
  email: 'its mails',
  marketplaces: 'marketplaces',
  print: 'print',
  out_of_home: 'posters and screens outside',
  broadcast: 'television and radio',
};
const states: Record<PortalRight['state'], string> = {
  requested: 'Asked',
  granted: 'Allowed',
  declined: 'Declined',
  ended: 'Ended',
};

/** All words of this part in one place, to be translated. */
export const words = {
  title: 'Use of my content',
  nothing: 'Nobody has asked to use your content, and nothing is agreed.',
  agreed: 'Answered',
  asked: (brand: string) => `${brand} asks to use`,
  see: 'See the post',
  piece: 'A piece of content',
  pieceOf: (day: string) => `Post of ${day}`,
  name: 'Your name',
  kept: 'Kept with the day and your answer',
  yes: 'Yes, they may',
  no: 'No',
  granted: 'Allowed, and written down',
  declined: 'Declined, and written down',
  withoutEnd: 'without end',
  until: (day: string) => `to ${day}`,
  paid: 'in paid advertising too',
  organic: 'not in paid advertising',
  exclusive: 'nobody else may use it',
  mayEdit: 'they may cut and subtitle it',
  channels,
  states,
};
