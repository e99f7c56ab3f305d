import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { findPersonsByEmail, getPerson } from '#modules/creators/index.ts';
import { hashNewPassword, passwordMatches } from '#modules/workspaces/index.ts';
import type {
  confirmPortalCode,
  makePortalAccount,
  PortalSession,
  sendPortalCode,
  setPortalPassword,
  signInToPortal,
} from './api.ts';
import { refuseOtherSites } from './enter-portal.ts';
import { invalidField, portalError } from './errors.ts';
import { signInNeeded } from './gate.ts';
import { replaceSession, setSessionCookie } from './make-session.ts';
import { describeInside } from './portal-sessions.ts';
import {
  accountByEmail,
  accountById,
  countCodes,
  countTry,
  insertCode,
  keepAccount,
  knownToPortal,
  linkPersons,
  lockCode,
  setPasswordHash,
} from './queries/accounts.ts';
import { endOtherSessions } from './queries/sessions-of-person.ts';
import { sessionTokenOf } from './session-cookie.ts';
import type { TryLimit } from './try-limits.ts';
import { type Inside, insideOf, whoIsIn } from './who-is-in.ts';

const codeValidMs = 10 * 60_000;
const codesMax = 5;
const codesWindowMs = 15 * 60_000;
const codeTriesMax = 5;
/** A hash of no password, so that an unknown e-mail takes as long as a wrong password. */
const noHash = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$TnVnmDxdsXu4Bw8t0NF7F0Y8zTIsFvtzYVLQ5bqv5dY';

interface Parts {
  infra: Infra;
  limit: TryLimit;
}

interface Known {
  workspaceId: string;
  personId: string;
}

/**
 * Sends a code when somebody the portal knows has the address; the answer is the same when nobody does. `off` when nothing carries mails.
 * Errors: portal.other_email when this browser came by a link of somebody with other addresses; too_many_tries.
 */
export async function sendCode(
  { infra, limit }: Parts,
  call: Call<typeof sendPortalCode>,
): Promise<{ state: 'sent' | 'off' }> {
  refuseOtherSites(infra, call.request);
  await limit(call.remoteAddress);
  const email = call.input.email.toLowerCase();
  const inside = await whoIsIn(infra, call.request);
  const persons = await personsOf(infra, email, inside);
  const now = infra.clock.now();
  const first = persons[0];
  const code = randomInt(0, 1_000_000).toString().padStart(6, '0');
  return infra.db.asSystem(async (tx) => {
    if (first === undefined) return { state: (await sendsAny(infra, tx)) ? 'sent' : 'off' };
    if ((await countCodes(tx, email, new Date(now.getTime() - codesWindowMs))) >= codesMax)
      throw portalError('too_many_tries', 'Five codes were sent to this address. Wait a quarter of an hour.');
    const id = newId('portalCode', now.getTime());
    const { state } = await infra.mail.queue(tx, {
      workspaceId: first.workspaceId,
      to: email,
      personId: first.personId,
      kind: 'transactional',
      subject: `${code} is your code`,
      text: `Your code is ${code}. It counts for ten minutes.\n\nYou did not ask for it? Then nothing happens; nobody gets in without it.\n`,
      key: `portal-code:${id}`,
      isSecret: true,
    });
    if (state === 'off') return { state };
    await insertCode(tx, {
      id,
      email,
      hash: hashCode(infra, email, code),
      now,
      expiresAt: new Date(now.getTime() + codeValidMs),
    });
    return { state: 'sent' };
  });
}

/** Signs in with a code: the address is proven. Errors: portal.wrong_code, other_email, too_many_tries. */
export async function confirmCode(
  { infra, limit }: Parts,
  call: Call<typeof confirmPortalCode>,
): Promise<PortalSession> {
  refuseOtherSites(infra, call.request);
  await limit(call.remoteAddress);
  const email = call.input.email.toLowerCase();
  const now = infra.clock.now();
  const given = hashCode(infra, email, call.input.code.replace(/\s/g, ''));
  const isRight = await infra.db.asSystem(async (tx) => {
    const code = await lockCode(tx, email, now);
    if (code === undefined || code.tries >= codeTriesMax) return false;
    const fits = timingSafeEqual(given, code.code_hash);
    await countTry(tx, code.id, fits ? now : null);
    return fits;
  });
  if (!isRight)
    throw portalError(
      'wrong_code',
      'That is not the code, or its ten minutes are over. Ask for a new one after five tries.',
      [{ field: 'code', message: 'is not the one we sent' }],
    );
  return signInAs(infra, call, email);
}

/** Errors: portal.wrong_password, the same for an unknown e-mail; too_many_tries. */
export async function signInByPassword(
  { infra, limit }: Parts,
  call: Call<typeof signInToPortal>,
): Promise<PortalSession> {
  refuseOtherSites(infra, call.request);
  await limit(call.remoteAddress);
  const email = call.input.email.toLowerCase();
  await limit(`password ${email}`);
  const account = await infra.db.asSystem((tx) => accountByEmail(tx, email));
  const fits = await passwordMatches(call.input.password, account?.password_hash ?? noHash);
  if (!fits || account?.password_hash == null)
    throw portalError('wrong_password', 'E-mail or password is not right. You can have a code sent instead.');
  return signInAs(infra, call, email);
}

