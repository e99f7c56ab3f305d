import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { dayIn } from '#kernel/time.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type connectMailbox,
  knownServers,
  type listMailboxes,
  type Mailbox,
  type testMailbox,
  type updateMailbox,
} from './api.ts';
import { outreachError } from './errors.ts';
import { MailServerFault } from './mail-servers.ts';
import {
  type Credentials,
  imapOf,
  loginOf,
  openCredentials,
  openOut,
  sealCredentials,
  smtpOf,
} from './open-mailbox.ts';
import type { Parts } from './parts.ts';
import {
  clearDefault,
  countSentSince,
  insertMailbox,
  lastSyncs,
  type MailboxRow,
  selectMailbox,
  selectMailboxes,
  updateMailboxRow,
} from './queries/mailboxes.ts';
import { readHouse } from './read-hours.ts';
import { limitOfDay } from './rules/daily-limit.ts';
import { instantOf } from './rules/sending-hours.ts';

export function listBoxes(infra: Infra, call: Call<typeof listMailboxes>): Promise<{ rows: Mailbox[] }> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) => ({
    rows: await presentAll(infra, tx, call.workspaceId),
  }));
}

async function presentAll(infra: Infra, tx: Tx, workspaceId: string): Promise<Mailbox[]> {
  const { hours } = await readHouse(tx, workspaceId);
  const day = dayIn(hours.timeZone, infra.clock.now());
  const sent = await countSentSince(tx, workspaceId, instantOf(hours.timeZone, day, 0));
  const syncs = await lastSyncs(tx, workspaceId);
  return (await selectMailboxes(tx, workspaceId)).map((row) => ({
    id: row.id,
    address: row.address,
    senderName: row.sender_name,
    auth: row.auth as Mailbox['auth'],
    userName: row.user_name,
    smtp: smtpOf(row),
    imap: imapOf(row),
    signature: row.signature,
    dailyLimit: row.daily_limit,
    rampStart: row.ramp_start,
    rampStep: row.ramp_step,
    rampFrom: row.ramp_from,
    gapSeconds: row.gap_seconds,
    isDefault: row.is_default,
    state: row.state as Mailbox['state'],
    fault: row.fault,
    sentToday: sent.get(row.id) ?? 0,
    limitToday: limitOfDay(rampOf(row), day),
    syncedAt: syncs.get(row.id)?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }));
}

export function rampOf(row: MailboxRow) {
  return { dailyLimit: row.daily_limit, rampStart: row.ramp_start, rampStep: row.ramp_step, rampFrom: row.ramp_from };
}

async function presentOne(infra: Infra, tx: Tx, workspaceId: string, id: string): Promise<Mailbox> {
  const found = (await presentAll(infra, tx, workspaceId)).find((row) => row.id === id);
  if (found === undefined) throw notFound('mailbox');
  return found;
}

/** Asks both servers, then keeps the mailbox. Errors: outreach.missing_login, not_connected (in the servers' words), address_taken. */
export async function connectBox(parts: Parts, call: Call<typeof connectMailbox>): Promise<Mailbox> {
  const { infra } = parts;
  const { workspaceId, input } = call;
  const now = infra.clock.now();
  const known = input.auth === 'gmail' || input.auth === 'microsoft' ? knownServers[input.auth] : null;
  const smtp = input.smtp ?? known?.smtp;
  if (smtp === undefined) throw missing('smtp', 'Name the server mail goes out by');
  const imap = input.imap === undefined ? (known?.imap ?? null) : input.imap;
  const row: MailboxRow = {
    workspace_id: workspaceId,
    id: newId('mailbox', now.getTime()),
    address: input.address.toLowerCase(),
    sender_name: input.senderName === '' ? null : input.senderName,
    auth: input.auth,
    user_name: input.userName ?? input.address,
    smtp,
    imap,
    token_url: input.tokenUrl ?? known?.tokenUrl ?? null,
    sealed: Buffer.alloc(0),
    signature: input.signature,
    daily_limit: input.dailyLimit,
    ramp_start: input.rampStart,
    ramp_step: input.rampStep,
    ramp_from: '',
    gap_seconds: input.gapSeconds,
    is_default: false,
    state: 'ok',
    fault: null,
    checked_at: now,
    last_sent_at: null,
    sync_lease_until: null,
    created_by: call.actor.name,
    created_at: now,
    removed_at: null,
  };
  row.sealed = sealCredentials(infra, row, credentialsOf(input));
  await refuseUnreachable(parts, row);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const others = await selectMailboxes(tx, workspaceId);
    if (others.some((other) => other.address === row.address))
      throw outreachError('address_taken', `${row.address} is connected already. Change it instead.`, [
        { field: 'address', message: 'is connected already' },
      ]);
    const { hours } = await readHouse(tx, workspaceId);
    await insertMailbox(tx, {
      ...row,
      smtp: JSON.stringify(smtp),
      imap: imap === null ? null : JSON.stringify(imap),
      ramp_from: dayIn(hours.timeZone, now),
      is_default: others.length === 0,
    });
    await auditMailbox(tx, call, {
      action: 'mailbox.connected',
      id: row.id,
      changes: { address: row.address, auth: row.auth },
    });
    return presentOne(infra, tx, workspaceId, row.id);
  });
}

function credentialsOf(input: Call<typeof connectMailbox>['input']): Credentials {
  if (input.auth === 'password') {
    if (input.password === undefined) throw missing('password', 'Give the password, or an app password');
    return { password: input.password };
  }
  if (input.clientId === undefined) throw missing('clientId', 'Give the client id of your app at the provider');
  if (input.refreshToken === undefined) throw missing('refreshToken', 'Give the refresh token your app was granted');
  if (input.auth === 'oauth' && input.tokenUrl === undefined) throw missing('tokenUrl', 'Name the address of tokens');
  const { clientId, refreshToken } = input;
  return { clientId, clientSecret: input.clientSecret ?? null, refreshToken };
}

