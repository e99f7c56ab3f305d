import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { importFile } from '#tests/support/import-file.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import { getCreator, listCreators } from './api.ts';

const file = sharedData('corpora/naughty_strings/blns.json');
if (file === null) console.log('skipped: no shared data');

describe.skipIf(file === null)('texts that break programs', () => {
  let test: TestCore;
  beforeAll(async () => {
    test = await openTestCore();
    await test.database.createWorkspace('naughty');
  });
  afterAll(() => test.close());

  it('come in as they are or are refused by row, in every field, and never stop a file', async () => {
    const client = test.client('naughty');
    const texts = JSON.parse(readFileSync(file ?? '', 'utf8')) as string[];
    const lines = texts.map((text, at) =>
      JSON.stringify({
        username: `naughty${at}`,
        name: text,
        bio: text,
        city: text,
        niche: text,
        'audience country': text,
        'rate reel (EUR)': text,
        telegram: text,
        anything: text,
      }),
    );
    const run = await importFile(client, { name: 'naughty.ndjson', body: lines.join('\n') });
    expect(run).toMatchObject({ state: 'done', error: null });
    const { read, created, failed } = run.counts;
    expect(read).toBe(texts.length);
    expect(created + failed).toBe(texts.length);
    expect(created).toBeGreaterThan(0);
    const { rows } = await client.call(listCreators, { limit: 500 });
    for (const row of rows.slice(0, 100)) {
      const person = await client.call(getCreator, { personId: row.id });
      const at = Number(/\d+$/.exec(person.profiles[0]?.handle ?? '')?.[0]);
      // Ends are trimmed and what says "not known" is null; all else is kept to the character.
      if (person.name !== null && person.name !== person.profiles[0]?.displayName)
        expect(person.name).toBe(texts[at]?.trim());
      if (person.profiles[0]?.bio != null) expect(person.profiles[0].bio).toBe(texts[at]?.trim());
    }
  });

  it('come in by every post, and what is said of the posts can be read', async () => {
    const client = test.client('naughty');
    const texts = JSON.parse(readFileSync(file ?? '', 'utf8')) as string[];
    await importFile(client, { name: 'one.csv', body: 'handle,followers\nposter,1000\n' });
    const lines = texts.map((text, at) =>
      JSON.stringify({ username: 'poster', 'post id': `p${at}`, caption: text, likes: at, location: text }),
    );
    const run = await importFile(client, { name: 'posts.ndjson', body: lines.join('\n') }, { kind: 'posts' });
    expect(run).toMatchObject({ state: 'done', kind: 'posts', error: null });
    expect(run.counts.created + run.counts.failed).toBe(texts.length);
    const person = await client.call(getCreator, { personId: '@poster' });
    expect(person.profiles[0]?.content?.posts).toBe(36);
  });
});
