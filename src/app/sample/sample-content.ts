import { addDays, dayIn, dayMs } from '#kernel/time.ts';
import { type Deliverable, listCampaigns, listDeliverables } from '#modules/campaigns/api.ts';
import {
  addAssetByUrl,
  addPlacement,
  grantRights,
  requestRights,
  updateAsset,
  uploadAsset,
} from '#modules/content/api.ts';
import { sampleTimeZone } from './load-campaigns.ts';
import type { Past } from './past.ts';
import { drawScene } from './sample-drafts.ts';

const postsMax = 10;
const captions = [
  'Ad. The quiet half hour before anyone asks for anything. Porridge with @oatwhistle, and the window open.',
  'Ad. Three cups, one carton, no hurry. SLOW10 takes 10 % off until the end of the month.',
  'Ad. It froths, it pours, it forgives a beginner. A reel for everyone who has burnt milk before.',
  'Ad. Cardamom buns, and the oat drink I bake them with. Recipe pinned.',
];

/** A library that looks used: posts of the campaigns, pictures creators sent, rights of every state, one piece that runs in an advert. */
export async function loadContent(past: Past, now: Date): Promise<void> {
  const { client } = past;
  past.goTo(now);
  const { rows: campaigns } = await client.call(listCampaigns, { limit: 50 });
  const live: { campaignId: string; one: Deliverable }[] = [];
  for (const campaign of campaigns) {
    const { rows } = await client.call(listDeliverables, { campaignId: campaign.id, limit: 200 });
    live.push(...rows.filter((one) => one.liveUrl !== null).map((one) => ({ campaignId: campaign.id, one })));
  }
  const posts: string[] = [];
  for (const [at, { campaignId, one }] of live.slice(0, postsMax).entries()) {
    const asset = await client.call(addAssetByUrl, {
      url: one.liveUrl ?? '',
      personId: one.person.id,
      campaignId,
      caption: captions[at % captions.length] ?? '',
      format: one.format,
      products: ['Barista oat drink'],
      ...(one.liveAt === null ? {} : { postedAt: one.liveAt }),
    });
    posts.push(asset.id);
  }
  const files: string[] = [];
  for (const [at, { campaignId, one }] of live.slice(0, 3).entries()) {
    const picture = await drawScene(at);
    const asset = await client.upload(
      uploadAsset,
      { personId: one.person.id, campaignId, title: `Morning still ${at + 1}`, how: 'upload' },
      { body: picture, fileName: `morning-${at + 1}.jpg` },
    );
    await client.call(updateAsset, { assetId: asset.id, products: ['Barista oat drink'], tags: ['best of spring'] });
    files.push(asset.id);
  }
  await agreeRights(past, { now, posts, files });
}

async function agreeRights(past: Past, of: { now: Date; posts: string[]; files: string[] }): Promise<void> {
  const { client } = past;
  const { now, posts, files } = of;
  const day = (days: number) => addDays(dayIn(sampleTimeZone, now), days);
  const [first, second, third] = files;
  const grant = (assetIds: (string | undefined)[], from: number, until: number | null, paid: boolean) =>
    client.call(grantRights, {
      assetIds: assetIds.filter((id) => id !== undefined),
      channels: ['brand_social', 'brand_website', 'email'],
      paid,
      startsOn: day(from),
      endsOn: until === null ? null : day(until),
    });
  if (first !== undefined) {
    past.goTo(new Date(now.getTime() - 80 * dayMs));
    await grant([first, ...posts.slice(0, 3)], -80, 6, true);
    await client.call(addPlacement, {
      assetId: first,
      channel: 'brand_social',
      paid: true,
      place: 'Spring prospecting',
      startsOn: day(-60),
    });
    past.goTo(now);
  }
  if (second !== undefined) await grant([second, ...posts.slice(3, 6)], -20, 160, false);
  if (third !== undefined)
    await client.call(requestRights, { assetIds: [third], channels: ['print'], endsOn: day(365) });
  if (posts.length > 6) await grant(posts.slice(6, 8), -200, -20, false);
}
