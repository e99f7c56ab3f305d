import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { addDeliverables, briefSchema, saveBrief } from '#modules/campaigns/api.ts';
import { listContracts, listTemplates } from '#modules/contracts/api.ts';
import { updateCreator } from '#modules/creators/api.ts';
import { createSequence, listMailingRuns, listMailings, saveOutreachSettings } from '#modules/outreach/api.ts';
import * as drafts from '#modules/submissions/api.ts';
import { listAudit } from '#modules/workspaces/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { type ActionUse, type AutomationRun, createAutomation, listAutomationRuns, switchAutomation } from './api.ts';

const caption = 'Ad. Half past eight, and nobody is in a hurry. This cocoa holds its foam with @oatwhistle.';
const now = new Date('2026-05-11T10:00:00Z'); // a Monday
let core: TestCore;
let workspaceId: string;
let roster: TestRoster;
const client = () => core.client('mine');

beforeAll(async () => {
  core = await openTestCore({ clock: { now: () => now } });
  workspaceId = await core.database.createWorkspace('mine');
  roster = await aCampaign(core.database, workspaceId, ['nell.bakes', 'ravi.brews']);
  for (const { personId, handle } of roster.enrolments)
    await client().call(updateCreator, { personId, emails: [`${handle}@mail.example`] });
}, 60_000);
afterAll(() => core.close());

const who = (at = 0) => {
  const one = roster.enrolments[at];
  if (one === undefined) throw new Error('No such creator in the test');
  return { campaignId: roster.campaignId, enrolmentId: one.id, personId: one.personId };
};

