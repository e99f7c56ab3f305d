import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { createApiKey, listAudit, listMembers } from '#modules/workspaces/api.ts';
import {
  editArchive,
  exportWorkspace,
  importWorkspace,
  type ReadArchive,
  readArchiveBytes,
} from '#tests/support/archives.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { addMember, createPerson } from '#tests/support/people.ts';
import {
  cancelArchiveImport,
  downloadArchive,
  getArchive,
  listArchives,
  removeArchive,
  startArchive,
  startArchiveImport,
  uploadArchive,
} from './api.ts';
import { tidy } from './jobs.ts';

/** A workspace that has a row where a secret, a mail that waits or a link may be, beside creators with awkward words. */
async function fillWorkspace(
  test: TestCore,
  slug: string,
): Promise<{ id: string; secrets: string[]; fileHash: string }> {
  const id = await test.database.createWorkspace(slug);
  const { infra } = test.core;
  const secrets = Array.from({ length: 9 }, () => `secret-${randomBytes(12).toString('hex')}`);
  const [connection, shop, mailbox, source, guest, webhook, mail, key, portal] = secrets as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const file = await infra.files.keep(id, {
    content: (async function* () {
      yield Buffer.from('the whole of a file\n');
    })(),
    name: 'a.txt',
    accept: ['text'],
    bytesMax: 1000,
    by: 'A test',
  });
  const bytes = (text: string) => Buffer.from(text);
  await infra.db.asSystem(async (tx) => {
    const person = newId('person');
    const profile = newId('profile');
    await sql`insert into person (workspace_id, id, name, emails, tags, custom) values (${id}, ${person}, 'Nell "Q" O''Hara', '{nell@example.com}', '{a,"b,c",""}', '{"n": 9007199254740993}')`.execute(
      tx,
    );
    await sql`insert into profile (workspace_id, id, person_id, platform, handle, handle_key, source) values (${id}, ${profile}, ${person}, 'instagram', 'nell', 'nell', 'import')`.execute(
      tx,
    );
    await sql`insert into connection (workspace_id, platform, credentials, state, connected_by, connected_by_name, connected_at) values (${id}, 'youtube', ${bytes(connection)}, 'working', '', '', now())`.execute(
      tx,
    );
    await sql`insert into shop (workspace_id, id, kind, address, name, uses, credentials, state, created_by, created_at) values (${id}, ${newId('shop')}, 'shopify', 'a.example.com', 'Shop', array['products'], ${bytes(shop)}, 'working', '', now())`.execute(
      tx,
    );
    await sql`insert into mailbox (workspace_id, id, address, auth, user_name, smtp, sealed, signature, daily_limit, ramp_start, ramp_step, ramp_from, gap_seconds, is_default, state, created_by, created_at)
      values (${id}, ${newId('mailbox')}, 'us@example.com', 'password', 'us', '{}', ${bytes(mailbox)}, '', 50, 10, 5, '2026-01-01', 60, true, 'ok', '', now())`.execute(
      tx,
    );
    await sql`insert into order_source (workspace_id, id, name, kind, secret, created_by) values (${id}, ${newId('source')}, 'Shop', 'webhook', ${source}, '')`.execute(
      tx,
    );
    await sql`insert into guest_link (workspace_id, id, kind, name, token_hash, passphrase_hash, expires_at, created_by, created_by_name, created_at) values (${id}, ${newId('listShare')}, 'list', 'Client', ${bytes(guest)}, ${guest}, now() + interval '9 days', '', '', now())`.execute(
      tx,
    );
    await sql`insert into webhook_endpoint (workspace_id, id, kind, name, target, secret, created_by_name, created_at) values (${id}, ${newId('event')}, 'webhook', 'Ours', 'https://example.com/', ${bytes(webhook)}, '', now())`.execute(
      tx,
    );
    await sql`insert into mail_out (workspace_id, id, key, kind, to_address, subject, body, is_secret, message_id, carrier, state, due_at, created_at)
      values (${id}, ${newId('mail')}, 'k1', 'transactional', 'nell@example.com', 'Come in', ${mail}, true, '<1@x>', 'none', 'queued', now() + interval '9 days', now())`.execute(
      tx,
    );
    await sql`insert into portal_link (workspace_id, id, person_id, path, token_hash, made_by, created_at, expires_at) values (${id}, ${newId('portalLink')}, ${person}, '/', ${bytes(portal)}, '', now(), now() + interval '9 days')`.execute(
      tx,
    );
    await sql`insert into creator_note (workspace_id, id, person_id, body, author_id, author_name, written_at) values (${id}, ${newId('note')}, ${person}, ${`See https://x.example/p/enter#rpp_${'a'.repeat(43)} for more`}, '', '', now())`.execute(
      tx,
    );
    await sql`insert into automation (workspace_id, id, name, trigger, actions, state, created_by_name, created_at, updated_by_name, updated_at) values (${id}, ${newId('automation')}, 'Ours', 'x', '[]', 'on', '', now(), '', now())`.execute(
      tx,
    );
    await sql`insert into link (workspace_id, id, slug, slug_skeleton, destination, target, person_id, created_by) values (${id}, ${newId('link')}, ${`nell-${slug}`}, ${`nell-${slug}`}, 'https://example.com', 'https://example.com', ${person}, '')`.execute(
      tx,
    );
  });
  await test.client(slug).call(createApiKey, { name: key, scopes: ['all'] });
  return { id, secrets: secrets.filter((one) => one !== key), fileHash: file.contentHash };
}

