import { sampleSlug } from '#app/sample/load-sample.ts';
import { type Client, createClient } from '#client/client.ts';
import { listCampaigns, listPortalBriefs, listRoster } from '#modules/campaigns/api.ts';
import {
  createApplicationPage,
  listPortalCampaigns,
  makePortalLink,
  sendApplication,
  sendInvitations,
} from '#modules/portal/api.ts';
import { declaredPortalPages } from './app-pages.ts';

/** An application page of the sample with every kind of question, and an application on it. Returns its id. */
export async function makeApplicationPage(client: Client): Promise<string> {
  const kinds = ['short', 'long', 'choice', 'number', 'url', 'file'] as const;
  const page = await client.call(createApplicationPage, {
    title: 'Bakers',
    slug: 'walk',
    state: 'open',
    isListed: true,
    questions: kinds.map((kind) => ({ id: kind, kind, label: `Say it as ${kind}`, choices: ['One', 'Two'] })),
    rules: { adult: { otherwise: 'reject' } },
  });
  const profiles = [{ platform: 'instagram' as const, handle: 'walk.baker' }];
  const about = { name: 'Walk Baker', email: 'walk@x.example', isAdult: true, profiles, hasConsented: true };
  await client.call(sendApplication, { workspaceSlug: sampleSlug, pageSlug: 'walk', ...about });
  return page.id;
}

/** Who opens a page of the portal: a creator at work, one who is invited, or anybody. */
export type PortalGuest = 'at work' | 'invited' | 'anybody';

export interface PortalWalk {
  links: Record<'at work' | 'invited', string>;
  /** Every declared page whose parameters the sample can fill, and the invitation. */
  pages: { path: string; guest: PortalGuest }[];
}

/** The portal of the sample as two creators and a stranger walk through it. */
export async function planPortalWalk(address: string, apiKey: string): Promise<PortalWalk> {
  const clientOf = (key: string) => createClient({ baseUrl: address, fetch, apiKey: key, workspace: () => sampleSlug });
  const client = clientOf(apiKey);
  const { rows: campaigns } = await client.call(listCampaigns, {});
  const campaignId = campaigns.find((campaign) => campaign.state === 'live')?.id ?? '';
  const { rows } = await client.call(listRoster, { campaignId });
  const working = rows.find((row) => row.deliverables.total > 0 && row.phase !== 'considering') ?? rows[0];
  const asked = rows.find((row) => row.phase === 'considering') ?? rows[0];
  await client.call(sendInvitations, { campaignId, enrolmentIds: [asked?.id ?? ''], message: 'Come along' });
  const linkOf = async (personId: string | undefined) =>
    (await client.call(makePortalLink, { personId: personId ?? '' })).link;
  const token = new URL(await linkOf(working?.person.id)).hash.slice(1);
  const portal = clientOf(token);
  const own = (await portal.call(listPortalCampaigns, {})).rows;
  const briefed = (await portal.call(listPortalBriefs, {})).map((brief) => brief.enrolmentId);
  const job = own.find((campaign) => campaign.deliverables.length > 0) ?? own[0];
  const values = new Map([
    ['enrolmentId', job?.enrolmentId],
    ['deliverableId', job?.deliverables[0]?.id],
    ['workspace', sampleSlug],
    ['page', 'walk'],
  ]);
  const pages: PortalWalk['pages'] = (await declaredPortalPages()).flatMap(({ path, isOutside }) => {
    const names = [...path.matchAll(/\$(\w+)/g)].map(([, name]) => name ?? '');
    if (names.some((name) => values.get(name) === undefined)) return [];
    // A creator who was sent no brief has no such page.
    if (path.startsWith('/briefs/') && !briefed.includes(values.get('enrolmentId') ?? '')) return [];
    const filled = path.replace(/\$(\w+)/g, (_, name: string) => values.get(name) ?? '');
    return [{ path: filled, guest: isOutside ? 'anybody' : 'at work' }];
  });
  pages.push({ path: '/', guest: 'invited' }, { path: `/campaigns/${asked?.id}`, guest: 'invited' });
  pages.push({ path: '/nowhere', guest: 'at work' });
  return { links: { 'at work': await linkOf(working?.person.id), invited: await linkOf(asked?.person.id) }, pages };
}
