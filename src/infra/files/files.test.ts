import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createFiles, type FileKind, type Files, type Upload } from './files.ts';

async function* once(...chunks: (Buffer | string)[]) {
  for (const chunk of chunks) yield Buffer.from(chunk);
}
const textOf = async (body: unknown) => Buffer.concat(await (body as Readable).toArray()).toString();

describe('files of a workspace', () => {
  let test: TestCore;
  let files: Files;
  let mine: string;
  let theirs: string;
  let dataDir: string;
  beforeAll(async () => {
    test = await openTestCore();
    mine = await test.database.createWorkspace('mine');
    theirs = await test.database.createWorkspace('theirs');
    dataDir = await mkdtemp(join(tmpdir(), 'rapport-files-'));
    const { db } = test.core.infra;
    // Seen from two days on, so that what nobody names is old enough to go.
    files = createFiles({ db, dataDir, clock: { now: () => new Date(Date.now() + 2 * 86_400_000) } });
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const keep = (content: Upload['content'], accept: FileKind[], rest: Partial<Upload> = {}) =>
    files.keep(mine, { content, accept, name: 'a.bin', bytesMax: 1_000_000, by: 'Ana', ...rest });
  const refusal = (text: RegExp) => expect.objectContaining({ kind: 'invalid', message: expect.stringMatching(text) });

  it('are what their content says, are read back whole or in part, and are nothing to another workspace', async () => {
    const png = await sharp({ create: { width: 400, height: 300, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const image = await keep(once(png), ['image'], { name: '../../etc/\u202Egnp.exe' });
    expect(image).toMatchObject({ kind: 'image', contentType: 'image/png', width: 400, height: 300, name: 'gnp.exe' });
    expect(await files.read(image)).toEqual(png);
    const preview = await (files.preview(image)?.body as Readable | undefined)?.toArray();
    expect((await sharp(Buffer.concat(preview ?? [])).metadata()).format).toBe('webp');

    const text = await keep(once('one ', 'two ', 'three'), ['text']);
    const part = files.download(text, {
      request: new Request('http://x', { headers: { range: 'bytes=4-6' } }),
      isShown: false,
    });
    expect(await textOf(part.body)).toBe('two');
    expect(part.length).toEqual({ total: 13, range: { start: 4, end: 6 } });
    await test.core.infra.db.inWorkspace(theirs, async (tx) => {
      await expect(files.get(tx, theirs, text.id)).rejects.toMatchObject({ kind: 'not_found' });
      expect(await files.list(tx, mine, [text.id])).toEqual([]);
    });
  });

  it('refuses what only pretends, is empty, too large, or would unpack to hundreds of megapixels, and leaves nothing of it', async () => {
    const before = (await readdir(join(dataDir, 'files'), { recursive: true })).sort();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    await expect(keep(once(svg), ['image', 'text'], { name: 'a.png' })).rejects.toEqual(refusal(/its content/));
    await expect(keep(once('PK\u0003\u0004rest of an archive'), ['image', 'text'])).rejects.toEqual(
      refusal(/its content/),
    );
    await expect(keep(once(''), ['text'])).rejects.toEqual(refusal(/empty/));
    await expect(keep(null, ['text'])).rejects.toEqual(refusal(/empty/));
    await expect(keep(once('x'.repeat(2_000_000)), ['text'])).rejects.toEqual(refusal(/larger than 0 MB/));
    const huge = await sharp({
      create: { width: 20_000, height: 15_000, channels: 3, background: 'white' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    await expect(keep(once(huge), ['image'], { bytesMax: 50_000_000 })).rejects.toEqual(refusal(/megapixels/));
    await expect(keep(once(huge.subarray(0, 3000)), ['image'])).rejects.toEqual(refusal(/./));
    expect((await readdir(join(dataDir, 'files'), { recursive: true })).sort()).toEqual(before);
  });

  it('are collected when nobody names them any more, and only then', async () => {
    const kept = await keep(once('kept for ever'), ['text']);
    const gone = await keep(once('soon gone'), ['text']);
    const twice = await keep(once('kept for ever'), ['text']);
    await test.core.infra.db.inWorkspace(mine, async (tx) => {
      await files.remove(tx, mine, gone.id);
      await files.remove(tx, mine, twice.id);
    });
    expect(await files.collect()).toBe(1);
    expect((await files.read(kept)).toString()).toBe('kept for ever');
  });
});
