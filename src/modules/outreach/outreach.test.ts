import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test as it } from 'vitest';
import type { Client } from '#client/client.ts';
import { createSafeFetch } from '#infra/fetch/safe-fetch.ts';
import { apiPrefix } from '#kernel/endpoint.ts';
import { newId } from '#kernel/id.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { type ImapServer, noImapServer, openImapServer } from '#tests/support/imap-server.ts';
import { bounceReport, letter } from '#tests/support/letters.ts';
import { addressOf, type MailSink, openMailSink } from '#tests/support/mail-sink.ts';
import * as api from './api.ts';

// A Monday, 10:00, some weeks ago: mails that the servers stamp with the real time lie after it.
const monday = (() => {
  const day = new Date(Date.now() - 35 * 86_400_000);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  day.setUTCHours(10, 0, 0, 0);
  return day.getTime();
})();
const minute = 60_000;
const day = 86_400_000;

describe.skipIf(noImapServer !== null)('outreach through a real SMTP and a real IMAP server', () => {
  let test: TestCore;
  let sink: MailSink;
  let imap: ImapServer;
  let client: Client;
  let workspaceId: string;
  let box: string;
  let now = new Date(monday);
  let letters = 0;
  let tokenServer: Server;
  let tokenUrl: string;
  /** Refresh tokens that hold, and what was asked for. */
  const refreshTokens = new Set(['refresh-1']);
  const asked: string[] = [];

  beforeAll(async () => {
    tokenServer = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const given = new URLSearchParams(Buffer.concat(chunks).toString()).get('refresh_token') ?? '';
      asked.push(given);
      const isKnown = refreshTokens.has(given);
      // A provider that gives a new refresh token with each use, and takes the old one no more.
      refreshTokens.delete(given);
      const next = `${given}+`;
      if (isKnown) refreshTokens.add(next);
      response.writeHead(isKnown ? 200 : 400, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          isKnown
            ? { access_token: 'token-2', expires_in: 3600, refresh_token: next }
            : { error: 'invalid_grant', error_description: 'Token was revoked' },
        ),
      );
    });
    await new Promise<void>((resolve) => tokenServer.listen(0, '127.0.0.1', () => resolve()));
    const address = tokenServer.address();
    const host = `127.0.0.1:${address === null || typeof address === 'string' ? 0 : address.port}`;
    tokenUrl = `http://${host}/token`;
    imap = await openImapServer();
    sink = await openMailSink({ login: { password: imap.password, accessToken: 'token-2' } });
    test = await openTestCore({
      clock: { now: () => now },
      env: { RAPPORT_MAIL_HOSTS: '127.0.0.1' },
      fetch: createSafeFetch({ allowedLocal: [host] }),
    });
  });
  afterAll(async () => {
    await test.close();
    await sink.close();
    await imap.close();
    await new Promise((resolve) => tokenServer.close(resolve));
  });
  beforeEach(async () => {
    now = new Date(monday);
    sink.mails.length = 0;
    sink.refuse({ status: 250, message: '', times: 0 });
    const slug = `w-${randomBytes(4).toString('hex')}`;
    workspaceId = await test.database.createWorkspace(slug);
    client = test.client(slug);
    box = `team-${slug}@brand.example`;
    const postalAddress = 'Slow Mornings, 3 Quay Street, Cork, Ireland';
    await client.call(api.saveOutreachSettings, { postalAddress, pitch: 'We sell sourdough starters.' });
  });

  const connect = (more: object = {}) =>
    client.call(api.connectMailbox, {
      address: box,
      senderName: 'Ada of Slow Mornings',
      password: imap.password,
      smtp: { host: '127.0.0.1', port: sink.port, isTls: false },
      imap: { host: '127.0.0.1', port: imap.port, isTls: false },
      rampStart: 100,
      dailyLimit: 100,
      gapSeconds: 0,
      ...more,
    });
  /** A creator with an address of their own. */
  async function creator(name: string | null, emails?: string[]): Promise<{ id: string; email: string }> {
    letters += 1;
    const id = newId('person');
    const email = `c${letters}-${id.slice(-6)}@creator.example`;
    const handle = `h${letters}${id.slice(-6)}`;
    await test.database.db.asSystem(async (tx) => {
      await tx
        .insertInto('person')
        .values({ workspace_id: workspaceId, id, name, emails: emails ?? [email] })
        .execute();
      await tx
        .insertInto('profile')
        .values({
          workspace_id: workspaceId,
          id: `prf_${id}`,
          person_id: id,
          platform: 'instagram',
          handle,
          handle_key: handle,
          source: 'test',
        })
        .execute();
    });
    return { id, email: emails?.[0] ?? email };
  }
  const steps = [
    { waitDays: 0, subject: 'Bread, {{first_name}}?', body: 'Hi {{first_name}}, {{pitch}}' },
    { waitDays: 2, subject: null, body: 'Did this reach you, {{first_name}}?' },
  ];
  /** Plans, sends and follows until nothing is due, as the jobs do. */
  async function run(): Promise<void> {
    await test.core.modules.outreach.runDueSteps();
    await settleMail();
    await test.core.infra.outbox.settle();
  }
  async function settleMail(): Promise<void> {
    await test.core.infra.mail.sendDue();
    const busy = () =>
      test.database.db.asSystem((tx) =>
        tx.selectFrom('mail_out').select('id').where('state', '=', 'sending').execute(),
      );
    await expect.poll(busy).toEqual([]);
  }
  const ours = () => sink.mails.filter((mail) => mail.envelopeFrom === box);
  const sentTo = (email: string) => sink.mails.filter((mail) => mail.envelopeTo.includes(email));
  const idOf = (email: string, at = 0) => sentTo(email)[at]?.parsed.messageId ?? '';
  async function deliver(
    from: string,
    of: { text: string; inReplyTo?: string; subject?: string; headers?: string[]; id?: string },
  ): Promise<string> {
    letters += 1;
    const id = of.id ?? `<in-${letters}-${randomBytes(3).toString('hex')}@creator.example>`;
    const { text, inReplyTo, headers = [], subject = 'Re: something else' } = of;
    await imap.deliver(box, letter({ from, to: box, subject, text, id, at: now, inReplyTo, headers }));
    return id;
  }
  async function sync(): Promise<{ read: number; kept: number }> {
    const [first] = (await client.call(api.listMailboxes, {})).rows;
    const answer = await client.call(api.syncMailbox, { mailboxId: first?.id ?? '' });
    await test.core.infra.outbox.settle();
    return answer;
  }
  const runsOf = async (mailingId: string) => (await client.call(api.listMailingRuns, { mailingId })).rows;
  const events = (name: string) =>
    test.database.db.asSystem((tx) =>
      tx
        .selectFrom('outbox')
        .select('payload')
        .where('workspace_id', '=', workspaceId)
        .where('name', '=', name)
        .execute(),
    );

  it('a wrong password is told in the server’s words, and nothing is kept', async () => {
    await expect(connect({ password: 'wrong' })).rejects.toMatchObject({
      code: 'outreach.not_connected',
      message: expect.stringContaining('does not accept the login'),
    });
    await expect(connect({ smtp: { host: '10.1.2.3', port: 25, isTls: false } })).rejects.toThrow(
      'not on the public internet',
    );
    expect((await client.call(api.listMailboxes, {})).rows).toEqual([]);
  });

  it('a password is sealed, and no answer gives it back', async () => {
    const mailbox = await connect();
    expect(JSON.stringify(mailbox)).not.toContain(imap.password);
    const row = await test.database.db.asSystem((tx) =>
      tx.selectFrom('mailbox').select('sealed').where('workspace_id', '=', workspaceId).executeTakeFirstOrThrow(),
    );
    expect(row.sealed.toString('utf8')).not.toContain(imap.password);
  });

  it('a mailbox signs in by XOAUTH2, keeps the provider’s new refresh token, and says so when it is revoked', async () => {
    const oauth = { auth: 'oauth' as const, clientId: 'app', refreshToken: 'refresh-1', tokenUrl, imap: null };
    await expect(connect({ ...oauth, refreshToken: 'stolen' })).rejects.toThrow('Token was revoked');
    await connect(oauth);
    const nell = await creator('Nell Quinn');
    await client.call(api.startMailing, { personIds: [nell.id], steps });
    now = new Date(monday + 2 * 60 * minute);
    await run();
    expect(sentTo(nell.email)).toHaveLength(1);
    // Tried once to connect and once more an hour later, each time with the newest.
    expect(asked.filter((token) => token.startsWith('refresh'))).toEqual(['refresh-1', 'refresh-1+']);
    refreshTokens.clear();
    now = new Date(monday + 3 * day);
    await run();
    const [mailbox] = (await client.call(api.listMailboxes, {})).rows;
    expect(mailbox).toMatchObject({ state: 'broken', fault: expect.stringContaining('Token was revoked') });
    expect(sentTo(nell.email)).toHaveLength(1);
    expect(await events('mailbox.broken')).toHaveLength(1);
  });

  it('five hundred creators are begun at once, none twice, and cancelled at once', async () => {
    await connect();
    const people = await test.database.db.asSystem(async (tx) => {
      const rows = Array.from({ length: 500 }, (_, at) => ({
        workspace_id: workspaceId,
        id: newId('person'),
        name: `Person Doe`,
        emails: [`bulk${at}@${workspaceId.slice(-8)}.example`],
      }));
      await tx.insertInto('person').values(rows).execute();
      return rows.map((row) => row.id);
    });
    const one = [{ waitDays: 0, subject: 'Hi', body: 'Hello {{first_name}}' }];
    now = new Date(monday + 12 * 60 * minute);
    const { mailing, started } = await client.call(api.startMailing, { personIds: people, steps: one });
    expect(started).toBe(500);
    await expect(client.call(api.startMailing, { personIds: people, steps: one })).rejects.toMatchObject({
      code: 'outreach.not_ready',
    });
    expect(await client.call(api.cancelMailing, { mailingId: mailing.id })).toEqual({ stopped: 500 });
    expect(await client.call(api.cancelMailing, { mailingId: mailing.id })).toEqual({ stopped: 0 });
    await expect(
      client.call(api.startMailing, { personIds: [...people, 'per_more'], steps: one }),
    ).rejects.toMatchObject({
      code: 'request.invalid',
    });
  });

  it('a sequence sends its first mail with the way out, waits its days, and answers in its own thread', async () => {
    await connect({ signature: 'Ada\nSlow Mornings' });
    const nell = await creator('Nell Quinn');
    const { mailing } = await client.call(api.startMailing, { personIds: [nell.id], steps });
    await run();
    await run();
    expect(sentTo(nell.email)).toHaveLength(1);
    const [first] = sentTo(nell.email);
    expect(first?.parsed.subject).toBe('Bread, Nell?');
    expect(addressOf(first?.parsed.from && [first.parsed.from])).toBe(box);
    expect(first?.parsed.text).toContain('Hi Nell, We sell sourdough starters.');
    expect(first?.parsed.text).toContain('3 Quay Street, Cork');
    expect(first?.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/im);
    expect(first?.raw).toMatch(/^List-Unsubscribe: <http:\/\/localhost:4600\/api\/v1\/unsubscribe\/[^>]+>/im);
    now = new Date(monday + 2 * day - minute);
    await run();
    expect(sentTo(nell.email)).toHaveLength(1);
    now = new Date(monday + 2 * day + minute);
    await run();
    const [, second] = sentTo(nell.email);
    expect(second?.parsed.subject).toBe('Re: Bread, Nell?');
    expect(second?.parsed.inReplyTo).toBe(first?.parsed.messageId);
    expect((await runsOf(mailing.id))[0]).toMatchObject({ state: 'done' });
    expect((await client.call(api.listMailings, {})).rows[0]).toMatchObject({ state: 'done', begun: 1 });
    expect(await events('mail.sent')).toHaveLength(2);
  });

  it('opens are counted only where a workspace asks for it, once a mail, and a picture tells nobody anything', async () => {
    await connect();
    const nell = await creator('Nell Quinn');
    await client.call(api.startMailing, { personIds: [nell.id], steps });
    await run();
    expect(sentTo(nell.email)[0]?.raw).not.toContain('/outreach/picture/');
    expect((await client.call(api.listMailings, {})).rows[0]?.stats.opened).toBeNull();
    await client.call(api.saveOutreachSettings, { tracksOpens: true });
    const tom = await creator('Tom Reed');
    const { mailing } = await client.call(api.startMailing, { personIds: [tom.id], steps });
    await run();
    const html = sentTo(tom.email)[0]?.parsed.html;
    const url = /src="([^"]+\/outreach\/picture\/[^"]+)"/.exec(html === false ? '' : (html ?? ''))?.[1] ?? '';
    const load = async (address: string) => {
      const answer = await test.fetch(new Request(address));
      return [answer.status, Buffer.from(await answer.arrayBuffer()).toString('hex')];
    };
    const shown = await load(url);
    now = new Date(monday + day);
    expect(await load(url)).toEqual(shown);
    expect(await load(url.replace(/[^/]+$/, 'somebody-elses'))).toEqual(shown);
    const counted = (await client.call(api.listMailings, {})).rows.find((one) => one.id === mailing.id);
    expect(counted?.stats.opened).toMatchObject({ count: 1, n: 1 });
  });

  it('an answer ends the sequence, goes into its thread by its headers though the subject is another, and waits for us', async () => {
    await connect();
    const nell = await creator('Nell Quinn');
    const { mailing } = await client.call(api.startMailing, { personIds: [nell.id], steps });
    await run();
    now = new Date(monday + 60 * minute);
    await deliver('Nell <nell.private@elsewhere.example>', {
      text: 'Yes, gladly!\n\nOn Mon, Ada wrote:\n> Hi Nell',
      inReplyTo: idOf(nell.email),
    });
    expect(await sync()).toEqual({ read: 1, kept: 1 });
    expect(await sync()).toEqual({ read: 0, kept: 0 });
    const [thread] = (await client.call(api.listThreads, { box: 'waiting' })).rows;
    expect(thread).toMatchObject({ personId: nell.id, subject: 'Bread, Nell?', messages: 2, isUnread: true });
    const opened = await client.call(api.getThread, { threadId: thread?.id ?? '' });
    expect(opened.messages.map((one) => [one.direction, one.text.split('\n')[0]])).toEqual([
      ['out', 'Hi Nell, We sell sourdough starters.'],
      ['in', 'Yes, gladly!'],
    ]);
    expect(opened.messages[1]?.quoted).toContain('> Hi Nell');
    expect((await runsOf(mailing.id))[0]?.state).toBe('replied');
    expect(await events('mail.replied')).toHaveLength(1);
    now = new Date(monday + 10 * day);
    await run();
    expect(sentTo(nell.email)).toHaveLength(1);
    const answered = { threadId: thread?.id ?? '', text: 'Lovely. Shall we talk?', key: 'press-once' };
    const [one, two] = [await client.call(api.replyToThread, answered), await client.call(api.replyToThread, answered)];
    expect(two.id).toBe(one.id);
    await run();
    const reply = sentTo(nell.email)[1];
    expect(reply?.parsed.references).toContain(idOf(nell.email));
    expect(reply?.raw).not.toMatch(/^List-Unsubscribe/im);
    expect((await client.call(api.listThreads, { box: 'waiting' })).rows).toEqual([]);
  });

  it('an auto-reply is kept, ends nothing and tells nobody', async () => {
    await connect();
    const nell = await creator('Nell Quinn');
    const { mailing } = await client.call(api.startMailing, { personIds: [nell.id], steps });
    await run();
    await deliver(nell.email, {
      text: 'I am away',
      inReplyTo: idOf(nell.email),
      headers: ['Auto-Submitted: auto-replied'],
    });
    expect(await sync()).toEqual({ read: 1, kept: 1 });
    expect((await runsOf(mailing.id))[0]?.state).toBe('waiting');
    expect(await events('mail.replied')).toEqual([]);
    expect((await client.call(api.countThreads, {})).waiting).toBe(0);
  });

  it('two programs that answer each other tell nobody after twenty messages in an hour', async () => {
    await connect();
    const nell = await creator('Nell Quinn');
    for (let at = 0; at < 23; at += 1) await deliver(nell.email, { text: `Ticket ${at} received` });
    expect(await sync()).toEqual({ read: 23, kept: 23 });
    expect(await events('mail.replied')).toHaveLength(20);
  });

  it('a bounce stops the creator, names the address for good, and is counted with its base', async () => {
    await connect();
    const nell = await creator('Nell Quinn');
    const { mailing } = await client.call(api.startMailing, { personIds: [nell.id], steps });
    await run();
    const report = { to: box, recipient: nell.email, originalId: idOf(nell.email), at: now };
    await imap.deliver(box, bounceReport({ ...report, id: '<d1@mx.example>', status: '4.4.1' }));
    await sync();
    expect((await runsOf(mailing.id))[0]?.state).toBe('waiting');
    await imap.deliver(box, bounceReport({ ...report, id: '<d2@mx.example>' }));
    expect(await sync()).toEqual({ read: 1, kept: 1 });
    expect((await runsOf(mailing.id))[0]).toMatchObject({
      state: 'bounced',
      why: expect.stringContaining('no such user'),
    });
    expect((await client.call(api.listMailings, {})).rows[0]?.stats.bounced).toEqual({ count: 1, n: 1, share: null });
    const again = await client.call(api.previewMailing, { personIds: [nell.id], steps });
    expect(again.rows[0]?.problems[0]).toContain('came back');
    expect(await events('mail.bounced')).toHaveLength(1);
  });

  it('reading a folder that was made anew brings nothing twice, and letters of strangers are not kept', async () => {
    await connect();
    const nell = await creator('Nell Quinn');
    await deliver(nell.email, { text: 'Hello from me first', subject: 'A question' });
    await deliver('stranger@shop.example', { text: 'Buy now' });
    expect(await sync()).toEqual({ read: 2, kept: 1 });
    await test.database.db.asSystem((tx) =>
      tx
        .updateTable('mailbox_folder')
        .set({ uid_validity: 7n, synced_at: new Date() })
        .where('workspace_id', '=', workspaceId)
        .execute(),
    );
    expect(await sync()).toEqual({ read: 2, kept: 0 });
    expect((await client.call(api.listThreads, { box: 'all' })).rows).toMatchObject([
      { personId: nell.id, messages: 1 },
    ]);
  });

  it('what a person sends from their own mail program stands in the thread too', async () => {
    await connect();
    const nell = await creator('Nell Quinn');
    await deliver(nell.email, { text: 'Are you there?' });
    await sync();
    now = new Date(monday + 5 * minute);
    await imap.deliver(
      box,
      letter({
        from: box,
        to: nell.email,
        subject: 'Re: hi',
        text: 'Yes!',
        id: `<own-${workspaceId}@brand.example>`,
        at: now,
      }),
      'Sent',
    );
    expect((await sync()).kept).toBe(1);
    expect((await client.call(api.listThreads, { box: 'all' })).rows[0]).toMatchObject({
      messages: 2,
      waitingSince: null,
      lastDirection: 'out',
    });
  });

  it('one click unsubscribes in every workspace, looking at the link changes nothing, and contracts still arrive', async () => {
    await connect();
    const nell = await creator('Nell Quinn');
    const { mailing } = await client.call(api.startMailing, { personIds: [nell.id], steps });
    await run();
    const url = /^List-Unsubscribe: <([^>]+)>/im.exec(sentTo(nell.email)[0]?.raw ?? '')?.[1] ?? '';
    const look = await test.fetch(new Request(url));
    expect(await look.json()).toMatchObject({
      data: {
        isUnsubscribed: false,
        address: expect.stringMatching(/^..…@creator\.example$/),
      },
    });
    expect((await runsOf(mailing.id))[0]?.state).toBe('waiting');
    const press = () =>
      test.fetch(
        new Request(url, {
          method: 'POST',
          body: 'List-Unsubscribe=One-Click',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }),
      );
    expect((await press()).status).toBe(200);
    expect((await press()).status).toBe(200);
    expect((await runsOf(mailing.id))[0]?.state).toBe('unsubscribed');
    expect(await events('mail.unsubscribed')).toHaveLength(1);
    // Another workspace that knows the same address under another name.
    const other = test.client(`o-${workspaceId.slice(-8)}`);
    const otherId = await test.database.createWorkspace(`o-${workspaceId.slice(-8)}`);
    const personId = newId('person');
    await test.database.db.asSystem((tx) =>
      tx
        .insertInto('person')
        .values({ workspace_id: otherId, id: personId, name: 'N. Q.', emails: [nell.email.toUpperCase()] })
        .execute(),
    );
    const seen = await other.call(api.previewMailing, { personIds: [personId], steps });
    expect(seen.rows[0]?.problems).toContain('Asked for no more mails like this');
    await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
      test.core.infra.mail.queue(tx, {
        workspaceId,
        to: nell.email,
        subject: 'Your contract',
        text: 'Here',
        kind: 'transactional',
        key: 'contract',
      }),
    );
    await settleMail();
    expect(sentTo(nell.email).map((mail) => mail.parsed.subject)).toContain('Your contract');
    const forged = await test.fetch(new Request(`${url.slice(0, -3)}abc`, { method: 'POST' }));
    expect(forged.status).toBe(404);
  });

  it('"stop" as an answer is honoured, and "not at all" holds back contracts too', async () => {
    await connect();
    const nell = await creator('Nell Quinn');
    await client.call(api.startMailing, { personIds: [nell.id], steps });
    await run();
    await deliver(nell.email, { text: 'Unsubscribe please', inReplyTo: idOf(nell.email) });
    await sync();
    expect(await client.call(api.checkDoNotContact, { personId: nell.id })).toMatchObject({ scope: 'outreach' });
    await client.call(api.addDoNotContact, { personId: nell.id, scope: 'all' });
    expect(await client.call(api.checkDoNotContact, { email: nell.email })).toMatchObject({ scope: 'all' });
    await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
      test.core.infra.mail.queue(tx, {
        workspaceId,
        to: nell.email,
        subject: 'Contract',
        text: 'x',
        kind: 'transactional',
        key: 'c2',
      }),
    );
    await settleMail();
    expect(sentTo(nell.email).map((mail) => mail.parsed.subject)).not.toContain('Contract');
    const rows = await test.database.db.asSystem((tx) => tx.selectFrom('do_not_contact').selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain('creator.example');
  });

  it('a preview refuses a mail with a gap, and a start leaves out nobody in silence', async () => {
    await connect();
    const [nell, lab, none] = [
      await creator('Nell Quinn'),
      await creator('The Bread Lab'),
      await creator('Tom Day', []),
    ];
    const personIds = [nell.id, lab.id, none.id];
    const preview = await client.call(api.previewMailing, { personIds, steps });
    expect(preview.ready).toBe(1);
    expect(preview.rows.map((row) => row.problems[0] ?? null)).toEqual([
      null,
      expect.stringContaining('{{first_name}} is not known'),
      'No e-mail address is known',
    ]);
    expect(preview.rows[1]?.messages).toBeNull();
    await expect(client.call(api.startMailing, { personIds, steps })).rejects.toMatchObject({
      code: 'outreach.not_ready',
    });
    const started = await client.call(api.startMailing, { personIds, steps, leavesOut: true });
    expect([started.started, started.leftOut.map((row) => row.name)]).toEqual([1, ['The Bread Lab', 'Tom Day']]);
    const bad = [{ waitDays: 0, subject: 'Hi {{firstname}}', body: 'x' }];
    await expect(client.call(api.previewMailing, { personIds, steps: bad })).rejects.toMatchObject({
      code: 'outreach.bad_template',
    });
    const injected = [{ waitDays: 0, subject: 'Hi\r\nBcc: victim@example.com', body: 'x' }];
    await expect(client.call(api.previewMailing, { personIds, steps: injected })).rejects.toMatchObject({
      code: 'request.invalid',
    });
  });

  it('a name from a file adds no header', async () => {
    await connect();
    const evil = await creator('Nell\r\nBcc: victim@example.com');
    const plain = [{ waitDays: 0, subject: 'Hi {{name}}', body: 'Hello {{name}}' }];
    await client.call(api.startMailing, { personIds: [evil.id], steps: plain });
    await run();
    expect(ours().flatMap((mail) => mail.envelopeTo)).toEqual([evil.email]);
    expect(sentTo(evil.email)[0]?.parsed.subject).toBe('Hi Nell Bcc: victim@example.com');
    expect(sentTo(evil.email)[0]?.parsed.bcc).toBeUndefined();
  });

  it('without a postal address no outreach is sent', async () => {
    await connect();
    await client.call(api.saveOutreachSettings, { postalAddress: null });
    const nell = await creator('Nell Quinn');
    expect((await client.call(api.previewMailing, { personIds: [nell.id], steps })).blockers[0]).toContain(
      'postal address',
    );
    await expect(client.call(api.startMailing, { personIds: [nell.id], steps })).rejects.toMatchObject({
      code: 'outreach.no_postal_address',
    });
  });

  it('a mailing keeps to the limit of each day and to sending hours, and can be cancelled', async () => {
    const mailbox = await connect({ rampStart: 3, rampStep: 2, dailyLimit: 5 });
    const people: { id: string; email: string }[] = [];
    for (let at = 0; at < 12; at += 1) people.push(await creator(`Person${at === 0 ? '' : 'a'} Doe`));
    const one = [{ waitDays: 0, subject: 'Hi', body: 'Hello {{first_name}}' }];
    const { mailing } = await client.call(api.startMailing, {
      personIds: people.map((person) => person.id),
      steps: one,
    });
    const perDay: number[] = [];
    for (let at = 0; at < 3; at += 1) {
      now = new Date(monday + at * day);
      const before = ours().length;
      await run();
      await run();
      perDay.push(ours().length - before);
    }
    expect(perDay).toEqual([3, 5, 4]);
    const after = (await client.call(api.listMailingRuns, { mailingId: mailing.id })).mailing;
    expect(after).toMatchObject({ creators: 12, begun: 12, ended: 12, state: 'done' });
    // Evening: nothing goes out before the next opening.
    now = new Date(monday + 3 * day + 10 * 60 * minute);
    const late = await creator('Late Doe');
    const second = await client.call(api.startMailing, { personIds: [late.id], steps: one });
    await run();
    expect(sentTo(late.email)).toHaveLength(0);
    expect(await client.call(api.cancelMailing, { mailingId: second.mailing.id })).toEqual({ stopped: 1 });
    now = new Date(monday + 4 * day);
    await run();
    expect(sentTo(late.email)).toHaveLength(0);
    expect(await client.call(api.removeMailbox, { mailboxId: mailbox.id })).toEqual({ stopped: 0 });
  });

  it('a draft speaks of a real post and is sent only when a person approves it', async () => {
    await connect();
    const nell = await creator('Nell Quinn');
    const silent = await creator('Tom Day');
    await test.database.db.asSystem((tx) =>
      tx
        .insertInto('post')
        .values({
          workspace_id: workspaceId,
          id: newId('post'),
          profile_id: `prf_${nell.id}`,
          external_id: 'p1',
          posted_at: new Date(monday - day),
          caption: 'Sourdough starters need patience. #bread',
          format: 'reel',
          source: 'test',
          observed_at: now,
        })
        .execute(),
    );
    const { made, leftOut } = await client.call(api.proposeDrafts, { personIds: [nell.id, silent.id] });
    expect(leftOut).toMatchObject([{ name: 'Tom Day', reason: expect.stringContaining('No unpaid post') }]);
    expect(made[0]?.text).toContain('"Sourdough starters need patience"');
    expect(made[0]?.madeFrom?.how).toContain('"sourdough"');
    await run();
    expect(ours()).toHaveLength(0);
    const messageId = made[0]?.id ?? '';
    await client.call(api.changeDraft, { messageId, text: 'Hi Nell, {{not a field}} your starters!' });
    await client.call(api.approveDraft, { messageId });
    await expect(client.call(api.approveDraft, { messageId })).rejects.toMatchObject({ code: 'outreach.not_a_draft' });
    await run();
    expect(sentTo(nell.email)[0]?.parsed.text).toMatch(/Hi Nell, \{.?\{not a field\}.?\} your starters!/);
    expect((await client.call(api.listDrafts, {})).rows).toEqual([]);
  });

  it('a call is noted with its outcome, makes the creator a contacted one, and never lies in the future', async () => {
    const nell = await creator('Nell Quinn');
    const call = {
      personId: nell.id,
      channel: 'phone',
      direction: 'out',
      note: 'Will think about it',
      outcome: 'call_back',
    } as const;
    await client.call(api.logTouch, call);
    const later = new Date(now.getTime() + minute).toISOString();
    await expect(client.call(api.logTouch, { ...call, at: later })).rejects.toMatchObject({
      code: 'outreach.bad_time',
    });
    const facts = await test.database.db.asSystem((tx) =>
      tx.selectFrom('person_fact').select(['name', 'value']).where('person_id', '=', nell.id).orderBy('name').execute(),
    );
    expect(facts).toEqual([
      { name: 'contacted', value: true },
      { name: 'last_contacted_at', value: now.toISOString() },
    ]);
  });

  it('with an erased creator all letters go, also from the queue’s memory', async () => {
    await connect();
    const nell = await creator('Nell Quinn');
    await client.call(api.startMailing, { personIds: [nell.id], steps });
    await run();
    await test.database.db.asSystem(async (tx) => {
      await tx.deleteFrom('person').where('workspace_id', '=', workspaceId).where('id', '=', nell.id).execute();
      await test.core.infra.outbox.emit(tx, {
        workspaceId,
        name: 'creators.removed',
        payload: { personIds: [nell.id] },
      });
    });
    await test.core.infra.outbox.settle();
    for (const table of ['mail_thread', 'mail_message', 'mailing_run', 'mail_out'] as const) {
      const rows = await test.database.db.asSystem((tx) =>
        tx.selectFrom(table).selectAll().where('workspace_id', '=', workspaceId).execute(),
      );
      expect(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toContain(
        nell.email,
      );
    }
  });

  it('another workspace’s thread, mailing and mailbox are as missing ones', async () => {
    const mailbox = await connect();
    const nell = await creator('Nell Quinn');
    const { mailing } = await client.call(api.startMailing, { personIds: [nell.id], steps });
    await run();
    const [thread] = (await client.call(api.listThreads, {})).rows;
    const slug = `x-${workspaceId.slice(-8)}`;
    await test.database.createWorkspace(slug);
    const get = async (path: string) => {
      const headers = { authorization: `Bearer ${test.core.infra.localToken}`, 'rapport-workspace': slug };
      return (await test.fetch(new Request(`http://localhost:4600${apiPrefix}${path}`, { headers }))).text();
    };
    expect(thread?.id).toBeDefined();
    expect(await get(`/outreach/threads/${thread?.id}`)).toBe(await get('/outreach/threads/thr_none'));
    expect(await get(`/outreach/mailings/${mailing.id}/runs`)).toBe(await get('/outreach/mailings/mlg_none/runs'));
    await expect(test.client(slug).call(api.testMailbox, { mailboxId: mailbox.id })).rejects.toThrow('No such mailbox');
  });
});
