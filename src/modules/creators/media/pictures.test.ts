import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiPrefix } from '#kernel/endpoint.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { openReplayServer, type ReplayServer } from '#tests/support/replay-server.ts';
import {
  createCreator,
  eraseCreators,
  fetchPicture,
  getCreator,
  getMedia,
  previewHandles,
  readCapture,
  removePicture,
  saveCapture,
  suppress,
  uploadPicture,
} from '../api.ts';
import { collectPictures } from './change-pictures.ts';

/** A few dozen bytes that say they are so many pixels. */
function hugePng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(1000))), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

describe('pictures and captures', () => {
  let server: ReplayServer;
  let test: TestCore;
  let now: Date;

  beforeAll(async () => {
    now = new Date('2026-06-01T12:00:00Z');
    server = await openReplayServer();
    test = await openTestCore({ fetch: server.fetch, clock: { now: () => now } });
    await test.database.createWorkspace('pictures');
    await test.database.createWorkspace('others');
  });
  afterAll(async () => {
    await test?.close();
    await server?.close();
  });

  const client = () => test.client('pictures');
  const plain = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: { r: 200, g: 120, b: 40 } } });
  let names = 0;
  async function creator() {
    const person = await client().call(createCreator, {
      profiles: [{ platform: 'instagram', handle: `face.${++names}` }],
    });
    return { personId: person.id, profileId: person.profiles[0]?.id ?? '' };
  }
  const upload = (of: { personId: string; profileId: string }, body: Buffer | string) =>
    client().upload(uploadPicture, of, {
      body: typeof body === 'string' ? body : new Uint8Array(body),
      fileName: 'a.jpg',
    });
  const filesOf = () => {
    const root = join(test.core.infra.config.dataDir, 'media');
    return existsSync(root)
      ? readdirSync(root).flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
      : [];
  };

  it('are made small, without what the camera wrote, once for the same content, and served from here with strict headers', async () => {
    const big = await plain(2000, 1000)
      .withExif({ IFD0: { Copyright: 'Nell at home' } })
      .jpeg()
      .toBuffer();
    const first = await creator();
    const picture = await upload(first, big);
    expect(picture).toMatchObject({ width: 320, height: 320, source: expect.stringContaining('uploaded by') });
    const again = await upload(await creator(), big);
    expect(again.mediaId).toBe(picture.mediaId);
    const answer = await client().open(getMedia, { mediaId: picture.mediaId });
    const stored = Buffer.from(await answer.arrayBuffer());
    expect((await sharp(stored).metadata()).format).toBe('webp');
    expect(stored.includes('Nell at home')).toBe(false);
    const headers = [
      'content-type',
      'x-content-type-options',
      'content-security-policy',
      'cache-control',
      'content-disposition',
    ];
    expect(headers.map((name) => answer.headers.get(name))).toEqual([
      'image/webp',
      'nosniff',
      "default-src 'none'; sandbox",
      'private, max-age=31536000, immutable',
      expect.stringMatching(/^inline;/),
    ]);
    const person = await client().call(getCreator, { personId: first.personId });
    expect(person.facts).toMatchObject({ picture: picture.mediaId });
  });

  it('of another workspace are not there', async () => {
    const { mediaId } = await upload(await creator(), await plain(10, 20).png().toBuffer());
    const ask = (id: string) =>
      test.fetch(
        new Request(`http://localhost:4600${apiPrefix}/media/${id}`, {
          headers: { authorization: `Bearer ${test.core.infra.localToken}`, 'rapport-workspace': 'others' },
        }),
      );
    const [theirs, none] = await Promise.all([ask(mediaId), ask('med_none')]);
    expect([theirs.status, await theirs.text()]).toEqual([404, await none.text()]);
  });

  it('that are none, are programs, or would fill the memory are refused, and nothing is kept of them', async () => {
    const of = await creator();
    const before = filesOf().length;
    const bomb = hugePng(30_000, 30_000);
    const half = (await plain(500, 500).jpeg().toBuffer()).subarray(0, 700);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>';
    for (const body of ['hello', svg, half, bomb, '', Buffer.alloc(10_600_000)])
      await expect(upload(of, body)).rejects.toMatchObject({ code: 'creators.bad_picture' });
    expect(filesOf().length).toBe(before);
    expect((await client().call(getCreator, { personId: of.personId })).facts).not.toHaveProperty('picture');
  });

  it('can be fetched from a public address, only', async () => {
    const of = await creator();
    const body = await plain(40, 40).webp().toBuffer();
    server.answer(({ path }) => (path === '/a.webp' ? { body } : { status: 404 }));
    const picture = await client().call(fetchPicture, { ...of, url: 'https://cdn.example/a.webp' });
    expect(picture.source).toMatch(/^https:\/\/cdn\.example, by /);
    const missing = client().call(fetchPicture, { ...of, url: 'https://cdn.example/b.webp' });
    await expect(missing).rejects.toMatchObject({ code: 'creators.bad_picture' });
    await client().call(removePicture, of);
    expect((await client().call(getCreator, { personId: of.personId })).facts).not.toHaveProperty('picture');
    await expect(client().call(removePicture, of)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('that nobody uses any more are collected, young ones and those in use stay', async () => {
    const kept = await creator();
    const gone = await creator();
    const ofKept = await upload(kept, await plain(33, 44).png().toBuffer());
    await upload(gone, await plain(55, 66).png().toBuffer());
    await client().call(eraseCreators, { personIds: [gone.personId] });
    const old = new Date(now.getTime() - 3 * 86_400_000);
    await test.database.db.asSystem((tx) => tx.updateTable('media').set({ created_at: old }).execute());
    const root = join(test.core.infra.config.dataDir, 'media');
    writeFileSync(join(root, readdirSync(root)[0] ?? '', 'left.new'), 'half');
    for (const file of filesOf()) utimesSync(file, old, old);
    const before = filesOf().length;
    const { removed } = await collectPictures(test.core.infra);
    expect(removed).toBeGreaterThanOrEqual(2);
    expect(filesOf().length).toBe(before - removed);
    expect((await client().open(getMedia, { mediaId: ofKept.mediaId })).status).toBe(200);
    expect((await collectPictures(test.core.infra)).removed).toBe(0);
  });

  it('captured from a page are kept with the page and the time as source, and the next capture completes them', async () => {
    server.answer(async () => ({ body: await plain(50, 50).jpeg().toBuffer() }));
    const page = {
      url: 'https://www.instagram.com/captured.one/',
      meta: [
        ['og:description', '12.3K Followers, 345 Following, 67 Posts - See photos'],
        ['og:image', 'https://cdn.example/c.jpg'],
      ] as [string, string][],
    };
    const read = await client().call(readCapture, { page });
    expect(read).toMatchObject({
      profile: { handle: 'captured.one', followers: 12_300 },
      personId: null,
      missing: ['displayName', 'bio', 'website', 'isVerified'],
    });
    const saved = await client().call(saveCapture, {
      ...read.profile,
      pageUrl: page.url,
      capturedAt: '2026-06-01T11:00:00Z',
      pictureUrl: read.pictureUrl,
    });
    expect(saved).toMatchObject({ outcome: 'created', hasPicture: true });
    const person = await client().call(getCreator, { personId: saved.personId ?? '' });
    const [profile] = person.profiles;
    const stamp = profile?.provenance.followers ?? profile?.provenance['*'];
    expect(stamp).toMatchObject({ source: 'captured from www.instagram.com', at: '2026-06-01T11:00:00.000Z' });
    expect(profile?.bio).toBeNull();
    // An empty field says nothing: what was known stays.
    const later = {
      ...read.profile,
      followers: null,
      bio: 'Now with a bio',
      pageUrl: page.url,
      capturedAt: '2026-06-01T11:30:00Z',
    };
    expect(await client().call(saveCapture, later)).toMatchObject({ outcome: 'updated', personId: saved.personId });
    const after = await client().call(getCreator, { personId: saved.personId ?? '' });
    expect(after.profiles[0]).toMatchObject({ followers: 12_300, bio: 'Now with a bio' });
    expect(await client().call(readCapture, { page })).toMatchObject({ personId: saved.personId });
  });

  it('of no profile, from the future, or of somebody who objected are refused', async () => {
    const noProfile = client().call(readCapture, { page: { url: 'https://www.tiktok.com/foryou' } });
    await expect(noProfile).rejects.toMatchObject({ code: 'creators.bad_handle' });
    const base = { platform: 'tiktok' as const, handle: 'objector', pageUrl: 'https://www.tiktok.com/@objector' };
    const ahead = client().call(saveCapture, { ...base, capturedAt: '2027-01-01T00:00:00Z' });
    await expect(ahead).rejects.toMatchObject({ code: 'creators.bad_value' });
    await client().call(suppress, { platform: 'tiktok', handle: 'objector', reason: 'asked' });
    expect(await client().call(saveCapture, base)).toEqual({ personId: null, outcome: 'objected', hasPicture: false });
  });

  it('pasted lists are previewed with what is new, known, twice, objected to and wrong, and nothing is written', async () => {
    await client().call(createCreator, { profiles: [{ platform: 'tiktok', handle: 'known.one' }] });
    await client().call(suppress, { platform: 'instagram', handle: 'asked.not', reason: 'asked' });
    const text = 'tt: @known.one\n@fresh.one\nhttps://instagram.com/fresh.one/\n@asked.not\n@bad handle!!';
    const { lines, counts } = await client().call(previewHandles, { text });
    expect(lines.map((line) => [line.line, line.state])).toEqual([
      [1, 'known'],
      [2, 'new'],
      [3, 'duplicate'],
      [4, 'objected'],
      [5, 'new'],
    ]);
    expect(counts).toEqual({ new: 2, known: 1, duplicate: 1, objected: 1, error: 0 });
    const wrong = await client().call(previewHandles, { text: 'https://instagram.com/p/Cx/\n@gr\u00fc\u00dfe' });
    expect(wrong.lines.map((line) => [line.state, line.message !== null])).toEqual([
      ['error', true],
      ['error', true],
    ]);
    const many = client().call(previewHandles, { text: Array.from({ length: 2001 }, (_, at) => `@x${at}`).join('\n') });
    await expect(many).rejects.toMatchObject({ code: 'creators.too_many' });
  });
});
