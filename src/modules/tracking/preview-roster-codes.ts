import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import type { previewRosterCodes as previewEndpoint } from './api.ts';
import { factsOf } from './create-codes.ts';
import { random } from './create-links.ts';
import { trackingError } from './errors.ts';
import { enrolmentsWithCode, takenKeys } from './queries/codes.ts';
import { readRefs } from './read-refs.ts';
import { resolveRoster } from './resolve-subject.ts';
import { codeKey, readCode, suggestCode } from './rules/code.ts';

const triesMax = 12;

/** The codes a pattern would give, each free now and apart from the others; nothing is made. Errors: not_found, tracking.bad_code. */
export async function previewRosterCodes(
  infra: Infra,
  call: Call<typeof previewEndpoint>,
): Promise<OutputOf<typeof previewEndpoint>> {
  const { input, workspaceId } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const roster = await resolveRoster(infra, tx, {
      workspaceId,
      campaignId: input.campaignId,
      enrolmentIds: input.enrolmentIds,
    });
    const served = await enrolmentsWithCode(tx, workspaceId, input.campaignId);
    const open = roster.filter((one) => one.enrolmentId !== null && !served.has(one.enrolmentId));
    const terms = {
      kind: input.kind,
      percent: input.percent,
      amount: input.amount,
      startsAt: null,
      endsAt: null,
      usageLimit: null,
    };
    const used = new Set<string>();
    const codes: (string | null)[] = open.map(() => null);
    const varied = new Set<number>();
    for (let attempt = 0; attempt < triesMax && codes.includes(null); attempt += 1) {
      const tried = open.map((subject, at) =>
        codes[at] === null ? suggestCode(input.pattern, factsOf({ terms, subject }), random, attempt) : null,
      );
      const taken = await takenKeys(
        tx,
        workspaceId,
        tried.flatMap((code) => (code === null ? [] : [codeKey(code)])),
      );
      for (const [at, code] of tried.entries()) {
        if (code === null) continue;
        const verdict = readCode(code);
        if (!verdict.ok)
          throw trackingError('bad_code', verdict.message, [{ field: 'pattern', message: verdict.message }]);
        if (taken.has(verdict.key) || used.has(verdict.key)) continue;
        used.add(verdict.key);
        codes[at] = verdict.code;
        if (attempt > 0) varied.add(at);
      }
    }
    if (codes.includes(null))
      throw trackingError('code_taken', 'Too many of these codes are taken. Put {RANDOM} into the pattern.', [
        { field: 'pattern', message: 'Leads to codes that are taken' },
      ]);
    const refs = await readRefs(
      tx,
      workspaceId,
      open.map((one) => ({ person_id: one.personId, campaign_id: one.campaignId })),
    );
    return {
      existing: roster.length - open.length,
      codes: open.map((subject, at) => ({
        enrolmentId: subject.enrolmentId ?? '',
        creator: refs.creatorOf(subject.personId),
        code: codes[at] ?? '',
        isVaried: varied.has(at),
      })),
    };
  });
}
