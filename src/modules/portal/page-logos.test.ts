import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import * as api from './api.ts';

let core: TestCore;
const client = () => core.client('mine');
const at = { workspaceSlug: 'mine', pageSlug: 'join-us' };

beforeAll(async () => {
  core = await openTestCore();
  await core.database.createWorkspace('mine');
  await core.database.createWorkspace('theirs');
}, 60_000);
afterAll(() => core.close());

const drawn = async (width: number, height: number) => {
  const bytes = await sharp({ create: { width, height, channels: 4, background: '#0b6b66' } })
    .withMetadata({ exif: { IFD0: { Copyright: 'a secret place' } } })
    .png()
    .toBuffer();
  return { body: new Uint8Array(bytes), fileName: 'logo.png' };
};

test('a logo is put on a page, shown to visitors drawn anew, replaced, and taken off again', async () => {
  const { id: pageId, hasLogo } = await client().call(api.createApplicationPage, { title: 'Join us', state: 'draft' });
  expect(hasLogo).toBe(false);
  const sent = await drawn(300, 120);
  expect((await client().upload(api.putApplicationLogo, { pageId }, sent)).hasLogo).toBe(true);
  // A draft is nobody's business yet.
  await expect(client().open(api.getApplicationLogo, at)).rejects.toMatchObject({ code: 'not_found' });
  await client().call(api.updateApplicationPage, { pageId, state: 'open' });
  const answer = await client().open(api.getApplicationLogo, at);
  expect(answer.headers.get('content-type')).toBe('image/webp');
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  const shown = Buffer.from(await answer.arrayBuffer());
  expect(shown.includes('a secret place')).toBe(false);
  expect(await sharp(shown).metadata()).toMatchObject({ width: 300, height: 120 });
  expect((await client().call(api.openApplicationPage, at)).hasLogo).toBe(true);
  await client().upload(api.putApplicationLogo, { pageId }, await drawn(64, 64));
  const files = await core.core.infra.db.asSystem((tx) => tx.selectFrom('stored_file').select('width').execute());
  expect(files).toEqual([{ width: 64 }]);
  expect((await client().call(api.removeApplicationLogo, { pageId })).hasLogo).toBe(false);
  await expect(client().open(api.getApplicationLogo, at)).rejects.toMatchObject({ code: 'not_found' });
});

test('what is no picture, too small, too large or of another workspace is refused, and leaves no file', async () => {
  const [page] = (await client().call(api.listApplicationPages, {})).rows;
  const pageId = page?.id ?? '';
  const put = (body: Uint8Array<ArrayBuffer>) =>
    client().upload(api.putApplicationLogo, { pageId }, { body, fileName: 'logo.png' });
  const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  await expect(put(svg)).rejects.toMatchObject({ code: 'files.not_accepted' });
  await expect(put((await drawn(20, 20)).body)).rejects.toMatchObject({
    code: 'portal.invalid',
    details: [{ field: 'file' }],
  });
  await expect(put(new Uint8Array(api.logoBytesMax + 1))).rejects.toMatchObject({ code: 'files.not_accepted' });
  const theirs = core.client('theirs').upload(api.putApplicationLogo, { pageId }, await drawn(64, 64));
  await expect(theirs).rejects.toMatchObject({ code: 'not_found' });
  const files = await core.core.infra.db.asSystem((tx) => tx.selectFrom('stored_file').select('id').execute());
  expect(files).toEqual([]);
});