/**
 * Makes an account by a link that a member handed over for it: no code is needed, a password is. Errors: portal.account_needed when
 * the link was not made for it; other_email; invalid for a guessable password, or an address that has an account already.
 */
export async function makeAccount(infra: Infra, call: Call<typeof makePortalAccount>): Promise<PortalSession> {
  const email = call.input.email.toLowerCase();
  const inside = await whoIsIn(infra, call.request);
  const way = inside?.ways.find((one) => one.workspace_id === call.workspaceId);
  if (way === undefined || !way.makes_account)
    throw portalError('account_needed', 'Ask the brand for a link that makes an account, or have a code sent.');
  await personsOf(infra, email, inside);
  if ((await infra.db.asSystem((tx) => accountByEmail(tx, email))) !== undefined)
    throw invalidField('email', 'has an account already. Sign in with it.');
  const hash = await hashNewPassword(call.input.password, { field: 'password', email, name: call.actor.name });
  return signInAs(infra, call, email, hash);
}

/** Errors: portal.account_needed; wrong_password; invalid for a guessable one. */
export async function choosePassword(infra: Infra, call: Call<typeof setPortalPassword>): Promise<null> {
  const { account, session } = await accountOf(infra, call);
  const { password, oldPassword } = call.input;
  if (account.password_hash !== null && !(await passwordMatches(oldPassword ?? '', account.password_hash)))
    throw invalidField('oldPassword', 'is not your password');
  const hash = await hashNewPassword(password, { field: 'password', email: account.email, name: call.actor.name });
  const now = infra.clock.now();
  await infra.db.asSystem(async (tx) => {
    await setPasswordHash(tx, account.id, { hash, now });
    await endOtherSessions(tx, { accountId: account.id, except: session.id });
  });
  return null;
}

/** The account behind a call, for what a link alone may not do. Error: portal.account_needed. */
export async function accountOf(infra: Infra, call: Call) {
  const inside = await whoIsIn(infra, call.request);
  const way = inside?.ways.find((one) => one.workspace_id === call.workspaceId);
  const accountId = inside?.session.account_id ?? null;
  if (inside === null || accountId === null || way === undefined || !way.by_account)
    throw portalError(
      'account_needed',
      'For this, confirm your e-mail first: a link alone does not show that it is you.',
    );
  const account = await infra.db.asSystem((tx) => accountById(tx, accountId));
  if (account === undefined) throw signInNeeded();
  return { account, session: inside.session };
}

/** The account of a proven e-mail with every creator it is; this browser gets a session of it. */
async function signInAs(infra: Infra, call: Call, email: string, hash?: string): Promise<PortalSession> {
  const now = infra.clock.now();
  const inside = await whoIsIn(infra, call.request);
  const persons = await personsOf(infra, email, inside);
  const token = await infra.db.asSystem(async (tx) => {
    const account = await keepAccount(tx, { id: newId('portalAccount', now.getTime()), email, now });
    if (hash !== undefined) await setPasswordHash(tx, account.id, { hash, now });
    await linkPersons(tx, account.id, persons, now);
    // Read again in this transaction: the session may have ended meanwhile.
    const own = sessionTokenOf(call.request);
    const before = own === null ? null : await insideOf(tx, own, now);
    return replaceSession(tx, call, { accountId: account.id, before, now });
  });
  setSessionCookie(infra, call, token);
  return describeInside(infra, await infra.db.asSystem((tx) => insideOf(tx, token, now)));
}

/**
 * Who an e-mail is: creators the portal was opened for who alone bear it, and whom this browser came in as by a link, when the
 * address is theirs or the brand has none of them yet. Error: portal.other_email.
 */
async function personsOf(infra: Infra, email: string, inside: Inside | null): Promise<Known[]> {
  const known = await infra.db.asSystem(async (tx) => knownToPortal(tx, await findPersonsByEmail(tx, email)));
  const byLink: Known[] = [];
  const ways = inside?.session.preview_user_id === null ? inside.ways.filter((way) => !way.by_account) : [];
  for (const way of ways) {
    const { workspace_id: workspaceId, person_id: personId } = way;
    const person = await infra.db.inWorkspace(workspaceId, (tx) => getPerson(tx, workspaceId, personId));
    const emails = person.emails.map((one) => one.toLowerCase());
    if (emails.length === 0 || emails.includes(email)) byLink.push({ workspaceId, personId: person.id });
  }
  const [way] = ways;
  if (way !== undefined && byLink.length === 0 && known.length === 0)
    throw portalError(
      'other_email',
      `${way.name} has another address of yours. Use that one, or ask them to change it.`,
      [{ field: 'email', message: `is not the address ${way.name} has of you` }],
    );
  const there = new Set(byLink.map((one) => one.workspaceId));
  return [...byLink, ...known.filter((one) => !there.has(one.workspaceId))];
}

/** Whether any workspace sends mails: what a stranger's question is answered by, so that it tells nothing of who is known. */
async function sendsAny(infra: Infra, tx: Tx): Promise<boolean> {
  return infra.mail.isOn(tx, '', 'transactional');
}

function hashCode(infra: Infra, email: string, code: string): Buffer {
  return createHmac('sha256', infra.secret).update(`portal-code\0${email}\0${code}`).digest();
}
