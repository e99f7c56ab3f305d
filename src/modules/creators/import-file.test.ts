import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { importFile, waitForImport } from '#tests/support/import-file.ts';
import {
  type CreatorListItem,
  cancelImport,
  countCreators,
  downloadImportErrors,
  exportCreators,
  getCreator,
  listCreatorPosts,
  listCreators,
  listImportErrors,
  listPostComments,
  previewImport,
  startImport,
  uploadImport,
} from './api.ts';
import { claimRun, selectRun } from './queries/imports.ts';

let test: TestCore;
let client: Client;
let workspaceId: string;
beforeAll(async () => {
  test = await openTestCore();
});
afterAll(() => test.close());

let made = 0;
async function inNewWorkspace(): Promise<Client> {
  made += 1;
  workspaceId = await test.database.createWorkspace(`file-${made}`);
  client = test.client(`file-${made}`);
  return client;
}

async function allCreators(of: Client): Promise<CreatorListItem[]> {
  const { rows } = await of.call(listCreators, { sort: 'name', desc: false, limit: 500 });
  return rows;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, isBig: boolean) => {
  const buffer = Buffer.from(`\ufeff${text}`, 'utf16le');
  return new Uint8Array(isBig ? buffer.swap16() : buffer);
};

const dirty = [
  'Name;Instagram Handle;TikTok URL;Followers;ER;Location;E-Mail;Last post;Notes',
  'Anna Bäcker;@anna.backt;https://www.tiktok.com/@annabackt?_t=1;12,5K;3,4 %;Berlin, Deutschland;anna@example.com;13/02/2026;likes oats',
  'Tom;https://www.instagram.com/Tom.Moss/?igsh=x;;8.400;N/A;Cork, Ireland;a@example.com, b@example.com;03/03/2026;',
].join('\r\n');

