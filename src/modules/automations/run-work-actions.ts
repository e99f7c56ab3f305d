import { addDays } from '#kernel/time.ts';
import * as campaigns from '#modules/campaigns/api.ts';
import * as contracts from '#modules/contracts/api.ts';
import * as outreach from '#modules/outreach/api.ts';
import * as submissions from '#modules/submissions/api.ts';
import { type Doing, enrolled, id, one, text } from './doing.ts';
import { automationsError } from './errors.ts';
import type { workActions } from './rules/work-actions.ts';

/** Mailings looked through for those that still write to a creator, newest first. */
const mailingsMax = 200;

const notDone = (why: string) => automationsError('not_done', why);

/** Sends papers, starts and stops sequences, approves drafts: each by the module that owns it. */
export const workRunners: Record<keyof typeof workActions, (doing: Doing) => Promise<string>> = {
  'brief.send': async (doing) => {
    const asked = { ...enrolled(doing), message: text(doing, 'message') };
    const { version, sent, refused, links } = await doing.act(campaigns.sendBrief, asked);
    const [refusal] = refused;
    if (refusal !== undefined) throw notDone(`The brief was not sent: ${refusal.message}`);
    if (sent === 0) return `Has version ${version} of the brief already`;
    return links.length === 0
      ? `Sent version ${version} of the brief`
      : `Version ${version} of the brief is ready; no mail could be sent, hand the link over`;
  },
  'contract.propose': async (doing) => {
    const { created, refused } = await doing.act(contracts.createContracts, {
      ...enrolled(doing),
      templateId: text(doing, 'templateId'),
    });
    const [refusal] = refused;
    if (refusal !== undefined) throw notDone(`No contract was drafted: ${refusal.message}`);
    const contractId = created[0]?.contractId ?? (await standingDraft(doing));
    if (contractId === null) return 'Has a contract already';
    if (text(doing, 'how') !== 'offer') return 'Contract drafted for the team';
    const expiresOn = addDays(doing.today, Number(text(doing, 'days')));
    const sent = await doing.act(contracts.sendContracts, { contractIds: [contractId], expiresOn });
    const [unsent] = sent.refused;
    if (unsent !== undefined) throw notDone(`The contract is drafted and not offered: ${unsent.message}`);
    return sent.mailed > 0
      ? `Offered, to be answered by ${expiresOn}`
      : 'Offered; no mail could be sent, hand the link over';
  },
  'sequence.start': async (doing) => {
    const sequenceId = text(doing, 'sequenceId');
    const campaignId = doing.facts.ids.campaign;
    const { mailing } = await doing.act(outreach.startMailing, {
      personIds: one(doing),
      sequenceId,
      ...(campaignId === undefined ? {} : { campaignId }),
    });
    return `Started “${mailing.name}”`;
  },
  'sequence.stop': async (doing) => {
    const stopped = await stopMailings(doing, text(doing, 'sequenceId'));
    return stopped === 0 ? 'Nothing was running' : `Stopped ${stopped}`;
  },
  'draft.approve': async (doing) => {
    const submissionId = id(doing, 'submission');
    const draft = await doing.act(submissions.getSubmission, { submissionId });
    if (draft.state === 'approved' || draft.state === 'scheduled') return 'It is approved already';
    const newest = draft.rounds.at(-1);
    if (draft.state !== 'pending_approval' || newest === undefined)
      throw notDone('Not approved: there is no draft that waits for a decision.');
    // A person may overrule a label that fails; an automation may not, nor may it take for met what nobody could tell.
    const label = newest.disclosure?.verdict;
    if (label !== 'pass' && label !== 'not_needed')
      throw notDone(`Not approved: the label readers see does not pass (${label ?? 'not judged'}).`);
    const open = draft.checklist.filter((point) => point.result !== 'met');
    const [lack] = open;
    if (lack !== undefined) throw notDone(`Not approved: “${lack.title}” is ${lack.result} (${lack.detail}).`);
    const after = await doing.act(submissions.approveDraft, { submissionId, round: newest.number });
    return after.state === 'approved' ? 'Approved' : 'Approved for the manager; others still decide';
  },
};

/** A contract of the creator on this campaign that was drafted and never offered; null when there is none. */
async function standingDraft(doing: Doing): Promise<string | null> {
  const { campaignId, enrolmentIds } = enrolled(doing);
  const { rows } = await doing.act(contracts.listContracts, { campaignId, personId: id(doing, 'creator') });
  return rows.find((row) => row.state === 'draft' && row.enrolmentId === enrolmentIds[0])?.id ?? null;
}

/** Stops what still writes to the creator, of one sequence or of all. Returns how many runs it ended. */
async function stopMailings(doing: Doing, sequenceId: string): Promise<number> {
  const personId = id(doing, 'creator');
  const filter = sequenceId === '' ? {} : { sequenceId };
  const { rows } = await doing.act(outreach.listMailings, { ...filter, limit: mailingsMax });
  let stopped = 0;
  for (const mailing of rows.filter((row) => row.endedAt === null)) {
    const runs = await doing.act(outreach.listMailingRuns, { mailingId: mailing.id });
    for (const run of runs.rows.filter((row) => row.personId === personId)) {
      const done = await doing.act(outreach.cancelMailing, { mailingId: mailing.id, runId: run.id });
      stopped += done.stopped;
    }
  }
  return stopped;
}
