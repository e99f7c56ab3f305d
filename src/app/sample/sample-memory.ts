import { dayIn, dayMs } from '#kernel/time.ts';
import { listCampaigns, listRoster, sendBrief } from '#modules/campaigns/api.ts';
import { addNote, createManager, importPastWork, openIncident, saveOpinion } from '#modules/relationships/api.ts';
import { sampleTimeZone } from './load-campaigns.ts';
import type { Past } from './past.ts';

const hourMs = 3_600_000;
const campaignName = 'Slow Mornings';
const readers = 5;

/** What a team remembers of its creators: a word on some, work from before, a slip, somebody who speaks for three; and the brief on its way to five. */
export async function loadMemory(past: Past, nowMs: number): Promise<void> {
  const { client } = past;
  const ago = (days: number) => past.goTo(new Date(nowMs - days * dayMs));
  ago(40);
  const { rows: campaigns } = await client.call(listCampaigns, { limit: 50 });
  const campaign = campaigns.find((one) => one.name === campaignName);
  if (campaign === undefined) return;
  const { rows } = await client.call(listRoster, { campaignId: campaign.id, limit: 500 });
  const makers = rows.filter((row) => row.phase === 'producing' || row.phase === 'agreed');
  const [first, second, third] = makers;
  if (first === undefined || second === undefined || third === undefined) return;
  const personIds = [first, second, third].map((row) => row.person.id);
  await client.call(createManager, {
    name: 'Ada Quillmoor',
    kind: 'agency',
    company: 'Quillmoor Talent (invented)',
    email: 'ada@quillmoor.example',
    personIds,
  });
  await client.upload(importPastWork, { source: 'Old sheet', currency: 'EUR' }, historyOf(rows, nowMs));
  ago(9);
  await client.call(addNote, {
    personId: first.person.id,
    body: 'Films before eight, answers after lunch. Likes to see the recipe a week ahead.',
  });
  await client.call(saveOpinion, {
    personId: first.person.id,
    again: 'yes',
    reason: 'Asks the right questions, and her comments are worth reading.',
  });
  await client.call(saveOpinion, {
    personId: second.person.id,
    campaignId: campaign.id,
    again: 'maybe',
    reason: 'Good pictures; needs two reminders for each date.',
  });
  await client.call(openIncident, {
    personId: second.person.id,
    campaignId: campaign.id,
    about: 'creator',
    kind: 'late',
    summary: 'The draft came five days after the day we had agreed on, without a word in between.',
    occurredOn: dayIn(sampleTimeZone, new Date(nowMs - 11 * dayMs)),
    evidence: [{ label: 'Two reminders, unanswered' }],
  });
  past.goTo(new Date(nowMs - 30 * hourMs));
  const enrolmentIds = makers.slice(0, readers).map((row) => row.id);
  if (campaign.briefVersion > 0) await client.call(sendBrief, { campaignId: campaign.id, enrolmentIds });
}

type Roster = readonly { profile: { handle: string; platform: string } | null }[];

// Work of the year before, as a sheet made by hand would have it.
function historyOf(rows: Roster, nowMs: number): { body: string; fileName: string } {
  const day = (days: number) => dayIn(sampleTimeZone, new Date(nowMs - days * dayMs));
  const lines = rows
    .flatMap((row) => row.profile ?? [])
    .slice(0, 3)
    .flatMap((profile, index) =>
      [
        ['Summer Oats', 'Completed', 180 + index * 40, day(400 - index), day(398 - index), day(380), 5 - index],
        ['Back to School', 'Completed', 200 + index * 40, day(250), day(250 + 2 * index - 3), day(230), 4],
      ].map((cells) => [`@${profile.handle}`, profile.platform, ...cells].join(',')),
    );
  const header = 'handle,platform,campaign,status,fee,due date,date posted,payment date,rating';
  return { body: [header, ...lines].join('\n'), fileName: 'history.csv' };
}
