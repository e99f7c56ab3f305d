import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defineErrors } from '#kernel/errors.ts';
import { type ArchiveKind, openArchive as openOf } from './read-archive.ts';
import { decodeHeader, encodeHeader } from './tar-header.ts';
import { createArchiveWriter } from './write-archive.ts';

const fault = defineErrors('box', { missing: 'not_found', other: 'invalid', damaged: 'invalid' });
const firstPath = 'READ-ME.txt';
const kind: ArchiveKind = {
  firstPath,
  faults: {
    missing: (file, what) => fault('missing', `${file}: ${what}`),
    other: (file, what) => fault('other', `${file} ${what}`),
    damaged: (file, what) => fault('damaged', `${file}: ${what}`),
  },
};
const openArchive = (file: string) => openOf(file, kind);

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'rapport-archive-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const contents: [string, string][] = [
  [firstPath, 'what this is\n'],
  ['clicks/a/00000001.log', ''],
  ['tables/exact.csv.gz', 'x'.repeat(1024)],
  ['tables/long.csv.gz', 'ünïcode, and "quotes"\n'.repeat(4000)],
];

async function writeArchive(name: string): Promise<string> {
  const path = join(dir, name);
  const file = await open(path, 'w');
  const writer = createArchiveWriter(file, 1_700_000_000);
  for (const [member, text] of contents) await writer.add(member, Readable.from([Buffer.from(text)]));
  await writer.finish();
  await file.close();
  return path;
}

test('an archive gives back what was written, also through tar, with hashes as sha256sum writes them', async () => {
  const path = await writeArchive('whole.tar');
  const archive = await openArchive(path);
  for (const [member, text] of contents) expect(await archive.text(member)).toBe(text);
  const out = join(dir, 'out');
  mkdirSync(out);
  execFileSync('tar', ['-C', out, '-xf', path]);
  for (const [member, text] of contents) expect(readFileSync(join(out, member), 'utf8')).toBe(text);
  const sums = contents.map(([member, text]) => `${createHash('sha256').update(text).digest('hex')}  ${member}\n`);
  expect(readFileSync(join(out, 'SHA256SUMS'), 'utf8')).toBe(sums.join(''));
});

test('a single byte changed anywhere is found', async () => {
  const whole = readFileSync(await writeArchive('source.tar'));
  const path = join(dir, 'changed.tar');
  const change = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }));
  await fc.assert(
    fc.asyncProperty(change, async ([at, by]) => {
      const changed = Buffer.from(whole);
      changed[at] = (whole[at] ?? 0) ^ by;
      writeFileSync(path, changed);
      await expect(openArchive(path)).rejects.toMatchObject({ kind: 'invalid' });
    }),
    { numRuns: 300 },
  );
});

test('a file that ends early, or goes on, is found', async () => {
  const whole = readFileSync(await writeArchive('long.tar'));
  const path = join(dir, 'cut.tar');
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.length - 1 }), async (length) => {
      writeFileSync(path, whole.subarray(0, length));
      await expect(openArchive(path)).rejects.toMatchObject({ kind: 'invalid' });
    }),
    { numRuns: 150 },
  );
  writeFileSync(path, Buffer.concat([whole, Buffer.alloc(512)]));
  await expect(openArchive(path)).rejects.toMatchObject({ code: 'box.damaged' });
});

test('another kind of file is told as such', async () => {
  const path = join(dir, 'other');
  for (const content of ['', 'PK\u0003\u0004', 'handle,followers\n'.repeat(100)]) {
    writeFileSync(path, content);
    await expect(openArchive(path)).rejects.toMatchObject({ code: 'box.other' });
  }
  await expect(openArchive(dir)).rejects.toMatchObject({ code: 'box.other' });
  await expect(openArchive(join(dir, 'none'))).rejects.toThrow(/none: there is no such file/);
});

test('a header keeps names and sizes, beyond 8 GB as well', () => {
  const entry = fc.record({
    path: fc.stringMatching(/^[a-z/_.0-9]{1,100}$/),
    bytes: fc.oneof(fc.nat(), fc.maxSafeNat()),
    modifiedAt: fc.nat(),
  });
  fc.assert(
    fc.property(entry, (one) => {
      expect(decodeHeader(encodeHeader(one))).toEqual(one);
    }),
  );
});