function missing(field: string, message: string) {
  return outreachError('missing_login', `${message}.`, [{ field, message }]);
}

async function refuseUnreachable(parts: Parts, row: MailboxRow): Promise<void> {
  const { smtp, imap } = await askServers(parts, row);
  const faults = [
    ...(smtp.isOk ? [] : [{ field: 'smtp', message: smtp.message }]),
    ...(imap === null || imap.isOk ? [] : [{ field: 'imap', message: imap.message }]),
  ];
  if (faults.length === 0) return;
  const list = faults.map((fault) => fault.message).join(' ');
  throw outreachError('not_connected', `The mailbox was not connected. ${list}`, faults);
}

interface Answer {
  isOk: boolean;
  message: string;
}

async function askServers(parts: Parts, row: MailboxRow): Promise<{ smtp: Answer; imap: Answer | null }> {
  const tried = (run: () => Promise<void>): Promise<Answer> =>
    run().then(
      () => ({ isOk: true, message: 'Lets the mailbox in' }),
      (error) => {
        if (error instanceof MailServerFault) return { isOk: false, message: error.message };
        throw error;
      },
    );
  const imap = imapOf(row);
  return {
    smtp: await tried(async () => {
      const out = await openOut(parts, row);
      await out.verify().finally(() => out.close());
    }),
    imap:
      imap === null
        ? null
        : await tried(async () => parts.servers.checkImap({ server: imap, login: await loginOf(parts, row) })),
  };
}

/** Asks both servers and notes what they say. Error: not_found. */
export async function testBox(parts: Parts, call: Call<typeof testMailbox>) {
  const { workspaceId, input } = call;
  const { infra } = parts;
  const row = await infra.db.inWorkspace(workspaceId, (tx) => findBox(tx, workspaceId, input.mailboxId));
  const answer = await askServers(parts, row);
  const fault = [answer.smtp, answer.imap].find((one) => one !== null && !one.isOk)?.message ?? null;
  const state = fault !== null ? 'broken' : row.state === 'broken' ? 'ok' : row.state;
  const set = { state, fault, checked_at: infra.clock.now() };
  await infra.db.inWorkspace(workspaceId, (tx) => updateMailboxRow(tx, workspaceId, { id: row.id, set }));
  return answer;
}

export async function findBox(tx: Tx, workspaceId: string, id: string): Promise<MailboxRow> {
  const row = await selectMailbox(tx, workspaceId, { id });
  if (row === undefined) throw notFound('mailbox');
  return row;
}

/** Changes what is given; a new password is tried before it is kept. Errors: not_found, outreach.not_connected. */
export async function updateBox(parts: Parts, call: Call<typeof updateMailbox>): Promise<Mailbox> {
  const { infra } = parts;
  const { workspaceId, input } = call;
  const row = await infra.db.inWorkspace(workspaceId, (tx) => findBox(tx, workspaceId, input.mailboxId));
  const { password, refreshToken } = input;
  const isNewLogin = password !== undefined || refreshToken !== undefined;
  if (isNewLogin) {
    row.sealed = sealCredentials(infra, row, changedCredentials(infra, row, { password, refreshToken }));
    for (const key of parts.tokens.keys()) if (key.startsWith(`${workspaceId}:${row.id}:`)) parts.tokens.delete(key);
    await refuseUnreachable(parts, row);
  }
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const paused = input.isPaused === undefined ? {} : { state: input.isPaused ? 'paused' : 'ok', fault: null };
    if (input.isDefault === true) await clearDefault(tx, workspaceId);
    await updateMailboxRow(tx, workspaceId, {
      id: row.id,
      set: {
        sender_name: input.senderName === undefined ? row.sender_name : input.senderName || null,
        signature: input.signature ?? row.signature,
        daily_limit: input.dailyLimit ?? row.daily_limit,
        ramp_start: input.rampStart ?? row.ramp_start,
        ramp_step: input.rampStep ?? row.ramp_step,
        gap_seconds: input.gapSeconds ?? row.gap_seconds,
        ...(isNewLogin ? { sealed: row.sealed, state: 'ok', fault: null, checked_at: infra.clock.now() } : {}),
        ...paused,
        ...(input.isDefault === true ? { is_default: true } : {}),
      },
    });
    const { password: _secret, refreshToken: _token, mailboxId: _id, ...shown } = input;
    const changes = { ...shown, ...(isNewLogin ? { password: 'changed' } : {}) };
    await auditMailbox(tx, call, { action: 'mailbox.changed', id: row.id, changes });
    return presentOne(infra, tx, workspaceId, row.id);
  });
}

function changedCredentials(
  infra: Infra,
  row: MailboxRow,
  given: { password: string | undefined; refreshToken: string | undefined },
): Credentials {
  if (row.auth === 'password') {
    if (given.password === undefined) throw missing('password', 'This mailbox signs in by password');
    return { password: given.password };
  }
  const old = openCredentials(infra, row);
  if ('password' in old || given.refreshToken === undefined)
    throw missing('refreshToken', 'This mailbox signs in by a refresh token');
  return { ...old, refreshToken: given.refreshToken };
}

export function auditMailbox(
  tx: Tx,
  call: Pick<Call, 'workspaceId' | 'actor' | 'requestId'>,
  what: { action: string; id: string; changes: Record<string, unknown> },
): Promise<void> {
  const { workspaceId, actor, requestId } = call;
  const { action, id, changes } = what;
  return recordAudit(tx, { workspaceId, actor, requestId, action, subjectKind: 'mailbox', subjectId: id, changes });
}
