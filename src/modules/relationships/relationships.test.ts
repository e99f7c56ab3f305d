import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { dayMs } from '#kernel/time.ts';
import * as campaigns from '#modules/campaigns/api.ts';
import { listMerges, mergeCreators, splitCreators } from '#modules/creators/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createPlainCreators } from '#tests/support/plain-creators.ts';
import * as api from './api.ts';
import { openWork } from './index.ts';

describe('memory of creators', () => {
  let test: TestCore;
  let client: Client;
  let theirs: Client;
  let workspaceId: string;
  let people: string[];
  let nowMs = Date.parse('2026-06-10T09:00:00Z');
  let next = 0;
  const person = () => people[next++] ?? '';

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => new Date(nowMs) } });
    workspaceId = await test.database.createWorkspace('mine');
    await test.database.createWorkspace('theirs');
    people = await createPlainCreators(test.database.db, workspaceId, 20);
    client = test.client('mine');
    theirs = test.client('theirs');
  });
  afterAll(() => test.close());

  const factsOf = async (personId: string) => {
    const { rows } = await test.database.db.asSystem((tx) =>
      sql<{
        name: string;
        value: unknown;
      }>`select name, value from person_fact where workspace_id = ${workspaceId} and person_id = ${personId} order by name`.execute(
        tx,
      ),
    );
    return Object.fromEntries(rows.map((row) => [row.name, row.value]));
  };
  const campaignWith = async (personId: string, stage = 'making') => {
    const { id } = await client.call(campaigns.createCampaign, {
      name: 'Slow Mornings',
      model: 'sponsored',
      startsOn: '2026-04-20',
      endsOn: '2026-05-31',
      currency: 'EUR',
    });
    const fee = { amountMinor: '30000', currency: 'EUR' };
    const { enrolmentIds } = await client.call(campaigns.addToRoster, {
      campaignId: id,
      personIds: [personId],
      stage,
      fee,
    });
    return { campaignId: id, enrolmentId: enrolmentIds[0] ?? '' };
  };
  const live = async (of: { campaignId: string; enrolmentId: string; dueOn: string; liveAt: string | null }) => {
    const { campaignId, enrolmentId, dueOn, liveAt } = of;
    const made = await client.call(campaigns.addDeliverables, {
      campaignId,
      enrolmentIds: [enrolmentId],
      platform: 'instagram',
      format: 'reel',
      title: 'Reel',
      dueOn,
    });
    const [deliverableId = ''] = made.deliverableIds;
    if (liveAt !== null)
      await client.call(campaigns.changeDeliverableState, {
        deliverableId,
        from: 'planned',
        to: 'live',
        liveUrl: `https://www.instagram.com/p/${deliverableId}/`,
        liveAt,
      });
  };
  const strike = async (personId: string, kind: string, occurredOn = '2026-05-01') => {
    const incident = await client.call(api.openIncident, {
      personId,
      about: 'creator',
      kind,
      summary: 'It happened',
      occurredOn,
    });
    return client.call(api.closeIncident, {
      incidentId: incident.id,
      outcome: 'upheld',
      reason: 'No answer to three mails',
    });
  };

  it('sums what was paid, on time and late, and says "not enough data" before it knows', async () => {
    const who = person();
    const empty = await client.call(api.getRelationship, { personId: who });
    expect(empty.sum).toMatchObject({
      campaigns: 0,
      paid: [],
      onTime: { value: null, n: 0 },
      daysLate: { value: null },
      rating: { value: null, n: 0 },
    });
    const at = await campaignWith(who);
    await live({ ...at, dueOn: '2026-05-10', liveAt: '2026-05-10T21:30:00Z' });
    await live({ ...at, dueOn: '2026-05-10', liveAt: '2026-05-14T08:00:00Z' });
    expect((await client.call(api.getRelationship, { personId: who })).sum.onTime).toMatchObject({
      value: null,
      n: 2,
      reason: expect.stringContaining('not enough data'),
    });
    await live({ ...at, dueOn: '2026-05-20', liveAt: '2026-05-18T08:00:00Z' });
    await live({ ...at, dueOn: '2026-05-20', liveAt: null });
    await client.call(campaigns.updateEnrolment, {
      enrolmentId: at.enrolmentId,
      feePaidOn: '2026-06-01',
      payEarlyReason: 'Three of four are live',
    });
    const { sum, campaigns: work } = await client.call(api.getRelationship, { personId: who });
    expect(sum).toMatchObject({
      campaigns: 1,
      paid: [{ amountMinor: '30000', currency: 'EUR' }],
      paidCount: 1,
      onTime: { value: 2 / 3, n: 3 },
      daysLate: { value: 0, n: 3 },
      overdue: 1,
      postRate: { value: 0.75, n: 4 },
    });
    expect(work[0]).toMatchObject({
      paidOn: '2026-06-01',
      posts: { planned: 4, live: 3, onTime: 2, late: 1, overdue: 1, daysLateMax: 4 },
    });
    await expect(theirs.call(api.getRelationship, { personId: who })).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('keeps who would work with somebody again, why, and what they thought before', async () => {
    const who = person();
    const said = { personId: who, again: 'yes' as const, reason: 'Fast, kind, funny' };
    await client.call(api.saveOpinion, said);
    expect(await client.call(api.saveOpinion, said)).toHaveLength(1);
    nowMs += 1000;
    const opinions = await client.call(api.saveOpinion, { ...said, again: 'no', reason: 'Late twice' });
    expect(opinions).toMatchObject([
      { again: 'no', holds: true },
      { again: 'yes', holds: false },
    ]);
    expect((await client.call(api.getRelationship, { personId: who })).sum.again).toEqual({ yes: 0, maybe: 0, no: 1 });
    await expect(client.call(api.saveOpinion, { ...said, reason: ' ' })).rejects.toMatchObject({
      details: [{ field: 'reason', message: 'Say why' }],
    });
  });

  it('flags a creator who went silent twice, keeps them off rosters, and is overruled by a person for good', async () => {
    const who = person();
    await strike(who, 'ghosting');
    expect(await factsOf(who)).toEqual({});
    const second = await strike(who, 'ghosting', '2026-06-01');
    expect(await factsOf(who)).toMatchObject({
      do_not_work: true,
      do_not_work_reason: expect.stringContaining('twice'),
    });
    const { id: campaignId } = await client.call(campaigns.createCampaign, {
      name: 'New',
      model: 'sponsored',
      startsOn: '2026-07-01',
      endsOn: '2026-07-31',
    });
    const add = () => client.call(campaigns.addToRoster, { campaignId, personIds: [who] });
    expect(await add()).toMatchObject({
      added: 0,
      refused: [{ reason: 'do_not_work', message: expect.stringContaining('Lift the flag') }],
    });

    // Taking the second decision back lets the flag fall, deciding it anew sets it again.
    await client.call(api.reopenIncident, { incidentId: second.id });
    expect(await factsOf(who)).toEqual({});
    await client.call(api.closeIncident, { incidentId: second.id, outcome: 'upheld', reason: 'Still no answer' });
    expect(await client.call(api.listFlags, {})).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ person: { id: who, name: expect.any(String) }, lifted: null }),
      ]),
    );
    await client.call(api.liftFlag, { personId: who, reason: 'She was in hospital' });
    expect(await client.call(api.saveIncidentRules, { rules: [{ kinds: ['ghosting'], count: 2 }] })).toMatchObject({
      flagged: 0,
    });
    expect(await add()).toMatchObject({ added: 1 });
    await strike(who, 'ghosting', '2026-06-09');
    expect(await factsOf(who)).toMatchObject({ do_not_work: true });
    await expect(client.call(api.setFlag, { personId: who, reason: 'x' })).rejects.toMatchObject({
      code: 'relationships.already_flagged',
    });
    expect(await client.call(api.saveIncidentRules, { rules: [] })).toMatchObject({
      lifted: 1,
      savedBy: expect.any(String),
    });
    expect(await factsOf(who)).not.toHaveProperty('do_not_work');
  });

  it('hears both sides of an incident: the creator reads what was shared, answers once, and can write down ours', async () => {
    const who = person();
    const other = person();
    const hidden = await client.call(api.openIncident, {
      personId: who,
      about: 'creator',
      kind: 'late',
      summary: 'Nine days',
      occurredOn: '2026-05-20',
    });
    const creator = await test.portal('mine', who);
    expect(await creator.call(api.listPortalIncidents, {})).toEqual([]);
    const shared = await client.call(api.shareIncident, { incidentId: hidden.id });
    expect(shared.link).toMatch(/\/p\/enter#/);
    expect(await creator.call(api.listPortalIncidents, {})).toMatchObject([
      { id: hidden.id, state: 'open', answer: null },
    ]);
    const text = 'The parcel came late.';
    await creator.call(api.answerPortalIncident, { incidentId: hidden.id, text });
    expect(await creator.call(api.answerPortalIncident, { incidentId: hidden.id, text })).toMatchObject({
      state: 'answered',
    });
    await expect(
      creator.call(api.answerPortalIncident, { incidentId: hidden.id, text: 'Other' }),
    ).rejects.toMatchObject({ code: 'relationships.already_answered' });
    const stranger = await test.portal('mine', other);
    const missing = (id: string) =>
      stranger.call(api.answerPortalIncident, { incidentId: id, text }).catch((error: Error) => error.message);
    expect(await missing(hidden.id)).toBe(await missing('inc_none'));
    await expect(client.call(api.answerIncident, { incidentId: hidden.id, text: 'x' })).rejects.toMatchObject({
      code: 'relationships.not_yours',
    });

    const ours = await creator.call(api.openPortalIncident, {
      kind: 'late_payment',
      summary: 'Still nothing',
      occurredOn: '2026-06-09',
      evidence: [{ label: 'Invoice', url: 'https://example.com/1' }],
    });
    expect(ours).toMatchObject({ about: 'brand', openedSide: 'creator', state: 'open' });
    await client.call(api.answerIncident, { incidentId: ours.id, text: 'Paid today, sorry.' });
    await client.call(api.closeIncident, { incidentId: ours.id, outcome: 'upheld', reason: 'Our bank' });
    const { sum, flag } = await client.call(api.getRelationship, { personId: who });
    expect({ ...sum, flag }).toMatchObject({ brandStrikes: 1, strikes: 0, flag: null });
    await expect(
      creator.call(api.openPortalIncident, { kind: 'other', summary: 'x', occurredOn: '2027-01-01' }),
    ).rejects.toMatchObject({ details: [{ field: 'occurredOn' }] });
    await expect(
      client.call(api.openIncident, {
        personId: who,
        about: 'brand',
        kind: 'ghosting',
        summary: 'x',
        occurredOn: '2026-01-01',
      }),
    ).rejects.toMatchObject({ details: [{ field: 'kind' }] });
  });

  it('imports the history of another tool once, names each fault by row and column, and writes nothing on a dry run', async () => {
    const [one, two] = [person(), person()];
    const handles = [one, two].map((id) => `creator${people.indexOf(id) + 1}`);
    const file = [
      'Instagram Handle;Project Name;Project Status;Offer Amount (EUR);Amount Paid;Payment Date;Live URL;Date Posted;Due date;Creator Rating;Mood',
      `@${handles[0]};Spring;Completed;"1.250,00";"1.250,00";13.03.2026;https://instagram.com/p/AAA/?x=1;10.03.2026;09.03.2026;4;x`,
      `https://www.instagram.com/${handles[0]}/;Summer;Invited;300;;;;;;;x`,
      `@${handles[1]};Spring;Declined;$ 90;;;;;;;x`,
      '@nobody_here;Spring;Completed;100;;;;;;;x',
      `@${handles[1]};Autumn;Live;12,5,0;;31.02.2026;;01.01.2031;;7/5;x`,
    ].join('\r\n');
    const upload = (dryRun: boolean, body = file) =>
      client.upload(api.importPastWork, { dryRun, source: 'Aspire' }, { body, fileName: 'history.csv' });
    const dry = await upload(true);
    expect(dry).toMatchObject({
      read: 5,
      added: 3,
      changed: 0,
      skipped: 2,
      creators: 2,
      ignoredColumns: ['Mood'],
      dryRun: true,
    });
    expect(dry.errors.map((error) => [error.row, error.field])).toEqual([
      [5, 'creator'],
      [6, 'agreed fee'],
      [6, 'paid on'],
      [6, 'posted on'],
      [6, 'rating'],
    ]);
    expect((await client.call(api.getRelationship, { personId: one })).pastWork).toEqual([]);
    // The amount paid names no currency of its own; the fee's heading does.
    expect(await upload(false)).toMatchObject({ added: 3 });
    expect(await upload(false)).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
    expect(await upload(false, file.replace(';4;x', ';5;x').split('\r\n').slice(0, 2).join('\n'))).toMatchObject({
      added: 0,
      changed: 1,
    });
    const { pastWork, sum } = await client.call(api.getRelationship, { personId: one });
    expect(pastWork).toMatchObject([
      {
        campaignName: 'Spring',
        standing: 'worked',
        paid: { amountMinor: '125000', currency: 'EUR' },
        rating: 1,
        postedOn: '2026-03-10',
        source: 'Aspire',
      },
      { campaignName: 'Summer', standing: 'contacted', fee: { amountMinor: '30000', currency: 'EUR' }, paid: null },
    ]);
    expect(sum).toMatchObject({
      campaigns: 1,
      imported: 2,
      paid: [{ amountMinor: '125000', currency: 'EUR' }],
      onTime: { value: null, n: 1 },
    });
    expect(await factsOf(one)).toMatchObject({ contacted: true, worked_with: true });
    expect(await factsOf(two)).toEqual({ contacted: true });
    for (const [body, message] of [
      ['', /empty/],
      ['a,b\n1,2', /which creator/],
      ['handle,fee\nx,1', /which work/],
    ] as const)
      await expect(upload(true, body)).rejects.toMatchObject({
        code: 'relationships.bad_file',
        message: expect.stringMatching(message),
      });
  });

  it('does not unlearn imported history when a campaign here comes and goes', async () => {
    const who = person();
    const body = `handle,campaign,status\ncreator${people.indexOf(who) + 1},Old,Completed`;
    await client.upload(api.importPastWork, {}, { body, fileName: 'h.csv' });
    const { campaignId, enrolmentId } = await campaignWith(who, 'shortlisted');
    await client.call(campaigns.removeFromRoster, { campaignId, enrolmentIds: [enrolmentId] });
    await test.core.infra.outbox.settle();
    expect(await factsOf(who)).toMatchObject({ contacted: true, worked_with: true });
  });

  it('knows managers who speak for many, and sends them one message about several', async () => {
    const [one, two, three] = [person(), person(), person()];
    const manager = await client.call(api.createManager, {
      name: 'Ada Quill',
      kind: 'agency',
      email: 'ada@quill.example',
      personIds: [one, two],
    });
    await expect(client.call(api.createManager, { name: 'Other', email: 'ADA@quill.example' })).rejects.toMatchObject({
      details: [{ field: 'email' }],
    });
    await client.call(api.changeManagerCreators, { managerId: manager.id, add: [three], remove: [two] });
    const [kept] = await client.call(api.listManagers, { personId: three });
    expect(kept?.creators.map((creator) => creator.id).toSorted()).toEqual([one, three].toSorted());
    const message = { managerId: manager.id, subject: 'Autumn', body: 'Are {creators} free in October?' };
    const sent = await client.call(api.messageManager, { ...message, personIds: [one, three] });
    expect(sent.text).toMatch(/^Are Creator \d+ and Creator \d+ free in October\?$/);
    await expect(client.call(api.messageManager, { ...message, personIds: [two] })).rejects.toMatchObject({
      details: [{ field: 'personIds.0' }],
    });
    expect(await client.call(api.getTimeline, { personId: three, kinds: ['message'] })).toMatchObject([
      { title: 'Wrote to Ada Quill', detail: expect.stringContaining('with 1 more') },
    ]);
    expect((await client.call(api.getRelationship, { personId: one })).managers).toMatchObject([{ name: 'Ada Quill' }]);
    await expect(theirs.call(api.removeManager, { managerId: manager.id })).rejects.toMatchObject({
      kind: 'not_found',
    });
    await client.call(api.removeManager, { managerId: manager.id });
    expect(await client.call(api.listManagers, { personId: one })).toEqual([]);
  });

  it('tells the story newest first, and follows a creator who was merged into another', async () => {
    const [kept, gone] = [person(), person()];
    await campaignWith(gone);
    nowMs += dayMs;
    const note = await client.call(api.addNote, { personId: gone, body: 'Prefers mornings' });
    await client.call(api.setFlag, { personId: gone, reason: 'Sued us' });
    await client.call(api.createManager, { name: 'M', personIds: [gone, kept] });
    await client.call(mergeCreators, { keptPersonId: kept, absorbedPersonId: gone });
    await test.core.infra.outbox.settle();
    const notes = await client.call(api.listNotes, { personId: kept });
    expect(notes.map((one) => one.id)).toEqual([note.id]);
    expect(await factsOf(kept)).toMatchObject({ do_not_work: true, do_not_work_reason: 'Sued us' });
    const story = await client.call(api.getTimeline, { personId: kept });
    expect(story.map((one) => one.kind)).toEqual(expect.arrayContaining(['flag', 'note', 'roster']));
    expect(story.map((one) => one.at)).toEqual(
      story
        .map((one) => one.at)
        .toSorted()
        .toReversed(),
    );
    expect(await client.call(api.updateNote, { personId: kept, noteId: note.id, body: 'Prefers noon' })).toMatchObject({
      body: 'Prefers noon',
      editedAt: expect.any(String),
    });
  });

  it('parts memory again when the merge is undone: each gets back what was written of them', async () => {
    const [kept, gone] = [person(), person()];
    const ofKept = await client.call(api.addNote, { personId: kept, body: 'Of the kept one' });
    const ofGone = await client.call(api.addNote, { personId: gone, body: 'Of the merged one' });
    for (const [personId, kind] of [
      [kept, 'late'],
      [gone, 'abuse'],
    ] as const)
      await client.call(api.openIncident, { personId, about: 'creator', kind, summary: 'x', occurredOn: '2026-05-01' });
    await client.call(api.setFlag, { personId: gone, reason: 'Sued us' });
    const shared = await client.call(api.createManager, { name: 'Shared', personIds: [gone, kept] });
    const own = await client.call(api.createManager, { name: 'Own', personIds: [gone] });
    await client.call(mergeCreators, { keptPersonId: kept, absorbedPersonId: gone });
    await test.core.infra.outbox.settle();
    const later = await client.call(api.addNote, { personId: kept, body: 'Written after the merge' });
    expect(await client.call(api.listIncidents, { personId: kept })).toMatchObject({ rows: [{}, {}] });
    const { rows: merges } = await client.call(listMerges, { personId: kept });
    await client.call(splitCreators, { mergeId: merges[0]?.id ?? '' });
    await test.core.infra.outbox.settle();
    const notesOf = async (personId: string) =>
      (await client.call(api.listNotes, { personId })).map((one) => one.id).sort();
    expect(await notesOf(gone)).toEqual([ofGone.id]);
    expect(await notesOf(kept)).toEqual([ofKept.id, later.id].sort());
    const kindsOf = async (personId: string) =>
      (await client.call(api.listIncidents, { personId })).rows.map((one) => one.kind);
    expect(await kindsOf(kept)).toEqual(['late']);
    expect(await kindsOf(gone)).toEqual(['abuse']);
    const managersOf = async (personId: string) =>
      (await client.call(api.listManagers, { personId })).map((one) => one.id).sort();
    expect(await managersOf(gone)).toEqual([shared.id, own.id].sort());
    expect(await managersOf(kept)).toEqual([shared.id]);
    expect(await factsOf(gone)).toMatchObject({ do_not_work: true });
    expect(await factsOf(kept)).not.toMatchObject({ do_not_work: true });
  });

  it('counts how fast a creator answers from our first unanswered message, and how many rounds drafts took', async () => {
    const who = person();
    const { campaignId, enrolmentId } = await campaignWith(who);
    const { deliverableIds } = await client.call(campaigns.addDeliverables, {
      campaignId,
      enrolmentIds: [enrolmentId],
      platform: 'instagram',
      format: 'reel',
      title: 'Reel',
    });
    await test.database.db.inWorkspace(workspaceId, async (tx) => {
      const at = (hours: number) => new Date(nowMs - 100 * 3_600_000 + hours * 3_600_000);
      for (const thread of ['thr_a', 'thr_b', 'thr_c']) {
        await tx
          .insertInto('mail_thread')
          .values({
            workspace_id: workspaceId,
            id: thread,
            person_id: who,
            subject: 'x',
            last_at: at(0),
            last_direction: 'in',
            created_at: at(0),
          })
          .execute();
        const message = (id: string, direction: string, hours: number, kind = 'message') => ({
          workspace_id: workspaceId,
          id: `${thread}${id}`,
          thread_id: thread,
          person_id: who,
          direction,
          channel: 'email',
          kind,
          state: direction === 'in' ? 'received' : 'sent',
          body: 'x',
          at: at(hours),
        });
        await tx
          .insertInto('mail_message')
          // They wrote first; two of ours; an auto-reply; their answer, twice.
          .values([
            message('1', 'in', 0),
            message('2', 'out', 1),
            message('3', 'out', 5),
            message('4', 'in', 6, 'auto_reply'),
            message('5', 'in', 9),
            message('6', 'in', 20),
          ])
          .execute();
      }
      await tx
        .insertInto('submission')
        .values({
          workspace_id: workspaceId,
          id: 'sub_rounds',
          campaign_id: campaignId,
          enrolment_id: enrolmentId,
          deliverable_id: deliverableIds[0] ?? '',
          person_id: who,
          state: 'approved',
          state_since: at(0),
          round: 2,
          approved_round: 2,
          created_at: at(0),
          updated_at: at(0),
        })
        .execute();
    });
    const { sum, campaigns: work } = await client.call(api.getRelationship, { personId: who });
    expect(sum.replyHours).toMatchObject({ value: 8, n: 3 });
    expect(sum.draftRounds).toMatchObject({ value: null, n: 1 });
    expect(work[0]?.draftRounds).toBe(2);
  });

  it('tells members of what a creator wrote down or answered', async () => {
    const creator = await test.portal('mine', person());
    const { id } = await creator.call(api.openPortalIncident, {
      kind: 'goods_missing',
      summary: 'No parcel came',
      occurredOn: '2026-06-01',
    });
    const work = () => test.core.infra.db.inWorkspace(workspaceId, (tx) => openWork(tx, workspaceId));
    expect(await work()).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'incident.to_answer', path: '/incidents' })]),
    );
    await client.call(api.closeIncident, { incidentId: id, outcome: 'dismissed', reason: 'It came' });
    expect((await work()).some((one) => one.title.includes('goods never came'))).toBe(false);
  });
});
