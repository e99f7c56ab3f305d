import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import type { ActionUse, dryRunAutomation } from './api.ts';
import { automationsError } from './errors.ts';
import { selectHappenings } from './queries/events.ts';
import { readFacts } from './read-facts.ts';
import { aboutAction, isActionId } from './rules/action-table.ts';
import { faultsOfContent } from './rules/check-content.ts';
import { whyNot } from './rules/conditions.ts';
import type { Facts } from './rules/facts.ts';
import { fillText } from './rules/fill-text.ts';

/** What an automation would have done with what happened lately; nothing is done. Errors: those of its content. */
export async function dryRun(
  infra: Infra,
  call: Call<typeof dryRunAutomation>,
): Promise<OutputOf<typeof dryRunAutomation>> {
  const { workspaceId, input } = call;
  const faults = faultsOfContent(input);
  const [first] = faults;
  if (first !== undefined)
    throw automationsError(
      first.code,
      first.detail.message,
      faults.map((fault) => fault.detail),
    );
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const some = await selectHappenings(tx, workspaceId, { name: input.trigger, limit: input.limit });
    const rows = [];
    for (const { id, payload, at } of some) {
      const facts = await readFacts(infra, tx, { workspaceId, payload });
      const refusal = whyNot(input.conditions, facts);
      rows.push({
        eventId: id,
        happenedAt: at.toISOString(),
        about: aboutOf(facts),
        wouldRun: refusal === null,
        because: refusal ?? (input.conditions.length === 0 ? 'Nothing is asked.' : 'All conditions hold.'),
        actions: refusal === null ? input.actions.map((use) => whatItWould(use, facts)) : [],
      });
    }
    return { seen: rows.length, wouldRun: rows.filter((row) => row.wouldRun).length, rows };
  });
}

const aboutOf = ({ creator, campaign, payload }: Facts) =>
  [creator?.name, campaign?.name].filter((name) => name !== null && name !== undefined).join(', ') ||
  payload.actorName ||
  'The workspace';

function whatItWould(use: ActionUse, facts: Facts): { action: string; isPossible: boolean; says: string } {
  if (!isActionId(use.action)) return { action: use.action, isPossible: false, says: 'There is no such action.' };
  const { title, needs, fields } = aboutAction(use.action);
  const lack = needs.find((need) => facts.ids[need] === undefined);
  if (lack !== undefined)
    return { action: use.action, isPossible: false, says: `${title}: what happened names no ${lack}.` };
  const values = fields.flatMap(({ name, label }) => {
    const value = fillText(use.settings[name] ?? '', facts);
    return value === '' ? [] : [`${label.toLowerCase()} “${value}”`];
  });
  return { action: use.action, isPossible: true, says: values.length === 0 ? title : `${title}: ${values.join(', ')}` };
}
