import sharp from 'sharp';
import { dayIn, dayMs } from '#kernel/time.ts';
import { addDeliverables, listCampaigns, listRoster } from '#modules/campaigns/api.ts';
import {
  addComment,
  addFile,
  approveDraft,
  putPostExpectation,
  requestChanges,
  startDraft,
  submitDraft,
  writeDraft,
} from '#modules/submissions/api.ts';
import { sampleTimeZone } from './load-campaigns.ts';
import type { Past } from './past.ts';

const hourMs = 3_600_000;
const campaignName = 'Slow Mornings';

interface DraftSpec {
  title: string;
  caption: string;
  /** Hours before now at which each round was handed in, oldest first. */
  sentHoursAgo: number[];
  end: 'waits' | 'asked' | 'approved';
  note?: string;
}

const specs: DraftSpec[] = [
  {
    title: 'Cocoa reel',
    caption:
      'Half past eight, and nobody is in a hurry. This cocoa holds its foam because of the new barista one from @oatwhistle. It is the only oat drink I bake with, and the cardamom does the rest. Recipe is in the first comment. 10 % off with SLOW10 until the end of the month. #slowmornings #cocoa #partner #oatwhistle #ad',
    sentHoursAgo: [44, 5],
    end: 'waits',
    note: 'Could the carton turn a little, so that the name reads from the left?',
  },
  {
    title: 'Porridge post',
    caption:
      'Ad. Sunday porridge with the new barista one from @oatwhistle: soaked overnight, eaten at the window. SLOW10 takes 10 % off.',
    sentHoursAgo: [20],
    end: 'waits',
  },
  {
    title: 'Latte post',
    caption: 'Anzeige. Ad. My second latte of the day, and it still holds its foam. Thank you @oatwhistle! SLOW10',
    sentHoursAgo: [50],
    end: 'asked',
    note: 'The label is clear. Please show the carton once, so that people find it in the shop.',
  },
  {
    title: 'Window seat post',
    caption: 'Ad. The window seat, a book and a cup that stays warm long enough, with @oatwhistle. SLOW10',
    sentHoursAgo: [70],
    end: 'approved',
  },
];

/** Drafts of the running campaign by the calls people would have made: two to look at, one back with its creator, one approved. */
export async function loadDrafts(past: Past, nowMs: number): Promise<void> {
  const { client } = past;
  const { rows: campaigns } = await client.call(listCampaigns, { limit: 50 });
  const campaign = campaigns.find((one) => one.name === campaignName);
  if (campaign === undefined) return;
  const { rows } = await client.call(listRoster, { campaignId: campaign.id, limit: 500 });
  const makers = rows.filter((row) => row.phase === 'producing' || row.phase === 'agreed');
  const pictures = await Promise.all([0, 1].map(drawScene));
  for (const [at, spec] of specs.entries()) {
    const enrolment = makers[at];
    const picture = pictures[at % pictures.length];
    if (enrolment === undefined || picture === undefined) continue;
    await loadDraft(past, { spec, nowMs, picture, enrolmentId: enrolment.id, campaignId: campaign.id });
  }
}

interface Making {
  spec: DraftSpec;
  nowMs: number;
  picture: Uint8Array<ArrayBuffer>;
  enrolmentId: string;
  campaignId: string;
}

async function loadDraft(past: Past, of: Making): Promise<void> {
  const { client } = past;
  const { spec, nowMs } = of;
  const sent = (hoursAgo: number) => new Date(nowMs - hoursAgo * hourMs);
  const [first = 1, second] = spec.sentHoursAgo;
  past.goTo(sent(first + 60));
  const { deliverableIds } = await client.call(addDeliverables, {
    campaignId: of.campaignId,
    enrolmentIds: [of.enrolmentId],
    platform: 'instagram',
    format: 'post',
    title: spec.title,
    dueOn: dayIn(sampleTimeZone, new Date(nowMs + dayMs)),
  });
  const [deliverableId = ''] = deliverableIds;
  await client.call(putPostExpectation, { deliverableId, mentions: ['@oatwhistle'], codes: ['SLOW10'] });
  past.goTo(sent(first));
  const { id: submissionId } = await client.call(startDraft, { deliverableId });
  await client.upload(addFile, { submissionId }, { body: of.picture, fileName: 'morning.jpg' });
  const caption = second === undefined ? spec.caption : spec.caption.replace(' Recipe is in the first comment.', '');
  await client.call(writeDraft, { submissionId, caption });
  const draft = await client.call(submitDraft, { submissionId, round: 1 });
  past.goTo(sent(first - 3));
  const [file] = draft.rounds[0]?.files ?? [];
  const pin = file === undefined ? {} : { fileId: file.id, place: { x: 0.72, y: 0.55 } };
  if (spec.note !== undefined) await client.call(addComment, { submissionId, round: 1, body: spec.note, ...pin });
  if (spec.end === 'approved') await client.call(approveDraft, { submissionId, round: 1 });
  if (spec.end === 'asked' || second !== undefined)
    await client.call(requestChanges, { submissionId, round: 1, note: spec.note ?? '' });
  if (second === undefined) return;
  past.goTo(sent(second));
  await client.call(startDraft, { deliverableId });
  await client.call(writeDraft, { submissionId, caption: spec.caption });
  await client.call(submitDraft, { submissionId, round: 2 });
  await client.call(addComment, {
    submissionId,
    round: 2,
    body: 'Is “the only oat drink” a claim we can prove?',
    visibility: 'team',
  });
}

/** An invented morning: a wall, a table, a cup and a carton. */
export async function drawScene(at: number): Promise<Uint8Array<ArrayBuffer>> {
  const [wall, table, cup] = at === 0 ? ['#e6d8c3', '#a97f55', '#f6efe2'] : ['#cfdcd8', '#8d6a4a', '#e9c9a4'];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="864" height="1080" viewBox="0 0 864 1080">
    <rect width="864" height="1080" fill="${wall}"/><rect x="70" y="110" width="300" height="380" fill="#f8f3e6"/>
    <rect x="88" y="128" width="128" height="165" fill="#dfeaf0"/><rect x="226" y="128" width="128" height="165" fill="#d4e4ec"/>
    <rect x="88" y="305" width="128" height="168" fill="#cfe0cf"/><rect x="226" y="305" width="128" height="168" fill="#bcd2bc"/>
    <rect y="690" width="864" height="390" fill="${table}"/><path d="M480 470l50-70h130l60 70v480H480z" fill="#f1ece0"/>
    <path d="M480 660h240v290H480z" fill="#0b6b66"/><circle cx="570" cy="570" r="42" fill="#d98b1f"/>
    <ellipse cx="270" cy="930" rx="240" ry="34" fill="#2b1a0c" opacity=".25"/>
    <path d="M110 690h320c0 150-50 240-160 240S110 840 110 690z" fill="${cup}"/><ellipse cx="270" cy="690" rx="160" ry="38" fill="#7c4c2c"/>
    <path d="M430 725c90-10 90 130-40 145" fill="none" stroke="${cup}" stroke-width="26"/></svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer());
}
