import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sponsoredEval } from './sponsored.ts';

const options = { seed: 7, label: null, expect: null };

describe('measuring paid posts', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapport-sponsored-'));
    const posts = Array.from({ length: 60 }, (_, i) => ({
      handle: `account${i % 12}`,
      caption:
        i % 4 === 0 ? `Shop the new collection now at @kettlemoth, code LENA${i} #ad` : `We walked by the sea ${i}`,
    }));
    await writeFile(join(folder, 'posts.jsonl'), posts.map((post) => JSON.stringify(post)).join('\n'));
    await writeFile(
      join(folder, 'captions.csv'),
      'sponsored,caption\nTrue,"Use code LENA20, shop now @kettlemoth"\nFalse,Rain again\nTrue,Get 20% off at @oats now!\nFalse,Sea\n',
    );
    await writeFile(join(folder, 'bad.csv'), 'caption,sponsored\nRain,perhaps\n');
    await writeFile(join(folder, 'one.csv'), 'caption,sponsored\nRain,False\n');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const run = (data: string, train: string | null = null) =>
    sponsoredEval.run({ ...options, data: join(folder, data), train: train === null ? null : join(folder, train) });

  it('labels posts by their own disclosure, cuts it out, and says under which protocol', async () => {
    const shipped = await run('posts.jsonl');
    expect(shipped).toMatchObject({ protocol: 'shipped', n: 60, figures: { positives: 15 } });
    expect(shipped.figures.auc).toBe(1);
    const fresh = await run('posts.jsonl', 'posts.jsonl');
    expect(fresh).toMatchObject({ protocol: 'fresh', n: 60 });
    expect(await run('posts.jsonl', 'posts.jsonl')).toEqual(fresh);
  });

  it('reads captions with labels, columns by name', async () => {
    const { figures } = await run('captions.csv');
    expect(figures).toMatchObject({ auc: 1, positives: 2, labels: 'as stated' });
    expect(Object.keys(figures)).toEqual(
      expect.arrayContaining(['accuracy', 'precision', 'recall', 'f1', 'auc', 'ap', 'ece', 'auc_lo', 'auc_hi']),
    );
  });

  it('names the row of a bad label, a file of one kind, and one of no known format', async () => {
    await expect(run('bad.csv')).rejects.toThrow(/row 2, sponsored: "perhaps"/);
    await expect(run('one.csv')).rejects.toThrow(/Both kinds are needed/);
    await expect(run('none.csv')).rejects.toThrow(/cannot be read/);
  });
});
