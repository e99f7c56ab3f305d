import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { readPdf } from '#tests/support/pdf-text.ts';
import { aCreator, likesAround, testNow } from './a-vetted-creator.ts';
import {
  answerAppeal,
  compareVetting,
  downloadPdf,
  downloadSharedReport,
  getVetting,
  listAppeals,
  listReportShares,
  makeAppeal,
  openReportShare,
  putBrandProfile,
  revokeReportShare,
  shareReport,
} from './api.ts';

const tokenOf = (link: string) => link.split('/').at(-1) ?? '';

describe('a report outside of the workspace', () => {
  let test: TestCore;
  let now = testNow;
  let personId = '';
  const people: string[] = [];

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => now } });
    const workspaceId = await test.database.createWorkspace('mine');
    await test.database.createWorkspace('theirs');
    await test.client('mine').call(putBrandProfile, {
      niches: ['bread'],
      keywords: [],
      noGoWords: ['secretword'],
      competitors: ['Rivalflour'],
    });
    for (let i = 0; i < 3; i += 1) {
      const made = await aCreator(test.core.infra, workspaceId, {
        handle: `told.${i}`,
        followers: 20_000 + 5000 * i,
        likes: likesAround(500 + 100 * i),
        caption: (at) => (at === 2 ? 'with secretword and Rivalflour' : `Bread number ${at}`),
      });
      people.push(made.personId);
    }
    personId = people[0] ?? '';
  }, 60_000);
  afterAll(() => test.close());

  const client = () => test.client('mine');
  const share = async (
    change: { canAppeal?: boolean; showsBrand?: boolean; days?: number; passphrase?: string } = {},
  ) => {
    const made = await client().call(shareReport, { personId, name: 'Nell', ...change });
    return { ...made.share, token: tokenOf(made.link) };
  };

  it('shows the report as it was shared and nothing of the workspace beyond it', async () => {
    const { token } = await share();

    const shown = await client().call(openReportShare, { token });
    const report = await client().call(getVetting, { personId });

    expect(shown.report.score).toBe(report.score);
    const text = JSON.stringify(shown);
    // The captions themselves are the creator's own and public; what the brand makes of them is not.
    for (const kept of ['no-go word \\"', 'the competitor', 'None of', '"bread"']) expect(text).not.toContain(kept);
    expect(text).not.toMatch(/"(per|prf|vet|vsh)_/);
    const tenths = shown.report.contributions.reduce((sum, one) => sum + Math.round(10 * one.contribution), 0);
    expect(tenths).toBe(Math.round(10 * (shown.report.score ?? Number.NaN)));
  });

  it('gives the same as a PDF, with no more of the brand or the team than the page', async () => {
    const { token } = await share({ passphrase: 'oat biscuits' });

    await expect(client().open(downloadSharedReport, { token })).rejects.toThrow(/passphrase/i);
    const answer = await client().open(downloadSharedReport, { token, passphrase: 'oat biscuits' });
    const { words: text } = readPdf(new Uint8Array(await answer.arrayBuffer()));

    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(text).toContain('told.0');
    for (const kept of ['the competitor', 'no-go word "', 'None of']) expect(text).not.toContain(kept);
  });

  it('shows what rests on the brand only where the link says so', async () => {
    const { token } = await share({ showsBrand: true });

    expect(JSON.stringify(await client().call(openReportShare, { token }))).toContain('no-go word \\"secretword');
  });

  it('ends by its day and by hand, and looks then like a link that never was', async () => {
    const short = await share({ days: 1 });
    const byHand = await share();
    await client().call(revokeReportShare, { personId, shareId: byHand.id });
    const answers = async (token: string) =>
      client()
        .call(openReportShare, { token })
        .then(
          () => 'open',
          (error: { code: string; message: string }) => `${error.code} ${error.message}`,
        );

    const ended = await answers(byHand.token);
    now = new Date(testNow.getTime() + 86_400_000);
    const expired = await answers(short.token);
    now = testNow;

    expect(new Set([ended, expired, await answers('never')]).size).toBe(1);
    expect(ended).toMatch(/^guest_link\.ended /);
    expect(
      (await client().call(listReportShares, { personId })).rows.find((one) => one.id === byHand.id),
    ).toMatchObject({ revokedAt: testNow.toISOString() });
  });

  it('is opened at most 60 times a minute', async () => {
    const { token } = await share();
    for (let calls = 0; calls < 60; calls += 1) await client().call(openReportShare, { token });

    await expect(client().call(openReportShare, { token })).rejects.toMatchObject({
      code: 'guest_link.busy',
      kind: 'too_many',
    });
    now = new Date(testNow.getTime() + 61_000);
    await expect(client().call(openReportShare, { token })).resolves.toMatchObject({ forName: 'Nell' });
    now = testNow;
  }, 30_000);

  it('asks for the passphrase, and closes after ten wrong ones', async () => {
    const { token } = await share({ passphrase: 'slow mornings' });

    await expect(client().call(openReportShare, { token })).rejects.toMatchObject({
      code: 'guest_link.passphrase_needed',
    });
    for (let tries = 0; tries < 10; tries += 1)
      await client()
        .call(openReportShare, { token, passphrase: 'guess it' })
        .catch(() => null);
    await expect(client().call(openReportShare, { token, passphrase: 'slow mornings' })).rejects.toMatchObject({
      code: 'guest_link.passphrase_tries',
    });
  });

  it('keeps what the creator says, once, and tells the answer by the same link without who gave it', async () => {
    const { token } = await share({ canAppeal: true });
    const said = {
      token,
      point: 'engagement_quality' as const,
      authorName: 'Nell',
      body: 'That week my account was down.',
    };

    const first = await client().call(makeAppeal, said);
    const again = await client().call(makeAppeal, said);
    const open = await client().call(listAppeals, { open: true });
    await client().call(answerAppeal, {
      appealId: first.id,
      outcome: 'accepted',
      answer: 'We saw it.',
      verdict: 'pass',
    });
    const shown = await client().call(openReportShare, { token });
    const report = await client().call(getVetting, { personId });

    expect(again.id).toBe(first.id);
    expect(open.rows.map((one) => [one.id, one.name])).toEqual([[first.id, 'told.0']]);
    expect((await client().call(listAppeals, { open: true })).rows).toEqual([]);
    expect(shown.appeals).toMatchObject([{ outcome: 'accepted', answer: 'We saw it.' }]);
    expect(shown.appeals[0]).not.toHaveProperty('answeredBy');
    expect(report.verdicts.find((one) => one.point === 'engagement_quality')).toMatchObject({
      verdict: 'pass',
      reason: "After the creator's appeal: We saw it.",
    });
  });

  it('takes no statements by a link for reading, and hides appeals from another workspace', async () => {
    const { token } = await share();

    await expect(
      client().call(makeAppeal, { token, point: 'overall', authorName: 'Nell', body: 'No.' }),
    ).rejects.toMatchObject({ code: 'vetting.share_read_only' });
    expect((await test.client('theirs').call(listAppeals, {})).rows).toEqual([]);
    await expect(
      test.client('theirs').call(answerAppeal, { appealId: 'apl_none', outcome: 'declined', answer: 'No' }),
    ).rejects.toMatchObject({ kind: 'not_found' });
    await expect(test.client('theirs').call(shareReport, { personId, name: 'X' })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('sets creators side by side with 14 figures and more, each best one told', async () => {
    const comparison = await client().call(compareVetting, { personIds: [...people, ...people.slice(0, 1)] });

    expect(comparison.creators.map((one) => one.personId)).toEqual(people);
    expect(comparison.rows.length).toBeGreaterThanOrEqual(14);
    for (const row of comparison.rows) expect(row.cells).toHaveLength(3);
    expect(comparison.rows.find((row) => row.name === 'followers')?.cells[1]?.display).toBe('25,000');
    await expect(client().call(compareVetting, { personIds: [...people, 'per_none'] })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('is a tagged PDF with title and language', async () => {
    const answer = await client().open(downloadPdf, { personId });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const text = bytes.toString('latin1');

    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text).toMatch(/pdfuaid:part|\/MarkInfo/);
    expect(text).toContain('/StructTreeRoot');
    expect(text).toMatch(/\/Lang\s*\(en/);
  }, 30_000);
});