describe('dirty files', () => {
  const ways: [string, Uint8Array<ArrayBuffer>][] = [
    ['UTF-8', bytes(dirty)],
    ['UTF-8 with a mark', bytes(`\ufeff${dirty}`)],
    ['UTF-16 little endian', utf16(dirty, false)],
    ['UTF-16 big endian', utf16(dirty, true)],
    ['Windows-1252', new Uint8Array(Buffer.from(dirty, 'latin1'))],
    ['gzip', new Uint8Array(gzipSync(dirty))],
    ['tabs', bytes(dirty.replaceAll(';', '\t'))],
    ['bars', bytes(dirty.replaceAll(';', '|'))],
  ];
  it.each(ways)('reads the same creators from %s', async (_, body) => {
    await inNewWorkspace();
    const run = await importFile(client, { name: 'dirty.csv', body });
    expect(run.counts).toMatchObject({ read: 2, created: 2, failed: 0 });
    const anna = await client.call(getCreator, { personId: '@anna.backt' });
    expect(anna).toMatchObject({
      name: 'Anna Bäcker',
      country: 'DE',
      city: 'Berlin',
      emails: ['anna@example.com'],
      custom: { Notes: 'likes oats' },
    });
    expect(anna.profiles.map((profile) => `${profile.platform} ${profile.handle}`).sort()).toEqual([
      'instagram anna.backt',
      'tiktok annabackt',
    ]);
    expect(anna.profiles.find((profile) => profile.platform === 'instagram')).toMatchObject({
      followers: 12_500,
      engagementRate: 0.034,
      lastPostAt: '2026-02-13T00:00:00.000Z',
    });
    const tom = await client.call(getCreator, { personId: '@TOM.MOSS' });
    expect(tom.profiles[0]).toMatchObject({ followers: 8400, engagementRate: null });
    expect(tom.emails).toEqual(['a@example.com', 'b@example.com']);
  });

  it('reads a spreadsheet with shared texts, numbers and dates', async () => {
    await inNewWorkspace();
    const sheet = `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Last post</t></is></c></row>
      <row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>12500</v></c><c r="C2" s="1"><v>46085</v></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>tom</t></is></c></row></sheetData></worksheet>`;
    const body = zipSync({
      'xl/workbook.xml': strToU8(
        '<workbook xmlns:r="r"><sheets><sheet name="My list" sheetId="1" r:id="rId1"/></sheets></workbook>',
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
      ),
      'xl/sharedStrings.xml': strToU8(
        '<sst><si><t>Handle</t></si><si><t>Followers</t></si><si><t>@anna</t></si></sst>',
      ),
      'xl/styles.xml': strToU8('<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'),
      'xl/worksheets/sheet1.xml': strToU8(sheet),
    });
    const run = await importFile(client, { name: 'list.xlsx', body: new Uint8Array(body) });
    expect(run.counts).toMatchObject({ read: 2, created: 2, failed: 0 });
    const anna = await client.call(getCreator, { personId: '@anna' });
    expect(anna.profiles[0]).toMatchObject({ followers: 12_500, lastPostAt: '2026-03-04T00:00:00.000Z' });
  });

  it('reads nested JSON of other tools, as lines, as an array and inside an answer', async () => {
    const creators = [
      {
        work_platform: { name: 'TikTok' },
        profile: {
          platform_username: 'anna',
          full_name: 'Anna B',
          follower_count: 1234.0,
          engagement_rate: 3.4,
          is_verified: true,
          introduction: 'hello',
        },
      },
      {
        work_platform: { name: 'TikTok' },
        profile: {
          platform_username: 'tom',
          full_name: 'Tom',
          follower_count: 99,
          engagement_rate: null,
          is_verified: false,
          introduction: null,
        },
      },
    ];
    for (const body of [
      creators.map((one) => JSON.stringify(one)).join('\n'),
      JSON.stringify(creators),
      JSON.stringify(creators, null, 2),
      JSON.stringify({ data: creators, total: 2 }),
    ]) {
      await inNewWorkspace();
      const run = await importFile(client, { name: 'answer.json', body });
      expect(run.counts).toMatchObject({ read: 2, created: 2, failed: 0 });
      const anna = await client.call(getCreator, { personId: '@anna' });
      expect(anna.profiles[0]).toMatchObject({
        platform: 'tiktok',
        displayName: null,
        followers: 1234,
        engagementRate: 0.034,
        isVerified: true,
        bio: 'hello',
      });
      expect(anna.name).toBe('Anna B');
    }
  });

  it('names every fault by row and column, takes the other rows, and gives the faulty ones back to mend', async () => {
    await inNewWorkspace();
    const body = 'handle,followers,email\nanna,12,anna@example.com\nnot a handle,abc,nope(at)x\n=cmd(),5,\ntom,7\n';
    const run = await importFile(client, { name: 'faults.csv', body });
    expect(run.counts).toMatchObject({ read: 4, created: 1, failed: 3 });
    const { rows } = await client.call(listImportErrors, { importId: run.id });
    expect(rows.map(({ row, field }) => `${row} ${field}`)).toEqual([
      '3 email',
      '3 followers',
      '3 handle',
      '4 handle',
      '5 ',
    ]);
    const response = await client.open(downloadImportErrors, { importId: run.id });
    const csv = await response.text();
    expect(csv).toContain('not a handle,abc,nope(at)x,3,');
    expect(csv).toContain("'=cmd()");
    const { rows: people } = await client.call(listCreators, {});
    expect(people).toHaveLength(1);
  });

  it("joins rows by the sender's own person id, proposes the others and never joins them silently", async () => {
    await inNewWorkspace();
    const body =
      'influencer_id,profile_name,platform,followers\n7,anna,Instagram,100\n7,anna_tt,TikTok,200\n8,ben,Instagram,5\n9,ben,YouTube,6\n';
    await importFile(client, { name: 'three.csv', body });
    const people = await allCreators(client);
    expect(people.map((person) => person.profiles.length).sort()).toEqual([1, 1, 2]);
  });
});