/** Turns on an automation of one action, lets its event happen, and answers with its newest run. */
async function runAction(
  use: ActionUse,
  of: { trigger: string; payload: Record<string, string> },
): Promise<AutomationRun> {
  const { infra, modules } = core.core;
  const name = `Does ${use.action} ${newId('automation')}`;
  const { id } = await client().call(createAutomation, { name, trigger: of.trigger, actions: [use] });
  await client().call(switchAutomation, { automationId: id, isOn: true });
  const payload = { actorName: 'Rita', ...of.payload };
  await infra.db.inWorkspace(workspaceId, (tx) => infra.outbox.emit(tx, { workspaceId, name: of.trigger, payload }));
  await infra.outbox.settle();
  await modules.automations.runDue();
  for (let tries = 0; tries < 100; tries += 1) {
    const { rows } = await client().call(listAutomationRuns, { automationId: id });
    const [run] = rows;
    if (run !== undefined && run.state !== 'running' && run.state !== 'waiting') {
      await client().call(switchAutomation, { automationId: id, isOn: false });
      return run;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The run does not end');
}

const said = (run: AutomationRun) => [run.state, run.steps[0]?.said];

test('the brief goes to the creator once, and a second time nothing is sent', async () => {
  await client().call(saveBrief, {
    campaignId: roster.campaignId,
    basedOn: 0,
    brief: briefSchema.parse({ background: 'Oats', keyMessages: ['It holds its foam'] }),
  });
  const send = () =>
    runAction({ action: 'brief.send', settings: {} }, { trigger: 'enrolment.happened', payload: who() });
  const run = await send();
  expect(run.state).toBe('done');
  expect(run.steps[0]?.said).toMatch(/version 1 of the brief/iu);
  const seen = await core.database.db.asSystem((tx) =>
    sql`select 1 from brief_receipt where enrolment_id = ${who().enrolmentId}`.execute(tx),
  );
  expect(seen.rows).toHaveLength(1);
  expect(said(await send())).toEqual(['done', 'Has version 1 of the brief already']);
});

test('a contract is drafted from a template, and offered when its text is whole', async () => {
  const { templates } = await client().call(listTemplates, {});
  const settings = { templateId: templates[0]?.id ?? '', how: 'draft', days: '7' };
  const use = { action: 'contract.propose', settings };
  expect(said(await runAction(use, { trigger: 'enrolment.happened', payload: who() }))).toEqual([
    'done',
    'Contract drafted for the team',
  ]);
  const { rows } = await client().call(listContracts, { campaignId: roster.campaignId });
  expect(rows).toMatchObject([{ state: 'draft', enrolmentId: who().enrolmentId }]);
  // The draft that stands is offered, or it is said what its text still lacks; no second one is drafted.
  const offer = await runAction(
    { ...use, settings: { ...settings, how: 'offer' } },
    { trigger: 'enrolment.happened', payload: who() },
  );
  const after = await client().call(listContracts, { campaignId: roster.campaignId });
  expect(after.rows).toHaveLength(1);
  if (offer.state === 'done') expect(after.rows[0]?.state).toBe('sent');
  else expect(offer.because).toMatch(/drafted and not offered: .*lacks/u);
});

test('a sequence is started for the creator, and stopped', async () => {
  await client().call(saveOutreachSettings, { postalAddress: '1 Oat Lane, Dublin' });
  await core.database.db.asSystem((tx) =>
    sql`insert into mailbox (workspace_id, id, address, auth, user_name, smtp, sealed, daily_limit, ramp_start, ramp_step, ramp_from, gap_seconds, is_default, state, created_by, created_at)
      values (${workspaceId}, 'mbx_test', 'rita@oat.example', 'password', 'rita', '{"host":"127.0.0.1","port":1,"security":"none"}', '\\x00', 50, 10, 5, '2026-05-01', 0, true, 'ok', 'Rita', ${now})`.execute(
      tx,
    ),
  );
  const steps = [{ waitDays: 0, subject: 'Hello', body: 'Would you like to work with us?' }];
  const { id: sequenceId } = await client().call(createSequence, { name: 'First word', steps });
  const payload = { personId: who(1).personId };
  const started = await runAction(
    { action: 'sequence.start', settings: { sequenceId } },
    { trigger: 'opinion.saved', payload },
  );
  expect(said(started)).toEqual(['done', 'Started “First word”']);
  const runs = async () => {
    const { rows } = await client().call(listMailings, { sequenceId });
    const found = await client().call(listMailingRuns, { mailingId: rows[0]?.id ?? '' });
    return found.rows.filter((run) => run.personId === payload.personId).map((run) => run.state);
  };
  const before = await runs();
  expect(before).toHaveLength(1);
  const stopped = await runAction(
    { action: 'sequence.stop', settings: { sequenceId } },
    { trigger: 'opinion.saved', payload },
  );
  expect(said(stopped)).toEqual(['done', 'Stopped 1']);
  expect(await runs()).not.toEqual(before);
  const again = await runAction({ action: 'sequence.stop', settings: {} }, { trigger: 'opinion.saved', payload });
  expect(said(again)).toEqual(['done', 'Nothing was running']);
});

describe('a draft is approved by an automation', () => {
  async function handedIn(title: string, of: { caption: string; ticksAll: boolean }) {
    const { campaignId, enrolmentId, personId } = who();
    const piece = { campaignId, enrolmentIds: [enrolmentId], platform: 'instagram' as const, format: 'post', title };
    const { deliverableIds } = await client().call(addDeliverables, { ...piece, dueOn: null });
    const deliverableId = deliverableIds[0] ?? '';
    const creator = await core.portal('mine', personId);
    const begun = await creator.call(drafts.portalStartDraft, { deliverableId });
    const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    await creator.upload(drafts.portalAddFile, { deliverableId }, { body: new Uint8Array(png), fileName: 'a.png' });
    const ticks = of.ticksAll ? begun.guidelines.map((line) => line.key) : [];
    await creator.call(drafts.portalWriteDraft, { deliverableId, caption: of.caption, ticks });
    const sent = await creator.call(drafts.portalSubmitDraft, { deliverableId, round: 1 });
    const submissionId = sent.submissionId ?? '';
    // What the draft tells of itself is heard before the automation is there.
    await core.core.infra.outbox.settle();
    const payload = { ...who(), submissionId, deliverableId };
    const run = await runAction(
      { action: 'draft.approve', settings: {} },
      { trigger: 'submission.submitted', payload },
    );
    const { state } = await client().call(drafts.getSubmission, { submissionId });
    return { run, state, submissionId };
  }

  test('when its label passes and every check is met, and the trail names the automation', async () => {
    const { run, state, submissionId } = await handedIn('Whole', { caption, ticksAll: true });
    expect(said(run)).toEqual(['done', 'Approved']);
    expect(state).toBe('approved');
    const { rows } = await client().call(listAudit, { limit: 200 });
    expect(rows.find((row) => row.action === 'submission.approved' && row.subjectId === submissionId)).toMatchObject({
      actor: { kind: 'system', name: expect.stringContaining('Automation “Does draft.approve') },
    });
  });

  test('never when the label fails', async () => {
    const { run, state } = await handedIn('Unlabelled', {
      caption: 'Half past eight with my new favourite #collab',
      ticksAll: true,
    });
    expect(run.state).toBe('failed');
    expect(run.because).toMatch(/label readers see does not pass/u);
    expect(state).toBe('pending_approval');
  });

  test('nor when a check is open', async () => {
    const { run, state } = await handedIn('Unticked', { caption, ticksAll: false });
    expect(run.because).toMatch(/“It holds its foam” is unknown/u);
    expect(state).toBe('pending_approval');
  });
});
