import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { getPerson } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { Overrule, overruleMatch } from '../api.ts';
import { dropOverrule, type OverruleRow, saveOverrule, selectOverrules } from './queries/match.ts';

export const toOverrule = (row: OverruleRow): Overrule => ({
  decision: row.decision,
  reason: row.reason,
  by: row.decided_by,
  at: row.decided_at.toISOString(),
});

/** Keeps what a person says about a creator and a brief, above any score. Error: not_found for a creator. */
export async function decideMatch(
  infra: Infra,
  call: Call<typeof overruleMatch>,
): Promise<{ overrule: Overrule | null }> {
  const { workspaceId, actor, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const person = await getPerson(tx, workspaceId, input.personId);
    const before = (await selectOverrules(tx, workspaceId, input.briefKey)).get(person.id);
    const row: OverruleRow | null =
      input.decision === null
        ? null
        : {
            person_id: person.id,
            decision: input.decision,
            reason: input.reason,
            decided_by: actor.name,
            decided_at: infra.clock.now(),
          };
    if (row === null) await dropOverrule(tx, workspaceId, { briefKey: input.briefKey, personId: person.id });
    else await saveOverrule(tx, workspaceId, input.briefKey, row);
    await recordAudit(tx, {
      ...call,
      action: 'match.overruled',
      subjectKind: 'creator',
      subjectId: person.id,
      changes: {
        brief: input.briefKey,
        decision: { from: before?.decision ?? null, to: input.decision },
        reason: input.reason,
      },
    });
    return { overrule: row === null ? null : toOverrule(row) };
  });
}