describe('files that are no good', () => {
  const header = 'handle,followers\n';
  const cases: [string, Uint8Array<ArrayBuffer>, RegExp][] = [
    ['empty', new Uint8Array(), /empty/],
    ['blank', bytes(' \n \n'), /blanks/],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3]), /NUL bytes|not text/],
    ['NUL bytes inside', bytes(`${header}an\u0000na,3\n`), /NUL/],
    ['one line of 10 MB', bytes(`${header}"${'x'.repeat(10_000_000)}`), /Row 2 .*(longer|never closed)/],
    ['a million columns', bytes(`${'a,'.repeat(1_000_000)}\n`), /more than 2,000 cells/],
    ['an open quotation mark', bytes(`${header}"anna,3\n`), /Row 2 opens a quotation mark/],
    ['JSON nested too deep', bytes(`[${'{"a":'.repeat(100)}1${'}'.repeat(100)}]`), /nested more than 40 deep/],
    ['JSON cut off', bytes('[{"handle":"anna"},{"handle":"to'), /cut off/],
    ['damaged gzip', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]), /gzip wrapping is damaged/],
    ['a zip that is no spreadsheet', new Uint8Array(zipSync({ 'a.txt': strToU8('hello') })), /no spreadsheet/],
    [
      'a damaged zip',
      new Uint8Array(Buffer.from('PK\u0003\u0004 this is not a zip at all, not even nearly')),
      /spreadsheet|damaged/,
    ],
    ['an old Excel file', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4]), /\.xls/],
  ];
  it.each(cases)('says what is wrong with %s and keeps nothing', async (_, body, message) => {
    await inNewWorkspace();
    await expect(client.upload(uploadImport, {}, { body, fileName: 'bad.csv' })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'creators.bad_file',
      message: expect.stringMatching(message),
    });
    expect((await client.call(countCreators, {})).total).toBe(0);
  });

  it('tells of headings that stand there twice and of rows that do not fit the header', async () => {
    await inNewWorkspace();
    const preview = await client.upload(
      uploadImport,
      {},
      { body: 'handle,email,email\nanna,a@example.com,b@example.com\ntom,x\n', fileName: 'twice.csv' },
    );
    expect(preview.problems.join(' ')).toMatch(/Two columns bear the same heading/);
    expect(preview.problems.join(' ')).toMatch(/Row 3: The row has 2 cells, the header has 3/);
  });

  it('refuses to start without a column for the handle, and names the field of a wrong mapping', async () => {
    await inNewWorkspace();
    const { importId } = await client.upload(
      uploadImport,
      {},
      { body: 'colour,size\nred,3\n', fileName: 'colours.csv' },
    );
    await expect(client.call(startImport, { importId })).rejects.toMatchObject({ code: 'creators.bad_mapping' });
    await expect(
      client.call(previewImport, { importId, columns: [{ column: 'colour', target: 'shoeSize' }] }),
    ).rejects.toMatchObject({ code: 'creators.bad_mapping', details: [{ field: 'colour' }] });
  });
});

