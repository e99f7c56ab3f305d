import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { mergeCreators } from '#modules/creators/api.ts';
import { recordDisclosureEvidence } from '#modules/disclosure/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { readPdf } from '#tests/support/pdf-text.ts';
import { createPlainCreators } from '#tests/support/plain-creators.ts';
import { exportDisclosurePdf, getDisclosureRecord } from './api.ts';
import { markedParts } from './rules/evidence-page.ts';

let core: TestCore;
let workspaceId: string;
let people: string[];
const now = new Date('2026-05-20T08:00:00Z');
const client = () => core.client('mine');

beforeAll(async () => {
  core = await openTestCore({ clock: { now: () => now } });
  workspaceId = await core.database.createWorkspace('mine');
  await core.database.createWorkspace('theirs');
  people = await createPlainCreators(core.database.db, workspaceId, 3);
}, 60_000);
afterAll(() => core.close());

const sight = (personId: string, of: { subject: string; caption: string; day: number; file?: string }) =>
  client().call(recordDisclosureEvidence, {
    caption: of.caption,
    country: 'US',
    relation: 'paid',
    personId,
    subjectKind: 'submission',
    subjectId: of.subject,
    url: `https://www.instagram.com/p/${of.subject}/`,
    seenAt: `2026-05-0${of.day}T10:00:00Z`,
    ...(of.file === undefined ? {} : { screenshotFileId: of.file }),
  });

async function addPosts(personId: string, captions: readonly string[]): Promise<void> {
  await core.database.db.asSystem(async (tx) => {
    const profile = await tx
      .selectFrom('profile')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('post')
      .values(
        captions.map((caption, at) => ({
          workspace_id: workspaceId,
          id: newId('post'),
          profile_id: profile.id,
          external_id: `post-${personId}-${at}`,
          posted_at: new Date(Date.UTC(2026, 3, at + 1)),
          url: at === 0 ? 'https://instagram.com/p/one/' : `https://instagram.com/p/own-${at}/`,
          caption,
          source: 'a file',
          observed_at: now,
        })),
      )
      .execute();
  });
}

test('the record parts campaigns from own posts, first looks from last ones, and says too little is not enough', async () => {
  const [nell = ''] = people;
  await sight(nell, { subject: 'one', caption: 'Soap I love', day: 1 });
  await sight(nell, { subject: 'one', caption: '#ad Soap I love', day: 2 });
  await sight(nell, { subject: 'two', caption: '#ad Second', day: 2 });
  await addPosts(nell, [
    '#ad the one of the campaign',
    '#ad 1',
    '#ad 2',
    '#ad 3',
    '#sp 4',
    'my cat',
    'code NELL10 for 10% off',
  ]);
  const record = await client().call(getDisclosureRecord, { personId: nell });
  expect(record.campaigns).toMatchObject({ n: 2, disclosed: 1, share: null, interval: null });
  expect(record.standingNow).toMatchObject({ n: 2, disclosed: 2, share: null });
  // The post of the campaign counts among campaigns alone.
  expect(record.ownLookedAt).toBe(6);
  expect(record.own).toMatchObject({ n: 5, disclosed: 3, share: 0.6 });
  expect(record.own.interval?.low).toBeCloseTo(0.231, 2);
  expect(record.own.interval?.high).toBeCloseTo(0.882, 2);
  expect(record.own.from?.slice(0, 10)).toBe('2026-04-02');
  expect(record.rows.find((row) => row.subjectId === 'one')).toMatchObject({
    looks: 2,
    first: { standing: 'none' },
    last: { standing: 'clear' },
  });
});

test("another workspace's creator has no record, like one who is not there", async () => {
  const theirs = core.client('theirs').call(getDisclosureRecord, { personId: people[0] ?? '' });
  await expect(theirs).rejects.toMatchObject({ code: 'not_found' });
  const pdf = core.client('theirs').open(exportDisclosurePdf, { personId: people[0] ?? '' });
  await expect(pdf).rejects.toMatchObject({ code: 'not_found' });
});

test('a merged creator keeps the record of both', async () => {
  const [, kept = '', absorbed = ''] = people;
  await sight(absorbed, { subject: 'three', caption: '#ad Third', day: 3 });
  await client().call(mergeCreators, { keptPersonId: kept, absorbedPersonId: absorbed });
  expect((await client().call(getDisclosureRecord, { personId: kept })).campaigns).toMatchObject({
    n: 1,
    disclosed: 1,
  });
});

test('the PDF says what was seen, when, by which rules, with the exact place, both digests and the later look', async () => {
  const [nell = ''] = people;
  const picture = await sharp({ create: { width: 60, height: 90, channels: 3, background: '#a02050' } })
    .png()
    .toBuffer();
  async function* content() {
    yield picture;
  }
  const upload = {
    content: content(),
    name: 'seen.png',
    accept: ['image' as const],
    bytesMax: 1_000_000,
    by: 'A test',
  };
  const file = await core.core.infra.files.keep(workspaceId, upload);
  const first = 'Lovely soap by Brisa #collab';
  await sight(nell, { subject: 'pdf', caption: first, day: 3, file: file.id });
  await sight(nell, { subject: 'pdf', caption: '#ad Lovely soap by Brisa', day: 4 });
  const answer = await client().open(exportDisclosurePdf, { subjectId: 'pdf' });
  const { words, objects } = readPdf(new Uint8Array(await answer.arrayBuffer()));
  const squeezed = words.replaceAll(' ', '');
  const says = (text: string) => expect(squeezed).toContain(text.replaceAll(' ', ''));
  says('2 sights of 1 post or draft: 1 in order, 1 not in order.');
  says('2026-05-03 10:00:00 UTC');
  says('Seen again');
  says('“#collab”');
  says('Characters 22 to 28');
  says('https://www.ftc.gov');
  says(createHash('sha256').update(first).digest('hex'));
  says(createHash('sha256').update(picture).digest('hex'));
  expect(objects).toContain('pdfuaid:part');
  expect(objects).toMatch(/\/Subtype\s*\/Image/u);
});

test('marked places may overlap or reach over the end, and all of the text stays', () => {
  const parts = markedParts('abcdef', [
    { span: { start: 1, end: 3 } },
    { span: { start: 2, end: 4 } },
    { span: { start: 5, end: 99 } },
  ]);
  expect(parts).toEqual([
    { text: 'a', isMarked: false },
    { text: 'bcd', isMarked: true },
    { text: 'e', isMarked: false },
    { text: 'f', isMarked: true },
  ]);
  expect(markedParts('', [])).toEqual([]);
});