const partOf = (read: ReadArchive, name: string) =>
  (read.parts.get(name) ?? []).map((line) => JSON.parse(line) as Record<string, unknown>);

describe('an archive of a workspace', () => {
  let source: TestCore;
  let target: TestCore;
  let filled: Awaited<ReturnType<typeof fillWorkspace>>;
  let bytes: Buffer;
  let read: ReadArchive;

  beforeAll(async () => {
    source = await openTestCore();
    target = await openTestCore({ secret: 'another installation has another secret of its own' });
    const ownerHere = await createPerson(target, 'boss@example.com');
    expect(ownerHere).not.toBe('');
    filled = await fillWorkspace(source, 'ours');
    const ana = await createPerson(source, 'ana@example.com');
    await addMember(source, filled.id, { userId: ana, role: 'manager' });
    await addMember(source, filled.id, { userId: await createPerson(source, 'gone@example.com'), role: 'viewer' });
    await createPerson(target, 'ana@example.com');
    await source.core.infra.db.asSystem((tx) =>
      sql`insert into list (workspace_id, id, name, created_by, owner_id) values (${filled.id}, ${newId('list')}, 'Ana''s', ${ana}, ${ana})`.execute(
        tx,
      ),
    );
    bytes = (await exportWorkspace(source, 'ours')).bytes;
    read = await readArchiveBytes(bytes);
  }, 60_000);

  afterAll(async () => {
    await source?.close();
    await target?.close();
  });

  const rowsIn = async (test: TestCore, workspaceId: string, table: string) =>
    (
      await test.core.infra.db.asSystem((tx) =>
        sql<Record<string, unknown>>`select * from ${sql.table(table)} where workspace_id = ${workspaceId}`.execute(tx),
      )
    ).rows;
  const workspacesOf = async (test: TestCore) =>
    (
      await test.core.infra.db.asSystem((tx) =>
        sql<{ slug: string }>`select slug from workspace order by 1`.execute(tx),
      )
    ).rows.map((row) => row.slug);

  it('holds no secret of any kind, and says of each that it was there', () => {
    const whole = [...read.parts.values()].flat().join('\n');
    for (const secret of filled.secrets) {
      expect(whole).not.toContain(secret);
      expect(whole).not.toContain(Buffer.from(secret).toString('hex'));
    }
    expect(whole).not.toContain('a'.repeat(43));
    expect(read.manifest.secretsLeftOut.map(({ table, column }) => `${table}.${column}`).sort()).toEqual([
      'connection.credentials',
      'guest_link.passphrase_hash',
      'guest_link.token_hash',
      'mailbox.sealed',
      'order_source.secret',
      'shop.credentials',
      'webhook_endpoint.secret',
    ]);
    expect(read.parts.has('api_key')).toBe(false);
  });

  it('is read without the program: JSON lines by table, amounts and large numbers exact, files by their hash', () => {
    expect(partOf(read, 'person')[0]).toMatchObject({ name: 'Nell "Q" O\'Hara', tags: ['a', 'b,c', ''] });
    expect(read.parts.get('person')?.[0]).toContain('9007199254740993');
    expect(partOf(read, 'stored_file')[0]).toMatchObject({ content_hash: filled.fileHash, bytes: '20' });
    expect(read.files.get(`files/${filled.fileHash.slice(0, 2)}/${filled.fileHash}`)?.toString()).toBe(
      'the whole of a file\n',
    );
    expect(
      partOf(read, 'member')
        .map((one) => one.email)
        .sort(),
    ).toEqual(['ana@example.com', 'gone@example.com']);
  });

  it('becomes a workspace elsewhere: people found by e-mail, nothing sent or run twice, and what has to be entered again is said', async () => {
    const run = await importWorkspace(target, bytes);
    expect(run.error).toBeNull();
    const result = run.result;
    expect(result).toMatchObject({ keptItsId: true, files: 1, renamedLinksTotal: 0, newSources: 0 });
    expect(result?.members.map(({ email, isKnown }) => `${email} ${isKnown}`).sort()).toEqual([
      'ana@example.com true',
      'gone@example.com false',
    ]);
    expect(result?.toDo.join('\n')).toMatch(/passwords of mailboxes \(1\)[\s\S]*not known here \(1\)/);

    const members = await target.client('ours').call(listMembers, {});
    expect(members.rows.map(({ email, role }) => `${email} ${role}`).sort()).toEqual([
      'ana@example.com manager',
      'boss@example.com owner',
    ]);
    const here = filled.id;
    const anaHere = members.rows.find((one) => one.email === 'ana@example.com')?.userId;
    expect(await rowsIn(target, here, 'list')).toMatchObject([{ owner_id: anaHere, created_by: anaHere }]);
    expect(await rowsIn(target, here, 'mail_out')).toMatchObject([{ state: 'off', body: '' }]);
    expect(await rowsIn(target, here, 'automation')).toMatchObject([{ state: 'paused' }]);
    expect(await rowsIn(target, here, 'mailbox')).toMatchObject([{ state: 'broken', sealed: Buffer.alloc(0) }]);
    expect(await rowsIn(target, here, 'connection')).toMatchObject([{ state: 'failing', credentials: null }]);
    expect(await rowsIn(target, here, 'webhook_endpoint')).toMatchObject([{ state: 'disabled', secret: null }]);
    const [guest] = await rowsIn(target, here, 'guest_link');
    expect(guest?.revoked_at).not.toBeNull();
    expect(await rowsIn(target, here, 'api_key')).toEqual([]);
    const content = join(target.core.infra.config.dataDir, 'files', filled.fileHash.slice(0, 2));
    expect(await readdir(content)).toEqual([filled.fileHash]);
    const audit = await target.client('ours').call(listAudit, { action: 'workspace.imported' });
    expect(audit.rows).toHaveLength(1);
  });

  it('goes in a second time beside the first: another id, another address, links and order sources that are taken get others', async () => {
    const taken = await importWorkspace(target, bytes, { slug: 'ours' }).catch((error: Error) => error);
    expect(taken).toMatchObject({ code: 'archives.slug_taken' });
    const run = await importWorkspace(target, bytes);
    expect(run.result).toMatchObject({
      keptItsId: false,
      renamedLinksTotal: 1,
      newSources: 1,
      workspace: { slug: 'ours-2' },
    });
    const id = run.result?.workspace.id ?? '';
    const [link] = await rowsIn(target, id, 'link');
    expect(link?.slug).toBe(run.result?.renamedLinks[0]?.to);
    expect(link?.slug).toMatch(/^nell-ours-.{6}$/);
    expect(await rowsIn(target, id, 'person')).toMatchObject([{ name: 'Nell "Q" O\'Hara' }]);
  });

  it('carries who must not be contacted as far as the workspace can name them, and leaves out who objected here', async () => {
    const { infra } = source.core;
    const { bar } = await import('#modules/outreach/do-not-contact.ts');
    await infra.db.inWorkspace(filled.id, (tx) =>
      bar(infra, tx, {
        workspaceId: filled.id,
        personId: null,
        emails: ['nell@example.com', 'stranger@example.com'],
        scope: 'all',
        source: 'person',
        reason: 'Asked',
      }),
    );
    const { bytes: barred } = await exportWorkspace(source, 'ours');
    expect(partOf(await readArchiveBytes(barred), 'do_not_contact')).toMatchObject([
      { kind: 'email', email: 'nell@example.com', scope: 'all' },
    ]);
    const kept = await importWorkspace(target, barred);
    expect(kept.result).toMatchObject({ doNotContact: 1, objectors: 0 });

    const { suppress } = await import('#modules/creators/api.ts');
    await target.client('ours').call(suppress, { handle: 'nell', platform: 'instagram', reason: 'objection' });
    const run = await importWorkspace(target, barred);
    expect(run.result).toMatchObject({ objectors: 1, doNotContact: 0 });
    expect(await rowsIn(target, run.result?.workspace.id ?? '', 'person')).toEqual([]);
  });

  it('is refused with what and where when it was changed, cut, made by a newer version or does not fit, and nothing of it stays', async () => {
    const before = await workspacesOf(target);
    const upload = (body: Buffer) =>
      target
        .client()
        .upload(uploadArchive, {}, { body: new Uint8Array(body), fileName: 'x.tar' })
        .then(
          () => 'taken',
          (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
        );
    const flipped = Buffer.from(bytes);
    flipped[Math.floor(bytes.length / 2)] = (flipped[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    expect(await upload(flipped)).toMatch(/^archives.damaged/);
    expect(await upload(bytes.subarray(0, bytes.length - 700))).toMatch(/^archives.damaged/);
    expect(await upload(Buffer.from('handle,followers\n'.repeat(100)))).toMatch(/^archives.not_an_archive/);
    expect(await upload(Buffer.alloc(0))).toMatch(/^archives.empty/);
    const newer = await editArchive(bytes, (manifest) => manifest.migrations.push('9999_from-the-future'));
    expect(await upload(newer)).toMatch(/^archives.newer.*9999_from-the-future/);
    const strange = await editArchive(bytes, (manifest) =>
      manifest.parts.find((one) => one.name === 'person')?.columns.push('aura'),
    );
    expect(await upload(strange)).toMatch(/^archives.other_shape.*person has the column aura/);

    const runWith = async (line: string) =>
      (
        await importWorkspace(target, await editArchive(bytes, () => undefined, new Map([['person', [line]]])), {
          slug: `bad-${randomBytes(4).toString('hex')}`,
        })
      ).error;
    const good = read.parts.get('person')?.[0] ?? '';
    expect(await runWith(good.replace('Nell', 'Ne\\u0000ll'))).toMatch(
      /tables\/person.ndjson.gz, line 1: .*Nothing was written/,
    );
    expect(await runWith('{"id": "per_1", "created_at": "yesterday-ish"}')).toMatch(
      /line 1: .*date\/time|line 1: .*timestamp/,
    );
    expect(await runWith('not json')).toMatch(/line 1/);
    expect(await runWith('{}')).toMatch(/line 1: .*null value/);
    expect(await workspacesOf(target)).toEqual(before);
  });

  it('of an older version is taken in by named columns, what is newer by its default', async () => {
    const lines = (read.parts.get('person') ?? []).map((line) => {
      const { interests: _a, contacts: _b, is_open_to_gifting: _c, ...older } = JSON.parse(line);
      return JSON.stringify(older);
    });
    const gone = new Set(['interests', 'contacts', 'is_open_to_gifting']);
    const older = await editArchive(
      bytes,
      (manifest) => {
        manifest.migrations = manifest.migrations.filter((name) => !name.startsWith('0173'));
        manifest.parts = manifest.parts.filter((part) => part.name !== 'webhook_endpoint');
        for (const part of manifest.parts)
          if (part.name === 'person') part.columns = part.columns.filter((column) => !gone.has(column));
      },
      new Map([['person', lines]]),
    );
    const run = await importWorkspace(source, older);
    expect(run.error).toBeNull();
    expect(await rowsIn(source, run.result?.workspace.id ?? '', 'person')).toMatchObject([
      { interests: [], is_open_to_gifting: null },
    ]);
  });

  it('is made, downloaded and removed by owners and admins only, taken in by the owner of the installation only, all on record', async () => {
    const client = source.client('ours');
    const { archive } = await exportWorkspace(source, 'ours');
    const asked = await client.call(createApiKey, { name: 'Reads', scopes: ['workspace:read', 'campaigns:write'] });
    const answer = await source.fetch(
      new Request(`http://localhost:4600/api/v1/archives/${archive.id}/download`, {
        method: 'POST',
        headers: { authorization: `Bearer ${asked.key}`, 'content-type': 'application/json' },
        body: '{}',
      }),
    );
    expect(answer.status).toBe(403);
    const all = await client.call(createApiKey, { name: 'All', scopes: ['all'] });
    const refused = await source.fetch(
      new Request('http://localhost:4600/api/v1/archive-imports', {
        method: 'POST',
        headers: { authorization: `Bearer ${all.key}` },
        body: new Uint8Array(bytes),
      }),
    );
    expect(refused.status).toBe(403);
    await client.call(removeArchive, { archiveId: archive.id });
    await expect(client.open(downloadArchive, { archiveId: archive.id })).rejects.toMatchObject({
      code: 'archives.not_ready',
    });
    const trail = await client.call(listAudit, { subjectId: archive.id });
    expect(trail.rows.map((row) => row.action)).toEqual(['archive.removed', 'archive.downloaded', 'archive.started']);
  });

  it('keeps no half when a run is cut off: the row says so, the file goes, the workspace was never there', async () => {
    const { infra } = target.core;
    const before = await workspacesOf(target);
    const { id } = await target
      .client()
      .upload(uploadArchive, {}, { body: new Uint8Array(bytes), fileName: 'cut.tar' });
    // As a process leaves it that was killed in the middle: its transaction is gone, its lease runs out.
    await infra.db.asSystem((tx) =>
      sql`update archive_import set state = 'running', lease_until = now() - interval '1 minute' where id = ${id}`.execute(
        tx,
      ),
    );
    await infra.db.asSystem((tx) =>
      sql`insert into workspace_archive (workspace_id, id, state, step, created_by, created_by_name, created_at, lease_until) values (${filled.id}, 'arc_cut', 'running', 'x', '', '', now(), now() - interval '1 minute')`.execute(
        tx,
      ),
    );
    await tidy(infra);
    const { rows } = await target.client('ours').call(listArchives, {});
    expect(rows.find((row) => row.id === 'arc_cut')).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(/Begin again/),
    });
    await expect(target.client().call(cancelArchiveImport, { archiveImportId: id })).rejects.toMatchObject({
      code: 'archives.not_running',
    });
    expect(await workspacesOf(target)).toEqual(before);
    // It can be begun again from the same upload.
    await target
      .client()
      .call(startArchiveImport, { archiveImportId: id, slug: `again-${randomBytes(3).toString('hex')}` });
  });

  it('made twice at once is made once', async () => {
    const client = source.client('ours');
    const answers = await Promise.allSettled([client.call(startArchive, {}), client.call(startArchive, {})]);
    const begun = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(begun).toHaveLength(1);
    expect(refused).toEqual(['archives.already_running']);
    await expect
      .poll(async () => (await client.call(getArchive, { archiveId: begun[0]?.id ?? '' })).state, { timeout: 20_000 })
      .toBe('ready');
  });

  it('brings back every value as it was: words of all scripts, quotes, line ends, large and endless numbers, bytes, lists, days without end', async () => {
    const word = fc
      .string({ unit: 'binary', maxLength: 12 })
      .map((text) => text.replaceAll('\u0000', '').toWellFormed());
    const value = fc.record({
      name: word,
      tags: fc.array(word, { maxLength: 4 }),
      custom: fc.jsonValue({ maxDepth: 2, noUnicodeString: false }).map((json) =>
        JSON.stringify(json)
          .replaceAll('\\u0000', '')
          .replaceAll(/\\ud[89a-f]../gi, ''),
      ),
      followers: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      rate: fc.double(),
      target: fc
        .tuple(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.nat({ max: 10 }))
        .map(([whole, digits]) => `${whole}.${'0123456789'.slice(0, digits)}1`),
      body: fc.uint8Array({ maxLength: 20 }).map((one) => Buffer.from(one)),
      options: fc
        .array(fc.tuple(word, fc.nat()), { maxLength: 3 })
        .map((pairs) => JSON.stringify(Object.fromEntries(pairs), null, 1)),
      at: fc.constantFrom(
        'infinity',
        '-infinity',
        '0044-03-15 00:00:00 BC',
        '2026-02-28T23:59:59.123456+05:30',
        '9999-12-31',
      ),
      day: fc.constantFrom('infinity', '-infinity', '0001-01-01', '2026-02-28'),
    });
    const values = fc.sample(value, { numRuns: 150, seed: 7 });
    const slug = `awkward-${randomBytes(3).toString('hex')}`;
    const id = await source.database.createWorkspace(slug);
    await source.core.infra.db.asSystem(async (tx) => {
      await sql`insert into campaign (workspace_id, id, name, model, state, starts_on, ends_on, currency, created_by) values (${id}, 'cmp_a', 'A', 'sponsored', 'draft', '2026-01-01', '2026-12-31', 'USD', '')`.execute(
        tx,
      );
      await sql`insert into order_source (workspace_id, id, name, kind, created_by) values (${id}, ${`src_${slug}`}, 'A', 'csv', '')`.execute(
        tx,
      );
      await sql`insert into product (workspace_id, id, name, state, created_by, created_at, updated_at) values (${id}, 'prd_a', 'A', 'active', '', now(), now())`.execute(
        tx,
      );
      for (const [at, one] of values.entries()) {
        await sql`insert into person (workspace_id, id, name, tags, custom) values (${id}, ${`per_${at}`}, ${one.name}, ${one.tags}, ${one.custom}::jsonb)`.execute(
          tx,
        );
        await sql`insert into profile (workspace_id, id, person_id, platform, handle, handle_key, source, source_row_hash) values (${id}, ${`prf_${at}`}, ${`per_${at}`}, 'instagram', ${`h${at}`}, ${`h${at}`}, 'x', ${one.body})`.execute(
          tx,
        );
        await sql`insert into profile_metric (workspace_id, profile_id, followers, engagement_rate) values (${id}, ${`prf_${at}`}, ${one.followers.toString()}::bigint, ${String(one.rate)}::double precision)`.execute(
          tx,
        );
        await sql`insert into campaign_goal (workspace_id, id, campaign_id, family, metric, target, starts_on, due_on, is_main) values (${id}, ${`goal_${at}`}, 'cmp_a', 'sales', ${`m${at}`}, ${one.target}::numeric, '-infinity', ${one.day}::date, false)`.execute(
          tx,
        );
        await sql`insert into order_intake (workspace_id, source_id, delivery_id, received_at, body) values (${id}, ${`src_${slug}`}, ${`d${at}`}, ${one.at}::timestamptz, ${one.body})`.execute(
          tx,
        );
        await sql`insert into product_variant (workspace_id, id, product_id, options, title, currency, sort, state, updated_at) values (${id}, ${`var_${at}`}, 'prd_a', ${one.options}::json, 'x', 'USD', 0, 'active', now())`.execute(
          tx,
        );
      }
    });
    const first = await exportWorkspace(source, slug);
    const run = await importWorkspace(target, first.bytes);
    expect(run.error).toBeNull();
    for (const table of ['person', 'profile', 'profile_metric', 'campaign_goal', 'order_intake', 'product_variant']) {
      const prints = await Promise.all(
        [source, target].map((test) =>
          test.core.infra.db.asSystem((tx) =>
            sql`select md5(replace(replace(t::text, chr(10), ' '), chr(13), ' ')) as print from ${sql.table(table)} t where workspace_id = ${id} order by 1`.execute(
              tx,
            ),
          ),
        ),
      );
      expect(prints[0]?.rows, table).toHaveLength(150);
      expect(prints[1]?.rows, table).toEqual(prints[0]?.rows);
    }
  }, 60_000);
});
