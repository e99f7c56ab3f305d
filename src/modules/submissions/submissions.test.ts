import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { addDeliverables, briefSchema, listDeliverables, listRoster, saveBrief } from '#modules/campaigns/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { importFile } from '#tests/support/import-file.ts';
import * as api from './api.ts';
import { approveUnanswered, openWork, portalTasks, runDueLooks } from './index.ts';

const labelled = 'Ad. Half past eight, and nobody is in a hurry. This cocoa holds its foam with @oatwhistle. NELL10';
const unlabelled = 'Half past eight, and nobody is in a hurry. This cocoa holds its foam with my new favourite.';
const start = new Date('2026-05-14T09:00:00Z'); // a Thursday

describe('drafts', () => {
  let test: TestCore;
  let now = start;
  let roster: TestRoster;
  let workspaceId = '';
  let client: Client;
  let png: Uint8Array<ArrayBuffer>;

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => now } });
    workspaceId = await test.database.createWorkspace('mine');
    await test.database.createWorkspace('theirs');
    client = test.client('mine');
    roster = await aCampaign(test.database, workspaceId, ['nell.bakes', 'ravi.brews']);
    await client.call(saveBrief, {
      campaignId: roster.campaignId,
      basedOn: 0,
      brief: briefSchema.parse({ dos: ['Show the carton'], donts: ['No rivals'], keyMessages: ['It holds its foam'] }),
    });
    const image = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    png = new Uint8Array(image);
  }, 60_000);
  afterAll(() => test.close());

  const who = (at = 0) => {
    const enrolment = roster.enrolments[at];
    if (enrolment === undefined) throw new Error('No such creator in the test');
    return enrolment;
  };
  const piece = async (title: string, at = 0, dueOn: string | null = '2026-05-20') => {
    const made = await client.call(addDeliverables, {
      campaignId: roster.campaignId,
      enrolmentIds: [who(at).id],
      platform: 'instagram',
      format: 'post',
      title,
      dueOn,
    });
    return made.deliverableIds[0] ?? '';
  };
  const portal = (at = 0) => test.portal('mine', who(at).personId);
  /** A draft a creator handed in with a picture. */
  const handedIn = async (title: string, caption = labelled) => {
    const deliverableId = await piece(title);
    const creator = await portal();
    await creator.call(api.portalStartDraft, { deliverableId });
    await creator.upload(api.portalAddFile, { deliverableId }, { body: png, fileName: 'morning.png' });
    await creator.call(api.portalWriteDraft, { deliverableId, caption });
    const sent = await creator.call(api.portalSubmitDraft, { deliverableId, round: 1 });
    return { creator, deliverableId, submissionId: sent.submissionId ?? '' };
  };
  const stateOf = async (submissionId: string) => (await client.call(api.getSubmission, { submissionId })).state;
  const deliverableState = async (deliverableId: string) =>
    (await client.call(listDeliverables, { campaignId: roster.campaignId, limit: 500 })).rows.find(
      (row) => row.id === deliverableId,
    )?.state;

  it('go from a creator’s phone through two rounds to approval, and take the deliverable with them', async () => {
    const { creator, deliverableId, submissionId } = await handedIn('Two rounds');
    const first = await client.call(api.getSubmission, { submissionId });
    expect(first).toMatchObject({ state: 'pending_approval', round: 1, verdict: 'pass', files: 1 });
    expect(first.checklist.map((one) => one.point)).toContain('do:Show the carton');
    expect(await deliverableState(deliverableId)).toBe('drafted');

    await client.call(api.requestChanges, { submissionId, round: 1, note: 'Turn the carton, please' });
    const asked = await creator.call(api.portalGetSubmission, { deliverableId });
    expect(asked).toMatchObject({ state: 'changes_requested', asked: { note: 'Turn the carton, please' } });
    const next = await creator.call(api.portalStartDraft, { deliverableId });
    expect(next.rounds.at(-1)).toMatchObject({
      number: 2,
      outcome: 'draft',
      caption: labelled,
      files: [{ kind: 'image' }],
    });
    await creator.call(api.portalWriteDraft, { deliverableId, caption: `${labelled} Turned it.` });
    await creator.call(api.portalSubmitDraft, { deliverableId, round: 2 });
    const compared = await client.call(api.compareRounds, { submissionId, from: 1, to: 2 });
    expect(compared.caption.filter((part) => part.kind !== 'same')).toEqual([{ kind: 'added', text: ' Turned it.' }]);
    expect(compared.files).toMatchObject([{ change: 'same' }]);

    const approved = await client.call(api.approveDraft, { submissionId, round: 2 });
    expect(approved).toMatchObject({ state: 'approved', approvedRound: 2, revisions: { used: 1, max: null } });
    expect(await deliverableState(deliverableId)).toBe('approved');
    await expect(creator.call(api.portalWriteDraft, { deliverableId, caption: 'x' })).rejects.toMatchObject({
      code: 'submissions.not_a_draft',
    });
  });

  it('refuse an approval of an outdated round, and tell the second of two who approve at once that it is done', async () => {
    const { submissionId } = await handedIn('At once');
    await expect(client.call(api.approveDraft, { submissionId, round: 7 })).rejects.toMatchObject({
      code: 'submissions.round_outdated',
    });
    const both = await Promise.allSettled([
      client.call(api.approveDraft, { submissionId, round: 1 }),
      test.client('mine').call(api.approveDraft, { submissionId, round: 1 }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = both.find((one) => one.status === 'rejected');
    expect(lost?.reason).toMatchObject({
      code: 'submissions.already_decided',
      message: expect.stringMatching(/approved round 1 already/),
    });
    const { decisions } = await client.call(api.getSubmission, { submissionId });
    expect(decisions).toHaveLength(1);
  });

  it('end in one state when approval, a request for changes and a withdrawal race', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const { creator, deliverableId, submissionId } = await handedIn(`Race ${turn}`);
      const all = await Promise.allSettled([
        client.call(api.approveDraft, { submissionId, round: 1 }),
        client.call(api.requestChanges, { submissionId, round: 1, note: 'Other light' }),
        creator.call(api.portalWithdrawDraft, { deliverableId, round: 1 }),
      ]);
      const draft = await client.call(api.getSubmission, { submissionId });
      const { outcome } = draft.rounds[0] ?? {};
      expect(outcome).toBe(draft.state);
      expect(all.some((one) => one.status === 'fulfilled')).toBe(true);
      for (const one of all) if (one.status === 'rejected') expect(one.reason).toMatchObject({ kind: 'conflict' });
    }
  });

  it('let a failing label through only with a reason that stays, and offer the repaired caption instead', async () => {
    const { creator, deliverableId, submissionId } = await handedIn('Repair', unlabelled);
    const draft = await client.call(api.getSubmission, { submissionId });
    const repaired = draft.rounds[0]?.disclosure?.repaired ?? '';
    expect(draft.verdict).toBe('fail');
    await expect(client.call(api.approveDraft, { submissionId, round: 1 })).rejects.toMatchObject({
      code: 'submissions.label_fails',
      details: [{ field: 'overruleReason' }],
    });
    const approved = await client.call(api.approveDraft, { submissionId, round: 1, caption: repaired });
    expect(approved).toMatchObject({ state: 'approved', verdict: 'pass', captionStart: repaired.slice(0, 140) });
    const shown = await creator.call(api.portalGetSubmission, { deliverableId });
    expect(shown.rounds[0]?.proposal).toMatchObject({ caption: repaired, confirmedAt: null });
    const confirmed = await creator.call(api.portalUseCaption, { deliverableId, round: 1 });
    expect(confirmed.rounds[0]?.proposal?.confirmedAt).not.toBeNull();

    const other = await handedIn('Overruled', unlabelled);
    const round = 1;
    await client.call(api.approveDraft, { ...other, round, overruleReason: 'Said aloud in the first second' });
    expect((await client.call(api.getSubmission, other)).rounds[0]?.overruled?.reason).toMatch(/aloud/);
  });

  it('hand a proposed caption in with one tap', async () => {
    const { creator, deliverableId, submissionId } = await handedIn('One tap', unlabelled);
    await client.call(api.requestChanges, { submissionId, round: 1, note: 'Label first', caption: labelled });
    const sent = await creator.call(api.portalUseCaption, { deliverableId, round: 1 });
    expect(sent).toMatchObject({ state: 'pending_approval', round: 2 });
    expect(sent.rounds[1]).toMatchObject({
      caption: labelled,
      disclosure: { verdict: 'pass' },
      files: [{ kind: 'image' }],
    });
  });

  it('have no more rounds of changes than agreed, unless a member says why', async () => {
    await client.call(api.putReviewSetting, { ...usual(), revisionsMax: 1 });
    const { creator, deliverableId, submissionId } = await handedIn('Limited');
    await client.call(api.requestChanges, { submissionId, round: 1, note: 'One' });
    await creator.call(api.portalStartDraft, { deliverableId });
    await creator.call(api.portalSubmitDraft, { deliverableId, round: 2 });
    await expect(client.call(api.requestChanges, { submissionId, round: 2, note: 'Two' })).rejects.toMatchObject({
      code: 'submissions.rounds_used',
      details: [{ field: 'allowanceReason' }],
    });
    const granted = await client.call(api.requestChanges, {
      submissionId,
      round: 2,
      note: 'Two',
      allowanceReason: 'The product was renamed',
    });
    expect(granted).toMatchObject({ state: 'changes_requested', revisions: { used: 2, max: 1, source: 'campaign' } });
    expect(granted.rounds[1]?.allowance?.reason).toBe('The product was renamed');
    await client.call(api.putReviewSetting, usual());
  });

  const usual = () => ({
    campaignId: roster.campaignId,
    requiredRoles: ['manager' as const],
    reviewers: [],
    autoApproveDays: null,
    revisionsMax: null,
  });

  it('wait for every required role, show a client by a link only what is for clients, and keep objections from the creator', async () => {
    await client.call(api.putReviewSetting, { ...usual(), requiredRoles: ['manager', 'client'] });
    const { creator, deliverableId, submissionId } = await handedIn('For the client');
    const { link } = await client.call(api.makeReviewLink, {
      campaignId: roster.campaignId,
      name: 'Rita of Oatwhistle',
    });
    const token = link.split('/').at(-1) ?? '';
    await client.call(api.addComment, { submissionId, round: 1, body: 'Fee is too high', visibility: 'team' });
    await client.call(api.addComment, { submissionId, round: 1, body: 'Is the carton right?', visibility: 'client' });
    const span = { start: 4, end: 9 };
    await client.call(api.addComment, { submissionId, round: 1, body: 'Lovely opening', span });

    const open = await client.call(api.openSharedReview, { token });
    expect(open.drafts.map((draft) => draft.id)).toContain(submissionId);
    const shown = await client.call(api.showSharedDraft, { token, submissionId });
    expect(shown.comments.map((one) => one.body)).toEqual(['Is the carton right?', 'Lovely opening']);
    expect(JSON.stringify(shown)).not.toMatch(/Fee is too high|"(per|enr|dlv|cmp)_/);
    const ticket = new URL(shown.files[0]?.url ?? '', 'http://x');
    const picture = await test.fetch(new Request(`http://localhost${ticket.pathname}`));
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect((await test.fetch(new Request(`http://localhost${ticket.pathname}x`))).status).toBe(404);

    await client.call(api.approveDraft, { submissionId, round: 1 });
    expect(await stateOf(submissionId)).toBe('pending_approval');
    await client.call(api.decideSharedDraft, {
      token,
      submissionId,
      round: 1,
      decision: 'changes_requested',
      note: 'More foam',
    });
    const seen = await creator.call(api.portalGetSubmission, { deliverableId });
    expect([seen.state, seen.asked, seen.comments.map((one) => one.body)]).toEqual([
      'pending_approval',
      null,
      ['Lovely opening'],
    ]);
    expect(await client.call(api.getSubmission, { submissionId })).toMatchObject({ isPaused: true });
    await client.call(api.decideSharedDraft, { token, submissionId, round: 1, decision: 'approved' });
    expect(await stateOf(submissionId)).toBe('approved');

    const { rows } = await client.call(api.listReviewLinks, { campaignId: roster.campaignId });
    await client.call(api.revokeReviewLink, { campaignId: roster.campaignId, linkId: rows[0]?.id ?? '' });
    await expect(client.call(api.openSharedReview, { token })).rejects.toMatchObject({ code: 'guest_link.ended' });
    expect((await test.fetch(new Request(`http://localhost${ticket.pathname}`))).status).toBe(404);
    await client.call(api.putReviewSetting, usual());
  });

  it('are approved by silence after the agreed working days, never over an objection or a failing label', async () => {
    await client.call(api.putReviewSetting, { ...usual(), requiredRoles: ['manager', 'legal'], autoApproveDays: 2 });
    await client.call(api.putBusinessCalendar, {
      weekdaysOff: [6, 7],
      holidays: [{ day: '2026-05-15', name: 'Bank day' }],
    });
    const silent = await handedIn('Silent');
    const objected = await handedIn('Objected');
    const failing = await handedIn('Failing', unlabelled);
    await client.call(api.requestChanges, { ...objected, round: 1, role: 'legal', note: 'Claim without proof' });
    const { autoApproveAfter } = await client.call(api.getSubmission, silent);
    // Thursday; Friday is a holiday, then the weekend.
    expect(autoApproveAfter).toBe('2026-05-19');

    now = new Date('2026-05-19T23:59:00Z');
    expect(await approveUnanswered(test.core.infra)).toBe(0);
    now = new Date('2026-05-20T00:01:00Z');
    expect(await approveUnanswered(test.core.infra)).toBe(1);
    expect(await approveUnanswered(test.core.infra)).toBe(0);
    const done = await client.call(api.getSubmission, silent);
    expect(done).toMatchObject({ state: 'approved', decisions: [{ isAutomatic: true }, { isAutomatic: true }] });
    expect(await stateOf(objected.submissionId)).toBe('pending_approval');
    expect(await stateOf(failing.submissionId)).toBe('pending_approval');
    now = start;
    await client.call(api.putReviewSetting, usual());
  });

  it('propose the holidays of a country, day by day', async () => {
    const days = await client.call(api.proposeHolidays, { country: 'DE' });
    expect(days).toContainEqual({ day: '2026-12-25', name: expect.any(String) });
    await expect(client.call(api.proposeHolidays, { country: 'XX' })).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('are approved many at once and packed into one archive, the refused ones named', async () => {
    const good = await handedIn('Bulk one');
    const bad = await handedIn('Bulk two', unlabelled);
    const outcome = await client.call(api.approveMany, {
      campaignId: roster.campaignId,
      drafts: [
        { id: good.submissionId, round: 1 },
        { id: bad.submissionId, round: 1 },
      ],
    });
    expect(outcome).toMatchObject({
      approved: 1,
      recorded: 0,
      refused: [{ id: bad.submissionId, name: 'nell, Bulk two' }],
    });
    const answer = await client.open(api.downloadApproved, { campaignId: roster.campaignId, ids: [good.submissionId] });
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    expect(Object.keys(files)).toEqual(['001 nell - Bulk one/caption.txt', '001 nell - Bulk one/1 morning.png']);
    expect(Buffer.from(files['001 nell - Bulk one/1 morning.png'] ?? [])).toEqual(Buffer.from(png));
    expect(new TextDecoder().decode(files['001 nell - Bulk one/caption.txt'])).toBe(labelled);
  });

  it('take pictures and videos by their content alone, and nothing of what is refused stays', async () => {
    const deliverableId = await piece('Bad files');
    const creator = await portal();
    await creator.call(api.portalStartDraft, { deliverableId });
    const send = (body: Uint8Array<ArrayBuffer> | string) =>
      creator.upload(api.portalAddFile, { deliverableId }, { body, fileName: 'a.png' });
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const huge = await sharp({
      create: { width: 20_000, height: 15_000, channels: 3, background: 'white' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    for (const body of [svg, 'PK\u0003\u0004 an archive', new Uint8Array(huge), ''])
      await expect(send(body)).rejects.toMatchObject({ kind: 'invalid', code: 'files.not_accepted' });
    expect((await creator.call(api.portalGetSubmission, { deliverableId })).rounds[0]?.files).toEqual([]);
    await expect(creator.call(api.portalSubmitDraft, { deliverableId, round: 1 })).rejects.toMatchObject({
      code: 'submissions.nothing_to_submit',
    });
    const kept = await send(png);
    const fileId = kept.rounds[0]?.files[0]?.id ?? '';
    const gone = await creator.call(api.portalRemoveFile, { deliverableId, fileId });
    expect(gone.rounds[0]?.files).toEqual([]);
    await expect(creator.open(api.portalOpenFile, { deliverableId, fileId })).rejects.toMatchObject({
      kind: 'not_found',
    });
  }, 20_000);

  it('take captions of emoji only, in Arabic and in Japanese, and pin remarks to them', async () => {
    for (const caption of [
      '🥛☕️👩‍🍳✨',
      'إعلان: صباح هادئ مع رغوة تدوم طويلا',
      '広告。朝のココアはふわふわの泡が最後まで続きます。',
    ]) {
      const { creator, deliverableId, submissionId } = await handedIn(caption, caption);
      const span = { start: 0, end: 2 };
      await client.call(api.addComment, { submissionId, round: 1, body: 'Here', span });
      const shown = await creator.call(api.portalGetSubmission, { deliverableId });
      expect(shown.rounds[0]?.caption).toBe(caption);
      expect(shown.comments[0]?.span?.text).toBe(caption.slice(0, 2));
    }
  });

  it('pin a remark once however often it is sent, refuse places that are not there, and settle it', async () => {
    const { submissionId } = await handedIn('Pins');
    const draft = await client.call(api.getSubmission, { submissionId });
    const fileId = draft.rounds[0]?.files[0]?.id ?? '';
    const pin = { submissionId, round: 1, body: 'Softer light', fileId, place: { x: 0.25, y: 0.8 } };
    const first = await client.call(api.addComment, pin);
    expect((await client.call(api.addComment, pin)).id).toBe(first.id);
    const bad = [{ fileId: 'fil_none' }, { place: { x: 0.1, y: 0.1 } }, { span: { start: 5, end: 4000 } }];
    for (const place of bad)
      await expect(client.call(api.addComment, { submissionId, round: 1, body: 'x', ...place })).rejects.toMatchObject({
        code: 'submissions.bad_place',
      });
    await client.call(api.resolveComment, { submissionId, commentId: first.id });
    expect((await client.call(api.getSubmission, { submissionId })).openComments).toBe(0);
  });

  it('are another creator’s and another workspace’s nothing', async () => {
    const { deliverableId, submissionId } = await handedIn('Private');
    const other = await portal(1);
    const answers = await Promise.allSettled([
      other.call(api.portalGetSubmission, { deliverableId }),
      other.call(api.portalGetSubmission, { deliverableId: 'dlv_none' }),
      other.call(api.portalGiveLive, { deliverableId, url: 'https://instagram.com/p/x' }),
    ]);
    expect(new Set(answers.map((one) => (one.status === 'rejected' ? String(one.reason) : 'open'))).size).toBe(1);
    for (const call of [api.getSubmission, api.getLivePost])
      await expect(test.client('theirs').call(call, { submissionId })).rejects.toMatchObject({ kind: 'not_found' });
    const raw = (who: string, to: string) => test.client(who).open(api.openFile, { submissionId, fileId: to });
    await expect(raw('theirs', 'fil_none')).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('tell members and creators what waits for them', async () => {
    const { submissionId } = await handedIn('Waiting');
    const { infra } = test.core;
    const [work, tasks] = await infra.db.inWorkspace(workspaceId, async (tx) => [
      await openWork(infra, tx, workspaceId),
      await portalTasks(infra, tx, { workspaceId, personId: who().personId }),
    ]);
    expect(work).toContainEqual(
      expect.objectContaining({ kind: 'draft.to_review', path: `/submissions/${submissionId}` }),
    );
    expect(tasks.map((task) => task.title)).not.toContain('Send your draft: Waiting');
    await piece('Not begun', 0, '2026-05-15');
    const more = await infra.db.inWorkspace(workspaceId, (tx) =>
      portalTasks(infra, tx, { workspaceId, personId: who().personId }),
    );
    expect(more).toContainEqual(expect.objectContaining({ title: 'Send your draft: Not begun', isUrgent: true }));
  });

  const importPost = (post: { id: string; url: string; day: string; caption: string }) =>
    importFile(
      client,
      {
        name: 'posts.csv',
        body: `username,post id,url,date,caption\nnell.bakes,${post.id},${post.url},${post.day},"${post.caption}"\n`,
      },
      { kind: 'posts', platform: 'instagram' },
    );
  const settle = () => test.core.infra.outbox.settle();
  const resultOf = async (submissionId: string) => (await client.call(api.getLivePost, { submissionId }))?.result;

  it('stay unknown until the post is read, are verified when it is as approved, and not any more when it changes', async () => {
    const { creator, deliverableId, submissionId } = await handedIn('Live');
    await client.call(api.putPostExpectation, {
      deliverableId,
      of: 'deliverable',
      codes: ['NELL10'],
      mentions: ['@oatwhistle'],
    });
    await client.call(api.approveDraft, { submissionId, round: 1 });
    const url = 'https://www.instagram.com/p/Clive0001/';
    const given = await creator.call(api.portalGiveLive, { deliverableId, url });
    expect(given).toMatchObject({ state: 'live', live: { result: 'unknown', problems: [] } });
    expect(await deliverableState(deliverableId)).toBe('live');
    await creator.call(api.portalGiveLive, { deliverableId, url: 'https://instagram.com/p/Clive0001?igsh=1' });
    expect((await client.call(api.getLivePost, { submissionId }))?.checks).toHaveLength(1);

    now = new Date('2026-05-15T10:00:00Z');
    const post = { id: 'Clive0001', url, day: '2026-05-14T18:00:00Z', caption: labelled };
    await importPost(post);
    await settle();
    expect([await stateOf(submissionId), await resultOf(submissionId)]).toEqual(['verified', 'ok']);
    await importPost(post);
    await settle();
    expect((await client.call(api.getLivePost, { submissionId }))?.checks).toHaveLength(2);

    now = new Date('2026-05-16T10:00:00Z');
    await importPost({ ...post, caption: unlabelled });
    await settle();
    const live = await client.call(api.getLivePost, { submissionId });
    expect([await stateOf(submissionId), live?.result]).toEqual(['live', 'missing']);
    const wrong = live?.checks[0]?.findings.filter((one) => one.result !== 'ok').map((one) => one.point);
    expect(wrong).toEqual(['caption', 'disclosure', 'code', 'mentions']);
    const blocking = async () => {
      const { rows } = await client.call(listRoster, { campaignId: roster.campaignId });
      return rows.find((row) => row.id === who().id)?.blocking;
    };
    expect(await blocking()).toMatchObject({ who: 'late', what: 'Ad label missing' });
    await client.call(api.acceptLivePost, { submissionId, reason: 'Agreed by phone' });
    expect((await blocking())?.what).not.toBe('Ad label missing');
    expect(await stateOf(submissionId)).toBe('verified');
    now = new Date('2026-05-17T10:00:00Z');
    await importPost({ ...post, caption: `${unlabelled} And more.` });
    await settle();
    expect(await client.call(api.getLivePost, { submissionId })).toMatchObject({ result: 'missing', accepted: null });
    now = start;
  });

  it('end the same whether the import or the address comes first, and are found without an address', async () => {
    const url = 'https://www.instagram.com/p/Cfirst001/';
    const caption = `${labelled} Second jug of the day, warm and slow.`;
    const early = await handedIn('Import first', caption);
    await client.call(api.approveDraft, { ...early, round: 1 });
    now = new Date('2026-05-15T12:00:00Z');
    await importPost({ id: 'Cfirst001', url, day: '2026-05-15T08:00:00Z', caption });
    await settle();
    expect(await client.call(api.getSubmission, early)).toMatchObject({
      state: 'verified',
      live: { url, result: 'ok' },
    });
    await early.creator.call(api.portalGiveLive, { deliverableId: early.deliverableId, url });
    expect(await stateOf(early.submissionId)).toBe('verified');
    now = start;
  });

  it('may go live without a draft, which the check says', async () => {
    const deliverableId = await piece('No draft');
    const creator = await portal();
    await creator.call(api.portalGiveLive, { deliverableId, url: 'https://www.instagram.com/p/Cnodraft1/' });
    const { rows } = await client.call(api.listSubmissions, { deliverableId });
    const live = await client.call(api.getLivePost, { submissionId: rows[0]?.id ?? '' });
    expect(live?.checks[0]?.findings).toContainEqual(expect.objectContaining({ point: 'approval', result: 'unknown' }));
    await expect(client.call(api.approveDraft, { submissionId: rows[0]?.id ?? '', round: 1 })).rejects.toMatchObject({
      kind: 'conflict',
    });
  });

  it('are looked at again after 1, 7 and 30 days, once for days missed, and what was written down by hand counts', async () => {
    now = start;
    const { creator, deliverableId, submissionId } = await handedIn('Looks');
    await client.call(api.approveDraft, { submissionId, round: 1 });
    await creator.call(api.portalGiveLive, { deliverableId, url: 'https://www.instagram.com/p/Clooks001/' });
    await client.call(api.enterSeenPost, { submissionId, caption: labelled, handle: 'nell.bakes', isPaidLabel: true });
    expect(await resultOf(submissionId)).toBe('ok');
    const looks = async (at: string) => {
      now = new Date(at);
      await runDueLooks(test.core.infra);
      const live = await client.call(api.getLivePost, { submissionId });
      return [
        live?.checks.filter((check) => check.cause === 'planned').length,
        live?.nextCheckAt?.slice(0, 10) ?? null,
      ];
    };
    expect(await looks('2026-05-14T20:00:00Z')).toEqual([0, '2026-05-15']);
    expect(await looks('2026-05-15T09:30:00Z')).toEqual([1, '2026-05-21']);
    expect(await looks('2026-07-20T09:30:00Z')).toEqual([2, null]);
    expect(await looks('2026-08-20T09:30:00Z')).toEqual([2, null]);
    expect(await client.call(api.getLivePost, { submissionId })).toMatchObject({
      result: 'ok',
      checks: [{ result: 'unknown' }, {}, {}, {}],
    });
    await client.call(api.enterSeenPost, { submissionId, isGone: true });
    expect(await client.call(api.getSubmission, { submissionId })).toMatchObject({
      state: 'live',
      live: { result: 'missing', goneAt: expect.any(String) },
    });
    now = start;
  });
});