describe('a run', () => {
  const rows = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => `c${from + at},${(from + at) * 10},Creator ${from + at}`);
  const file = (lines: string[]) => ['handle,followers,name', ...lines].join('\n');
  const shown = (people: CreatorListItem[]) =>
    people.map((person) => [
      person.name,
      person.profiles.map((profile) => [profile.platform, profile.handle, profile.followers]),
    ]);

  it('gives the same creators for the rows in any order, in one file or in two', async () => {
    const lines = [...rows(0, 60), 'c5,99,Other name', 'C7,1,', 'c5,98,Creator 5'];
    await inNewWorkspace();
    await importFile(client, { name: 'a.csv', body: file(lines) });
    const first = shown(await allCreators(client));
    await inNewWorkspace();
    await importFile(client, { name: 'a.csv', body: file(lines.toReversed()) });
    expect(shown(await allCreators(client))).toEqual(first);
    const again = await importFile(client, { name: 'a.csv', body: file(lines.toReversed()) });
    expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: lines.length });
  });

  it('tries a file out without keeping anything, and tells what it would do', async () => {
    await inNewWorkspace();
    const trial = await importFile(
      client,
      { name: 'a.csv', body: file([...rows(0, 20), 'c3,30,Creator 3']) },
      { isDryRun: true },
    );
    expect(trial.counts).toMatchObject({ read: 21, created: 20, unchanged: 1 });
    expect((await client.call(countCreators, {})).total).toBe(0);
    await client.call(startImport, { importId: trial.id });
    const real = await waitForImport(client, trial.id);
    expect(real).toMatchObject({ isDryRun: false, state: 'done' });
    expect(real.counts).toMatchObject({ created: 20 });
  });

  it('goes on after its runner was killed, from the last committed batch, to the same end', async () => {
    await inNewWorkspace();
    const lines = rows(0, 6000);
    const { importId } = await client.upload(uploadImport, {}, { body: file(lines), fileName: 'long.csv' });
    const { infra } = test.core;
    // A runner that took the run, committed nothing and died: its lease is over.
    await client.call(startImport, { importId });
    await infra.db.inWorkspace(workspaceId, (tx) =>
      claimRun(tx, { workspaceId, id: importId, runner: 'dead', leaseSeconds: 0, now: infra.clock.now() }),
    );
    const run = await waitForImport(client, importId);
    expect(run).toMatchObject({ state: 'done' });
    expect(run.counts).toMatchObject({ read: 6000, created: 6000 });
    expect((await client.call(countCreators, {})).total).toBe(6000);
  });

  it('stops when it is cancelled, keeps what is in, and goes on when it is started again', async () => {
    await inNewWorkspace();
    const { importId } = await client.upload(uploadImport, {}, { body: file(rows(0, 12_000)), fileName: 'long.csv' });
    await client.call(startImport, { importId });
    for (let tries = 0; tries < 400; tries += 1) {
      const seen = await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
        selectRun(tx, workspaceId, importId, { isLocked: false }),
      );
      if ((seen?.rowsDone ?? 0) > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await client.call(cancelImport, { importId }).catch(() => undefined);
    const stopped = await waitForImport(client, importId);
    const { total } = await client.call(countCreators, {});
    expect(total).toBe(stopped.counts.created);
    if (stopped.state === 'cancelled') {
      await client.call(startImport, { importId });
      expect((await waitForImport(client, importId)).state).toBe('done');
    }
    expect((await client.call(countCreators, {})).total).toBe(12_000);
  });

  it('remembers how a header was read, whatever its spelling, and lets it be chosen anew', async () => {
    await inNewWorkspace();
    const columns = [
      { column: 'Wer', target: 'handle' },
      { column: 'Wie viele', target: 'followers' },
    ];
    const first = await client.upload(uploadImport, {}, { body: 'Wer,Wie viele\nanna,5\n', fileName: 'one.csv' });
    expect(first.columns[1]?.target).toBe('custom');
    await client.call(startImport, { importId: first.importId, columns });
    await waitForImport(client, first.importId);
    const second = await client.upload(uploadImport, {}, { body: 'WER,wie_viele\ntom,6\n', fileName: 'two.csv' });
    expect(second.savedMapping).toBe('one.csv');
    expect(second.columns.map((column) => column.target)).toEqual(['handle', 'followers']);
  });

  it('brings comments to their posts and says which posts it does not know', async () => {
    await inNewWorkspace();
    await importFile(client, { name: 'c.csv', body: file(['anna,10,Anna']) });
    const posts = await importFile(client, {
      name: 'p.csv',
      body: 'username,shortcode,caption,likes,date\nanna,AAA,hello #Oats @brand,5,2026-01-05\nanna,BBB,hi,7,2026-01-06\nnobody,CCC,hey,1,2026-01-07\n',
    });
    expect(posts).toMatchObject({ kind: 'posts' });
    expect(posts.counts).toMatchObject({ created: 2, failed: 1 });
    const { rows: wrong } = await client.call(listImportErrors, { importId: posts.id });
    expect(wrong[0]?.message).toMatch(/No such creator: @nobody/);
    const comments = await importFile(client, {
      name: 'k.csv',
      body: 'post_id,comment_id,author,comment\nAAA,1,tom,nice\nZZZ,2,tom,what\n',
    });
    expect(comments).toMatchObject({ kind: 'comments' });
    expect(comments.counts).toMatchObject({ created: 1, failed: 1 });
    const anna = await client.call(getCreator, { personId: '@anna' });
    const { rows } = await client.call(listCreatorPosts, { personId: anna.id });
    expect(rows[1]).toMatchObject({ hashtags: ['oats'], mentions: ['brand'] });
    const said = await client.call(listPostComments, { postId: rows[1]?.id ?? '' });
    expect(said.rows).toMatchObject([{ authorHandle: 'tom', text: 'nice' }]);
    // Two posts are not enough data for an average.
    expect(anna.profiles[0]).toMatchObject({
      avgLikes: null,
      engagementRate: null,
      lastPostAt: '2026-01-06T00:00:00.000Z',
    });
  });

  it('writes an export that comes back unchanged, with formulas made harmless', async () => {
    await inNewWorkspace();
    await importFile(client, { name: 'a.csv', body: 'handle,name,followers\nanna,"=HYPERLINK(""http://x"")",1000\n' });
    const response = await client.open(exportCreators, {});
    const csv = await response.text();
    expect(csv).toContain("'=HYPERLINK");
    const before = await allCreators(client);
    const again = await importFile(client, { name: 'export.csv', body: csv.replace("'=", '=') });
    expect(again.counts.created).toBe(0);
    expect((await allCreators(client)).length).toBe(before.length);
  });

  it('cannot be seen or started from another workspace', async () => {
    await inNewWorkspace();
    const { importId } = await client.upload(uploadImport, {}, { body: file(rows(0, 3)), fileName: 'a.csv' });
    await inNewWorkspace();
    await expect(client.call(startImport, { importId })).rejects.toMatchObject({ kind: 'not_found' });
    await expect(client.call(listImportErrors, { importId })).rejects.toMatchObject({ kind: 'not_found' });
  });
});
