import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DisplayFile, displayFault } from './display-file.ts';
import type { SavedValue } from './saved-tree.ts';
import { readSnapshot, type SnapshotOutcome, writeSnapshot } from './snapshot-file.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'rapport-snapshot-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const column = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.int8Array({ maxLength: 40 }),
  fc.int16Array({ maxLength: 40 }),
  fc.uint16Array({ maxLength: 40 }),
  fc.int32Array({ maxLength: 40 }),
  fc.uint32Array({ maxLength: 40 }),
  fc.float64Array({ maxLength: 40 }),
);
const text = fc.string({ unit: 'grapheme' });
const { value } = fc.letrec<{ value: SavedValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.double().map((n) => (Object.is(n, -0) ? 0 : n)),
    text,
    column,
    fc.array(text, { minLength: 14, maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ids'), tie('value')).map((one) => ({ ...one })),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
  ),
}));

async function read(path: string): Promise<{ outcome: SnapshotOutcome; parts: SavedValue[] }> {
  const parts: SavedValue[] = [];
  const outcome = await readSnapshot(
    path,
    () => null,
    (part) => void parts.push(part),
  );
  return { outcome, parts };
}

describe('a snapshot file', () => {
  it('gives back what was written, whatever it is made of', async () => {
    const path = join(dir, 'round');
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 4 }), async (parts) => {
        await writeSnapshot(path, { of: 'a test' }, parts);
        expect(await read(path)).toEqual({ outcome: { kind: 'read', about: { of: 'a test' } }, parts });
      }),
      { numRuns: 150 },
    );
    expect(readdirSync(dir).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  it('is told from one that was cut short or had a byte changed, wherever that is', async () => {
    const path = join(dir, 'damaged');
    const parts = [{ numbers: Uint32Array.from({ length: 50 }, (_, at) => at), words: Array(20).fill('word') }, 'end'];
    await writeSnapshot(path, { of: 'a test' }, parts);
    const whole = readFileSync(path);
    // The head only repeats what the foot says; the sections here leave no space between them.
    for (let at = 16; at < whole.length; at += 3) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x40;
      writeFileSync(path, damaged);
      const { outcome } = await read(path);
      expect([at, outcome.kind]).toEqual([at, 'unusable']);
    }
    for (const length of [0, 5, 16, 100, whole.length - 33, whole.length - 1]) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      expect([length, (await read(path)).outcome.kind]).toEqual([length, 'unusable']);
    }
    writeFileSync(path, 'hello, this is a text and not a snapshot of anything at all');
    expect((await read(path)).outcome).toEqual({ kind: 'unusable', reason: 'it is cut short or no snapshot' });
    expect((await read(join(dir, 'nothing'))).outcome).toEqual({ kind: 'absent' });
  });

  it('is not read further when what it says of itself is not wanted', async () => {
    const path = join(dir, 'unwanted');
    await writeSnapshot(path, { catalogue: 'old' }, [1, 2]);
    const outcome = await readSnapshot(
      path,
      () => 'it was written by another version',
      () => {
        throw new Error('must not be read');
      },
    );
    expect(outcome).toEqual({ kind: 'unusable', reason: 'it was written by another version' });
  });

  it('refuses what it could not give back', async () => {
    await expect(writeSnapshot(join(dir, 'no'), null, [new Date() as unknown as SavedValue])).rejects.toThrow(
      'no Date',
    );
    expect(readdirSync(dir).filter((name) => name.startsWith('no.'))).toEqual([]);
  });
});

describe('texts kept in a file', () => {
  it('are read by their number, written or still in memory, short or long', () => {
    const file = new DisplayFile(join(dir, 'texts'));
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            text,
            fc.integer({ min: 900, max: 3000 }).map((n) => 'é'.repeat(n)),
          ),
        ),
        (texts) => {
          const refs = texts.map((one) => file.put(one));
          if (texts.length % 2 === 0) file.flush();
          expect(refs.map((ref) => file.read(ref))).toEqual(texts);
        },
      ),
      { numRuns: 60 },
    );
    const long = file.put('x'.repeat(3_000_000));
    expect(file.read(long)?.length).toBe(3_000_000);
    expect(file.read(4_000_000_000)).toBeNull();
    file.close();
  });

  it('are gone from the disk once dropped, and the others stay', async () => {
    const path = join(dir, 'wiped');
    const file = new DisplayFile(path);
    const refs = ['first', 'Anna Secret of Cork', 'x'.repeat(2000), 'last'].map((one) => file.put(one));
    file.flush();
    file.drop(refs[1] ?? 0);
    file.drop(file.put('pending secret'));
    await file.wipe();
    const state = file.flush();
    expect(refs.map((ref) => file.read(ref))).toEqual(['first', '', 'x'.repeat(2000), 'last']);
    expect(readFileSync(path, 'utf8')).not.toMatch(/secret/i);
    expect(displayFault(path, state)).toBeNull();
    file.close();
  });

  it('end where the snapshot says, and a change of what it refers to is found', () => {
    const path = join(dir, 'kept');
    const first = new DisplayFile(path);
    const ref = first.put('kept');
    const state = first.flush();
    first.put('later');
    first.flush();
    first.close();
    expect(displayFault(path, state)).toBeNull();
    const again = new DisplayFile(path, state);
    expect(again.read(ref)).toBe('kept');
    expect(again.put('new')).toBe(state.bytes / 8);
    expect(displayFault(path, again.flush())).toBeNull();
    again.close();
    const bytes = readFileSync(path);
    bytes[9] = 1;
    writeFileSync(path, bytes);
    expect(displayFault(path, state)).toBe('its texts have another checksum than was written');
    truncateSync(path, 4);
    expect(displayFault(path, state)).toBe('its texts are cut short');
    expect(displayFault(join(dir, 'gone'), state)).toBe('its texts are missing');
  });
});
