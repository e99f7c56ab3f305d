import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { importFile } from '#tests/support/import-file.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import { countCreators, getCreator, listCreatorPosts, listCreators } from './api.ts';

const folder = sharedData('labelled');
if (folder === null) console.log('skipped: no shared data');

describe.skipIf(folder === null)('files of real creators', () => {
  let test: TestCore;
  let client: Client;
  beforeAll(async () => {
    test = await openTestCore();
    await test.database.createWorkspace('real');
    client = test.client('real');
  });
  afterAll(() => test.close());
  const read = (name: string) => ({ name, body: new Uint8Array(readFileSync(`${folder}/${name}`)) });

  it('takes 23,753 Instagram influencers from a plain CSV with no preparation, and finds them unchanged the second time', async () => {
    const first = await importFile(client, read('influencers_ksb.csv'));
    expect(first).toMatchObject({ state: 'done', kind: 'creators', platform: 'instagram', error: null });
    expect(first.counts).toMatchObject({
      read: 23_753,
      created: 23_753,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      failed: 0,
    });
    const again = await importFile(client, read('influencers_ksb.csv'));
    expect(again.counts).toMatchObject({ read: 23_753, created: 0, updated: 0, unchanged: 23_753 });
    const counts = await client.call(countCreators, {});
    expect(counts.total).toBe(23_753);
    expect(counts.niches.map((niche) => niche.value)).toContain('fashion');
  });

  it('takes creators from lines of JSON and their posts from a gzip of it, and derives their averages', async () => {
    const creators = await importFile(client, read('creators_gvsi.jsonl'));
    expect(creators.counts).toMatchObject({ read: 693, failed: 0 });
    const posts = await importFile(client, read('posts_gvsi.jsonl.gz'));
    expect(posts).toMatchObject({ state: 'done', kind: 'posts' });
    expect(posts.counts).toMatchObject({ read: 11_745, created: 11_745, failed: 0 });
    const again = await importFile(client, read('posts_gvsi.jsonl.gz'));
    expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: 11_745 });
    const { rows } = await client.call(listCreators, { q: '433', sort: 'followers', limit: 1 });
    const person = await client.call(getCreator, { personId: rows[0]?.id ?? '' });
    const [profile] = person.profiles;
    expect(profile?.avgLikes).toBeGreaterThan(0);
    expect(profile?.engagementRate).toBeGreaterThan(0);
    expect(profile?.provenance.engagementRate).toMatchObject({ source: 'posts', n: 12 });
    expect(profile?.provenance.followers ?? profile?.provenance['*']).toMatchObject({
      source: 'creators_gvsi.jsonl',
    });
    const page = await client.call(listCreatorPosts, { personId: person.id, limit: 5 });
    expect(page.rows[0]?.caption).toBeTruthy();
    expect(page.nextCursor).not.toBeNull();
    const next = await client.call(listCreatorPosts, { personId: person.id, limit: 5, cursor: page.nextCursor ?? '' });
    expect(next.rows.map((post) => post.id)).not.toContain(page.rows[0]?.id);
  });
});
