import type { Call } from '#infra/http/call.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { commonWording, packOf } from '#modules/disclosure/index.ts';
import type { CampaignModel, proposeDisclosure as proposeEndpoint } from '../api.ts';

const reasons: Record<CampaignModel, string> = {
  sponsored: 'This is paid work.',
  product_seeding: 'A gift counts too: it is a connection readers have to know of.',
  ambassadorship: 'You are paid for this, or earn from orders; that counts each time.',
  affiliate: 'You earn from orders by your link or code: that is advertising, also without a fee.',
  ugc: 'You do not post it; where you show it yourself, this is paid work.',
  event: 'An invitation counts too: it is a connection readers have to know of.',
};

/** How advertising is labelled in a country, as a wording for the brief, by the rule pack that is at hand. */
export function proposeDisclosure(call: Call<typeof proposeEndpoint>): Promise<OutputOf<typeof proposeEndpoint>> {
  const { country, model } = call.input;
  const pack = packOf(country);
  const labels = pack.languages.flatMap((language) => pack.wording[language] ?? commonWording[language] ?? []);
  const quoted = [...new Set(labels)].map((label) => `“${label}”`);
  const [source] = pack.sources;
  const isOwn = pack.countries.includes(country);
  const lines = [
    `${reasons[model]} The caption begins with ${sayOr(quoted)}, in the language of the post, where nobody has to tap for more to see it.`,
    'In a video it is also said or shown in the first seconds, and in every story of its own.',
    'Switch on the label of the platform as well; alone it is not enough. Not among hashtags, not as a link, not as “thanks to” or a shortened word.',
  ];
  return Promise.resolve({
    country,
    text: isOwn ? lines.join('\n') : null,
    labels: [...new Set(labels)],
    source: source === undefined ? null : `${source.title} (${source.publisher}, read ${source.readOn}), ${source.url}`,
    note: isOwn
      ? `${pack.name}, ${pack.authority}: ${pack.coverage === 'full' ? 'rules read in full' : 'rules in part'}, leaving out ${pack.leavesOut.join('; ')}. Not legal advice.`
      : 'No rules of this country are at hand here. Ask somebody who knows them.',
  });
}

function sayOr(words: readonly string[]): string {
  const last = words.at(-1) ?? '“Ad”';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
