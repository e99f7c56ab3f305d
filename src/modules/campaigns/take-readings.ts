import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { machine } from './advance-enrolment.ts';
import { type ContentMetric, contentMetrics } from './api.ts';
import { upsertResults } from './queries/content.ts';
import { type ChangeFrame, recordContentChanges } from './record-change.ts';

export interface Reading {
  deliverableId: string;
  source: string;
  observedAt: string;
  values: Partial<Record<ContentMetric, number>>;
  /** Who typed them from which picture of insights; left out for what was measured. */
  typed?: { by: string; fileId: string };
}

/** Makes readings of posts results of their deliverables, measured unless somebody typed them; how many changed. The same reading again changes nothing. */
export async function takeReadings(
  infra: Infra,
  tx: Tx,
  of: { call?: ChangeFrame; workspaceId: string; campaignId: string; rows: readonly Reading[] },
): Promise<number> {
  const at = infra.clock.now();
  const call = of.call ?? {
    workspaceId: of.workspaceId,
    actor: machine,
    requestId: newId('request', at.getTime()),
  };
  const rows = of.rows.flatMap(({ deliverableId, source, observedAt, values, typed }) =>
    contentMetrics.flatMap((metric) => {
      const value = values[metric];
      if (value === undefined) return [];
      const id = newId('result', at.getTime());
      return [
        {
          id,
          deliverableId,
          metric,
          value: BigInt(value),
          isEstimate: false,
          source,
          observedAt: new Date(observedAt),
          typed,
        },
      ];
    }),
  );
  if (rows.length === 0) return 0;
  const changed = new Set(await upsertResults(tx, of.workspaceId, { rows, recordedBy: call.actor.name, at }));
  await recordContentChanges(infra, tx, {
    call,
    campaignId: of.campaignId,
    what: 'results',
    rows: of.rows
      .filter((row) => changed.has(row.deliverableId))
      .map(({ deliverableId, values, source, observedAt }) => ({
        deliverableId,
        changes: { ...values, source, observedAt, isEstimate: false },
      })),
  });
  return changed.size;
}
