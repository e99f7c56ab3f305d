import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test as it } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { addressOf, type MailSink, openMailSink } from '#tests/support/mail-sink.ts';
import { checkMail, isHeaderSafe, type QueuedMail } from './check-mail.ts';
import { judgeFailure } from './judge-failure.ts';
import type { Mail } from './mail.ts';
import { claimMails } from './rows.ts';

let test: TestCore;
let sink: MailSink;
let mail: Mail;
let workspaceId: string;
let now = new Date('2026-05-04T10:00:00Z');
let count = 0;

beforeAll(async () => {
  sink = await openMailSink({ login: { user: 'rapport', password: 'open sesame' } });
  test = await openTestCore({
    clock: { now: () => now },
    env: {
      RAPPORT_SMTP_URL: `smtp://rapport:open%20sesame@127.0.0.1:${sink.port}`,
      RAPPORT_MAIL_FROM: 'Slow Mornings <team@brand.example>',
    },
  });
  mail = test.core.infra.mail;
});
afterAll(async () => {
  await test.close();
  await sink.close();
});
beforeEach(async () => {
  sink.mails.length = 0;
  sink.onTaken = null;
  sink.refuse({ status: 250, message: '', times: 0 });
  workspaceId = await test.database.createWorkspace();
});

function letter(of: Partial<QueuedMail> = {}): QueuedMail {
  count += 1;
  const text = 'Hello';
  return {
    workspaceId,
    to: 'nell@creator.example',
    subject: 'Hi',
    text,
    kind: 'transactional',
    key: `k${count}`,
    ...of,
  };
}
const queue = (of: Partial<QueuedMail> = {}) =>
  test.core.infra.db.inWorkspace(workspaceId, (tx) => mail.queue(tx, letter(of)));
const list = () => test.core.infra.db.inWorkspace(workspaceId, (tx) => mail.list(tx, workspaceId, { limit: 100 }));
/** Sends what is due, and waits for what the job took meanwhile. */
async function sendAll(): Promise<void> {
  await mail.sendDue();
  await expect.poll(async () => (await list()).filter((one) => one.state === 'sending')).toEqual([]);
}
const arrived = () => sink.mails.filter((one) => one.envelopeTo.includes('nell@creator.example'));

it('a queued mail arrives once with its text, sender, attachment and the message id it was queued with', async () => {
  const attachments = [{ name: 'brief.txt', contentType: 'text/plain', content: Buffer.from('the brief') }];
  const queued = await queue({ key: 'one', toName: 'Nell Quinn', subject: 'Ihr Brief ✓', attachments });
  expect(queued.state).toBe('queued');
  expect(await queue({ key: 'one', subject: 'again' })).toEqual(queued);
  await sendAll();
  await sendAll();
  expect(arrived()).toHaveLength(1);
  const [got] = arrived();
  expect(got?.envelopeFrom).toBe('team@brand.example');
  expect(got?.parsed.subject).toBe('Ihr Brief ✓');
  expect(got?.parsed.from?.text).toBe('"Slow Mornings" <team@brand.example>');
  expect(addressOf(got?.parsed.to)).toBe('nell@creator.example');
  expect(got?.parsed.attachments[0]?.content.toString()).toBe('the brief');
  const [row] = await list();
  expect(row).toMatchObject({ state: 'sent', attempts: 1, messageId: got?.parsed.messageId });
});

it('a mail whose transaction is rolled back is never sent', async () => {
  const failing = test.core.infra.db.inWorkspace(workspaceId, async (tx) => {
    await mail.queue(tx, letter());
    throw new Error('the change failed');
  });
  await expect(failing).rejects.toThrow('the change failed');
  await sendAll();
  expect(arrived()).toHaveLength(0);
});

it('the job sends a committed mail by itself', async () => {
  await queue();
  await expect.poll(() => arrived().length, { timeout: 10_000 }).toBe(1);
});

