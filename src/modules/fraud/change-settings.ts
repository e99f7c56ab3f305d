import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { getFraudSettings, PolicyVersion, updateFraudSettings } from './api.ts';
import { fraudError } from './errors.ts';
import { judgeAllJob } from './jobs.ts';
import { lockJudging } from './queries/judgements.ts';
import { insertPolicy, readPolicy, type StoredPolicy, selectPolicies } from './queries/policies.ts';
import { allRules } from './rules/all-rules.ts';
import { modeOf, pointsOf } from './rules/score-findings.ts';

const historyMax = 100;

/** The rules, what holds of them now, and every version there was. */
export async function readSettings(
  infra: Infra,
  call: Call<typeof getFraudSettings>,
): Promise<OutputOf<typeof getFraudSettings>> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const current = await readPolicy(tx, workspaceId);
    return {
      current: present(current),
      rules: allRules.map((rule) => ({
        name: rule.name,
        version: rule.version,
        scope: rule.scope,
        severity: rule.severity,
        title: rule.title,
        explains: rule.explains,
        needs: rule.needs,
        defaultMode: rule.mode,
        defaultPoints: rule.points,
        mode: modeOf(rule, current.policy),
        points: pointsOf(rule, current.policy),
      })),
      history: (await selectPolicies(tx, workspaceId, historyMax)).map(present),
    };
  });
}

/** Stores settings as a version and judges everybody anew, in the background. The same again changes nothing. Error: fraud.bad_rule. */
export async function changeSettings(infra: Infra, call: Call<typeof updateFraudSettings>): Promise<PolicyVersion> {
  const { workspaceId, input, actor, requestId } = call;
  if (input.policy.rules['traffic-score']?.points !== undefined)
    throw fraudError('bad_rule', 'traffic-score is the sum of the others and has no points of its own.', [
      { field: 'policy.rules.traffic-score.points', message: 'Leave it out; change flagAt instead.' },
    ]);
  const { version, isNew } = await infra.db.inWorkspace(workspaceId, async (tx) => {
    await lockJudging(tx, workspaceId);
    const before = await readPolicy(tx, workspaceId);
    if (JSON.stringify(before.policy) === JSON.stringify(input.policy)) return { version: before, isNew: false };
    const at = infra.clock.now();
    const next: StoredPolicy = {
      version: before.version + 1,
      policy: input.policy,
      note: input.note ?? null,
      madeBy: actor.name,
      madeAt: at,
    };
    await insertPolicy(tx, workspaceId, { ...next, by: actor, at });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'fraud.rules_changed',
      subjectKind: 'workspace',
      subjectId: workspaceId,
      changes: {
        version: { from: before.version, to: next.version },
        rules: { from: before.policy, to: input.policy },
      },
    });
    return { version: next, isNew: true };
  });
  if (isNew) await infra.jobs.enqueue(judgeAllJob, { workspaceId }, workspaceId);
  return present(version);
}

function present(stored: StoredPolicy): PolicyVersion {
  return { ...stored, madeAt: stored.madeAt?.toISOString() ?? null };
}
