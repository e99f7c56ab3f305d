import type { CapturedHow, ContentAsset, ContentChannel, ContentRight, RightsState } from '#modules/content/api.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import type { Tone } from '#web/ui/tag.tsx';

export const channelWords: Record<ContentChannel, string> = {
  creator_account: 'Creator’s account',
  brand_social: 'Our social accounts',
  brand_website: 'Website',
  email: 'E-mail',
  marketplaces: 'Marketplaces',
  print: 'Print',
  out_of_home: 'Out of home',
  broadcast: 'Broadcast',
};

export const howWords: Record<CapturedHow, string> = {
  deliverable: 'Address of a deliverable',
  photo_tag: 'Tag in the picture',
  mention: 'Mention',
  hashtag: 'Hashtag',
  keyword: 'Words of the caption',
  url: 'Added by address',
  upload: 'Uploaded',
  screenshot: 'Screenshot',
  approved: 'Approved draft',
};

export const rightsWords: Record<RightsState, string> = {
  none: 'No rights known',
  requested: 'Rights asked for',
  later: 'Rights not begun',
  in_force: 'Rights in force',
  ending: 'Rights end soon',
  ended: 'Rights ended',
};

const tones: Record<RightsState, Tone> = {
  none: 'plain',
  requested: 'plain',
  later: 'plain',
  in_force: 'good',
  ending: 'warn',
  ended: 'bad',
};

/** What the clock says in few words, with a tone. Red only where something runs on without a right. */
export function sayRights({ rights, placements }: Pick<ContentAsset, 'rights' | 'placements'>): {
  text: string;
  tone: Tone;
} {
  const { state, endsOn, daysLeft } = rights;
  const tone = state === 'ended' && placements === 0 ? 'plain' : tones[state];
  switch (state) {
    case 'in_force':
      return { text: endsOn === null ? 'Rights without end' : `Rights to ${formatDate(endsOn, 'UTC')}`, tone };
    case 'ending':
      return {
        text: daysLeft === 0 ? 'Rights end today' : `Rights end in ${formatPlural(daysLeft ?? 0, 'day')}`,
        tone,
      };
    case 'ended':
      return { text: endsOn === null ? 'Rights ended' : `Rights ended ${formatDate(endsOn, 'UTC')}`, tone };
    default:
      return { text: rightsWords[state], tone };
  }
}

export function sayRight(right: Pick<ContentRight, 'channels' | 'paid' | 'territory' | 'startsOn' | 'endsOn'>): string {
  const where = right.channels.map((channel) => channelWords[channel]).join(', ');
  const from = right.startsOn === null ? 'from when it is live' : `from ${formatDate(right.startsOn, 'UTC')}`;
  const until = right.endsOn === null ? 'without end' : `to ${formatDate(right.endsOn, 'UTC')}`;
  return `${where}; ${right.paid ? 'paid and organic' : 'organic only'}; ${right.territory}; ${from}, ${until}`;
}

export function nameOf(asset: Pick<ContentAsset, 'title' | 'caption' | 'format' | 'platform'>): string {
  if (asset.title !== '') return asset.title;
  const caption = asset.caption?.replace(/\s+/g, ' ').trim() ?? '';
  if (caption !== '') return caption.length > 90 ? `${[...caption].slice(0, 89).join('')}…` : caption;
  return [asset.platform, asset.format].filter((part) => part !== null).join(' ') || 'Without a caption';
}
