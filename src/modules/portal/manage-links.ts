import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { hashPortalToken } from '#infra/portal/portal-links.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type { Page } from '#kernel/page.ts';
import { getPerson, readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type { listPortalLinks, makePortalLink, PortalLink, revokePortalLink, startPortalPreview } from './api.ts';
import { portalError } from './errors.ts';
import { linkById, selectLinks, setMakesAccount, setRevoked } from './queries/links.ts';
import { insertSession, type LinkRow, linkByToken, putEntry, setCurrent } from './queries/sessions.ts';
import { hashSessionToken, newSessionToken, previewMaxMs, sessionCookie } from './session-cookie.ts';

type Made = { link: string; row: PortalLink; mail: 'queued' | 'off' | 'no_address' | 'not_asked' };

/** Makes a link and, when asked, mails it. Errors: not_found; portal.bad_path, bad_days. */
export function makeLink(infra: Infra, call: Call<typeof makePortalLink>): Promise<Made> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const person = await getPerson(tx, workspaceId, input.personId);
    const { path, days } = input;
    const link = await infra.portal.link(tx, { workspaceId, personId: person.id, path, days, madeBy: actor.name });
    const row = await linkByToken(tx, hashPortalToken(new URL(link).hash.slice(1)));
    if (row === undefined) throw notFound('link');
    if (input.makesAccount) await setMakesAccount(tx, workspaceId, row.id);
    const [to] = person.emails;
    let mail: Made['mail'] = 'not_asked';
    if (input.isMailed && to === undefined) mail = 'no_address';
    else if (input.isMailed && to !== undefined) {
      const { name } = await getWorkspace(tx, workspaceId);
      const queued = await infra.mail.queue(tx, {
        workspaceId,
        to,
        ...(person.name === null ? {} : { toName: person.name }),
        personId: person.id,
        kind: 'transactional',
        subject: `Your page with ${name}`,
        text: `${name} opened a page for you: what to do, your links and what came of them.\n\n${link}\n\nThe link is for you alone and opens for ${days} days.\n`,
        key: `portal-link:${row.id}`,
        isSecret: true,
      });
      mail = queued.state;
    }
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'portal_link.made',
      subjectKind: 'creator',
      subjectId: person.id,
      changes: { link: row.id, path, days, makesAccount: input.makesAccount },
    });
    const [shown] = await present(infra, tx, [{ ...row, makes_account: input.makesAccount }]);
    if (shown === undefined) throw notFound('link');
    return { link, row: shown, mail };
  });
}

export function pageLinks(infra: Infra, call: Call<typeof listPortalLinks>): Promise<Page<PortalLink>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { personId, isWaiting, limit, cursor } = input;
    const rows = await selectLinks(tx, { workspaceId, personId, isWaiting, limit: limit + 1, after: cursor ?? null });
    const page = rows.slice(0, limit);
    const nextCursor = rows.length > limit ? (page.at(-1)?.id ?? null) : null;
    return { rows: await present(infra, tx, page), nextCursor };
  });
}

/** Taking back what was taken back changes nothing. Error: not_found. */
export function revokeLink(infra: Infra, call: Call<typeof revokePortalLink>): Promise<PortalLink> {
  const { workspaceId, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const link = await linkById(tx, workspaceId, call.input.linkId);
    if (link === undefined) throw notFound('link');
    if (link.revoked_at === null) {
      await setRevoked(tx, link, { name: actor.name, at: infra.clock.now() });
      await recordAudit(tx, {
        workspaceId,
        actor,
        requestId: call.requestId,
        action: 'portal_link.revoked',
        subjectKind: 'creator',
        subjectId: link.person_id,
        changes: { link: link.id },
      });
    }
    const [shown] = await present(infra, tx, [(await linkById(tx, workspaceId, link.id)) ?? link]);
    if (shown === undefined) throw notFound('link');
    return shown;
  });
}

/** A session that only reads, in the name of the creator; who looks stands in the audit trail. Errors: not_found; portal.account_needed for programs. */
export async function startPreview(infra: Infra, call: Call<typeof startPortalPreview>): Promise<{ address: string }> {
  const { workspaceId, actor } = call;
  if (actor.kind === 'api_key')
    throw portalError('account_needed', 'A preview is for a person in a browser, not for a key.');
  const person = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const found = await getPerson(tx, workspaceId, call.input.personId);
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'portal.previewed',
      subjectKind: 'creator',
      subjectId: found.id,
    });
    return found;
  });
  const token = newSessionToken();
  const now = infra.clock.now();
  await infra.db.asSystem(async (tx) => {
    const sessionId = newId('portalSession', now.getTime());
    await insertSession(tx, {
      id: sessionId,
      tokenHash: hashSessionToken(token),
      accountId: null,
      preview: { userId: actor.id, userName: actor.name },
      userAgent: call.request.headers.get('user-agent'),
      now,
      expiresAt: new Date(now.getTime() + previewMaxMs),
    });
    await putEntry(tx, { workspaceId, sessionId, personId: person.id, linkId: null, now });
    await setCurrent(tx, sessionId, workspaceId);
  });
  const { publicUrl } = infra.config;
  call.answerHeaders.append('set-cookie', sessionCookie(token, { maxAgeMs: previewMaxMs, publicUrl }));
  return { address: '/p/' };
}

async function present(infra: Infra, tx: Tx, rows: readonly LinkRow[]): Promise<PortalLink[]> {
  const [first] = rows;
  if (first === undefined) return [];
  const personIds = rows.map((row) => row.person_id);
  const cards = await readPersonCards(tx, first.workspace_id, personIds);
  const now = infra.clock.now();
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    personName: cards.get(row.person_id)?.name ?? 'Creator without a name',
    path: row.path,
    state: row.revoked_at !== null ? 'revoked' : row.expires_at <= now ? 'expired' : 'open',
    makesAccount: row.makes_account,
    madeBy: row.made_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    revokedBy: row.revoked_by,
    opened: row.opened,
    firstOpenedAt: row.first_opened_at?.toISOString() ?? null,
    lastOpenedAt: row.last_opened_at?.toISOString() ?? null,
    asked:
      row.asked_at === null || row.asked_state === null
        ? null
        : { at: row.asked_at.toISOString(), state: row.asked_state === 'sent' ? 'sent' : 'waits' },
  }));
}
