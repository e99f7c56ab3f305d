import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { Link, updateLink as updateLinkEndpoint } from './api.ts';
import { readExpiry } from './create-links.ts';
import type { LinkTable } from './link-table.ts';
import { presentLinks } from './present-links.ts';
import { notifyLinks } from './queries/link-table.ts';
import { changeLink, type LinkExtraColumns, type LinkRecord, lockLink, selectLinksById } from './queries/links.ts';
import { openGuard, readExtras } from './read-extras.ts';
import { buildTarget, mergeUtm } from './rules/destination.ts';
import { tellOfMove } from './tell-of-move.ts';

/** Changes a link; live visitors follow within a second. The slug stays: it is printed. Errors: not_found, tracking.bad_destination, bad_expiry. */
export async function updateLink(infra: Infra, table: LinkTable, call: Call<typeof updateLinkEndpoint>): Promise<Link> {
  const { input, workspaceId } = call;
  const link = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await lockLink(tx, workspaceId, input.linkId);
    if (before === undefined) throw notFound('link');
    const guard = await openGuard(tx, workspaceId);
    const destination = input.destination === undefined ? before.destination : guard(input.destination, 'destination');
    const utm = input.utm === undefined ? before.utm : mergeUtm(before.utm, input.utm);
    const after = {
      id: before.id,
      destination,
      utm,
      target: buildTarget(destination, utm),
      state: input.state ?? before.state,
      expiresAt: input.expiresAt === undefined ? before.expires_at : readExpiry(infra, input.expiresAt),
      extras: await readExtras(guard, input, { before, utm }),
    };
    const changes = changesOf(before, after);
    if (Object.keys(changes).length > 0) {
      await changeLink(tx, workspaceId, after);
      await recordAudit(tx, {
        workspaceId,
        actor: call.actor,
        requestId: call.requestId,
        action: 'link.changed',
        subjectKind: 'link',
        subjectId: before.id,
        changes,
      });
      await notifyLinks(tx, [before.id]);
      if (input.tellCreator) await tellOfMove(infra, tx, { workspaceId, before, after, madeBy: call.actor.id });
    }
    const [present] = await presentLinks(infra, tx, workspaceId, await selectLinksById(tx, workspaceId, [before.id]));
    if (present === undefined) throw notFound('link');
    return present;
  });
  await table.refresh([link.id]);
  return link;
}

interface After {
  destination: string;
  utm: object;
  state: string;
  expiresAt: Date | null;
  extras: LinkExtraColumns;
}

function changesOf(before: LinkRecord, after: After): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  if (before.destination !== after.destination)
    changes.destination = { from: before.destination, to: after.destination };
  if (JSON.stringify(before.utm) !== JSON.stringify(after.utm)) changes.utm = { from: before.utm, to: after.utm };
  if (before.state !== after.state) changes.state = { from: before.state, to: after.state };
  const expiry = { from: before.expires_at?.toISOString() ?? null, to: after.expiresAt?.toISOString() ?? null };
  if (expiry.from !== expiry.to) changes.expiresAt = expiry;
  for (const key of ['expired_url', 'rules', 'variants', 'apps', 'cookies', 'tags'] as const) {
    if (JSON.stringify(before[key]) !== JSON.stringify(after.extras[key]))
      changes[key] = { from: before[key], to: after.extras[key] };
  }
  // That it changed, never what it was or is.
  if (before.password_hash !== after.extras.password_hash)
    changes.password = { isSet: after.extras.password_hash !== null };
  return changes;
}
