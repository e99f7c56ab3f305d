import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import { type Platform, platforms } from '#kernel/platform.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { checkSuppression, listSuppressions, suppress } from './api.ts';
import { emitRemoved } from './emit-changes.ts';
import { creatorsError } from './errors.ts';
import { deletePersons, selectBearers, selectSubjects } from './queries/change-persons.ts';
import {
  insertSuppressions,
  type SuppressionRow,
  selectSuppressed,
  selectSuppressions,
} from './queries/suppressions.ts';
import { getPerson } from './read-creators.ts';
import { parseHandle } from './rules/parse-handle.ts';
import type { SuppressionSubject } from './rules/suppression-subject.ts';
import { suppressionHash } from './suppression-hash.ts';

interface Subjects {
  handles: { platform: string; handleKey: string }[];
  emails: string[];
}

/**
 * Keeps an objection as salted hashes and erases whoever bears the handle or address, in every workspace of the installation, with the handles
 * that person has elsewhere, so that the same human does not come back by another account. Errors: bad_value when nobody is named, bad_handle.
 */
export async function suppressCreators(
  infra: Infra,
  call: Call<typeof suppress>,
): Promise<{ added: number; erased: number }> {
  const { personId, reason } = call.input;
  const named = await namedSubjects(infra, call);
  return infra.db.asSystem(async (tx) => {
    const bearers = await selectBearers(tx, named);
    if (personId !== undefined) bearers.push({ workspaceId: call.workspaceId, personId });
    const byWorkspace = Map.groupBy(bearers, (bearer) => bearer.workspaceId);
    const handles = new Map(named.handles.map((handle) => [`${handle.platform}:${handle.handleKey}`, handle]));
    let erased = 0;
    for (const [workspaceId, group] of byWorkspace) {
      const ids = [...new Set(group.map((bearer) => bearer.personId))];
      for (const handle of (await selectSubjects(tx, workspaceId, ids)).handles)
        handles.set(`${handle.platform}:${handle.handleKey}`, handle);
      const gone = await deletePersons(tx, workspaceId, ids);
      erased += gone.length;
      await emitRemoved(infra, tx, { workspaceId, personIds: gone });
      for (const subjectId of gone) {
        await recordAudit(tx, {
          workspaceId,
          actor: call.actor,
          requestId: call.requestId,
          action: 'creator.suppressed',
          subjectKind: 'creator',
          subjectId,
          changes: { reason },
        });
      }
    }
    const subjects = toSubjects({ handles: [...handles.values()], emails: named.emails });
    await insertSuppressions(
      tx,
      subjects.map((subject) => ({
        hash: suppressionHash(infra.secret, subject),
        kind: subject.kind,
        platform: subject.kind === 'handle' ? subject.platform : null,
        reason,
      })),
    );
    return { added: subjects.length, erased };
  });
}

async function namedSubjects(infra: Infra, call: Call<typeof suppress>): Promise<Subjects> {
  const { personId, handle, platform, email } = call.input;
  const named: Subjects = { handles: [], emails: email === undefined ? [] : [email.trim().toLowerCase()] };
  if (personId !== undefined) {
    const own = await infra.db.inWorkspace(call.workspaceId, async (tx) => {
      const person = await getPerson(tx, call.workspaceId, personId);
      return selectSubjects(tx, call.workspaceId, [person.id]);
    });
    named.handles.push(...own.handles);
    named.emails.push(...own.emails);
  }
  if (handle !== undefined) named.handles.push(...parseHandles(handle, platform));
  if (named.handles.length + named.emails.length === 0)
    throw creatorsError('bad_value', 'Name a handle, an e-mail address or a creator.', [
      { field: 'handle', message: 'Name a handle or an e-mail address' },
    ]);
  return named;
}

/** A bare handle without a platform means all of them: who objects need not list where. */
function parseHandles(handle: string, platform: Platform | undefined): { platform: Platform; handleKey: string }[] {
  const found = (platform === undefined ? platforms : [platform]).flatMap((one) => {
    const parsed = parseHandle(handle, one);
    return parsed.ok ? [{ platform: parsed.value.platform, handleKey: parsed.value.key }] : [];
  });
  if (found.length === 0)
    throw creatorsError('bad_handle', `"${handle.slice(0, 80)}" is not a handle or an address of a profile.`, [
      { field: 'handle', message: 'Not a handle' },
    ]);
  return [...new Map(found.map((one) => [`${one.platform}:${one.handleKey}`, one])).values()];
}

function toSubjects(subjects: Subjects): SuppressionSubject[] {
  return [
    ...subjects.handles.map(
      (one): SuppressionSubject => ({ kind: 'handle', platform: one.platform as Platform, handleKey: one.handleKey }),
    ),
    ...subjects.emails.map((email): SuppressionSubject => ({ kind: 'email', email })),
  ];
}

/** Whether a handle or address is on the list. */
export async function checkOne(infra: Infra, call: Call<typeof checkSuppression>): Promise<{ isSuppressed: boolean }> {
  const { handle, platform, email } = call.input;
  const subjects = toSubjects({
    handles: handle === undefined ? [] : parseHandles(handle, platform),
    emails: email === undefined ? [] : [email],
  });
  const hashes = subjects.map((subject) => suppressionHash(infra.secret, subject));
  const found = await infra.db.inWorkspace(call.workspaceId, (tx) => selectSuppressed(tx, hashes));
  return { isSuppressed: found.size > 0 };
}

export async function listObjections(infra: Infra, call: Call<typeof listSuppressions>): Promise<Page<SuppressionRow>> {
  const { limit, cursor } = call.input;
  const [at, hash] = cursor === undefined ? [] : (decodeCursor(cursor) ?? []);
  const after =
    typeof at === 'string' && typeof hash === 'string' && !Number.isNaN(Date.parse(at)) ? { at, hash } : null;
  if (cursor !== undefined && after === null)
    throw creatorsError('bad_cursor', 'cursor was not made by this list. Start again without it.', [
      { field: 'cursor', message: 'Not a cursor of this list' },
    ]);
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx: Tx) =>
    selectSuppressions(tx, { limit: limit + 1, after }),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page,
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.createdAt, last.hash]) : null,
  };
}