it('a server that is busy is asked again later, one that refuses for good is not', async () => {
  sink.refuse({ status: 451, message: 'Greylisted, come back', times: 1 });
  await queue();
  await sendAll();
  expect((await list())[0]).toMatchObject({
    state: 'queued',
    attempts: 1,
    answer: expect.stringContaining('Greylisted'),
  });
  now = new Date(now.getTime() + 61_000);
  await sendAll();
  expect((await list())[0]).toMatchObject({ state: 'sent', attempts: 2 });
  sink.refuse({ status: 550, message: 'No such user', times: 1, at: 'recipient' });
  await queue();
  await sendAll();
  expect((await list())[0]).toMatchObject({ state: 'failed', answer: expect.stringContaining('No such user') });
});

it('an attempt cut short after the server took the mail is repeated under the same message id', async () => {
  // What a killed process leaves behind: claimed, counted, never settled.
  const lease = new Date(now.getTime() + 180_000);
  const [cut] = await test.core.infra.db.asSystem(async (tx) => {
    await mail.queue(tx, letter());
    return claimMails(tx, { now, leaseUntil: lease, max: 100 });
  });
  expect(await mail.sendDue()).toBe(0);
  now = new Date(now.getTime() + 181_000);
  await sendAll();
  expect(arrived().map((one) => one.parsed.messageId)).toEqual([cut?.messageId]);
  expect((await list())[0]).toMatchObject({ state: 'sent', attempts: 2 });
});

it('a guard holds a mail back in the moment it would go out', async () => {
  mail.addGuard((_tx, one) => Promise.resolve(one.to === 'never@creator.example' ? 'Asked not to be contacted' : null));
  await queue({ to: 'never@creator.example' });
  await sendAll();
  expect((await list())[0]).toMatchObject({ state: 'refused', answer: 'Asked not to be contacted' });
  expect(sink.mails).toHaveLength(0);
});

it('a secret text is not kept once the mail is out', async () => {
  await queue({ text: 'https://rapport.example/p/enter#secret', isSecret: true });
  await sendAll();
  const body = await test.core.infra.db.asSystem((tx) =>
    tx.selectFrom('mail_out').select('body').where('workspace_id', '=', workspaceId).executeTakeFirstOrThrow(),
  );
  expect(body.body).toBe('');
  expect(arrived()[0]?.parsed.text).toContain('#secret');
});

it('outreach stays off where no mailbox takes it, and is not sent later', async () => {
  expect((await queue({ kind: 'outreach' })).state).toBe('off');
  await sendAll();
  expect((await list())[0]?.state).toBe('off');
});

it('what was taken back is not sent', async () => {
  const { mailId } = await queue();
  const cancel = () =>
    test.core.infra.db.inWorkspace(workspaceId, (tx) =>
      mail.cancel(tx, { workspaceId, mailIds: [mailId], reason: 'They answered' }),
    );
  const taken = await cancel();
  await sendAll();
  // The job may have been faster than the hand that took it back.
  expect(arrived()).toHaveLength(taken.length === 1 ? 0 : 1);
  expect(await cancel()).toEqual([]);
});

it('a line end in any header is refused and names the field', () => {
  const breaks = fc.constantFrom('\r\n', '\n', '\r', '\u0000', '\u2028', '\u202e');
  const field = fc.constantFrom('to', 'toName', 'subject', 'replyTo', 'key');
  fc.assert(
    fc.property(field, breaks, fc.string(), fc.string(), (name, end, before, after) => {
      const bad = letter({ [name]: `${before}${end}Bcc: victim@example.com${after}` });
      const fault = catchFault(() => checkMail(bad));
      expect(fault.code).toBe('mail.not_sendable');
      expect(fault.details.map((detail) => detail.field)).toContain(name);
      expect(isHeaderSafe(`${before}${end}${after}`)).toBe(false);
    }),
    { numRuns: 200 },
  );
  for (const to of ['a@b.example, c@d.example', 'Nell <a@b.example>', 'nobody', '']) {
    expect(catchFault(() => checkMail(letter({ to }))).details[0]?.field).toBe('to');
  }
});

it('only what a server calls permanent is given up; a refused login is told apart', () => {
  expect(judgeFailure({ responseCode: 550, response: '550 no' }).outcome).toBe('never');
  expect(judgeFailure({ responseCode: 452 }).outcome).toBe('later');
  expect(judgeFailure(new Error('socket hang up')).outcome).toBe('later');
  expect(judgeFailure({ code: 'EAUTH', responseCode: 535 }).outcome).toBe('login');
});

function catchFault(run: () => void): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('Nothing was refused');
}
