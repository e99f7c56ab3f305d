import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { getPerson } from '#modules/creators/index.ts';
import { hashToken, passphraseMatches } from '#modules/discovery/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type { Appeal, makeAppeal, openReportShare, SharedReport } from './api.ts';
import { vettingError } from './errors.ts';
import { appealsOfShare, insertAppeal } from './queries/appeals.ts';
import { findReport } from './queries/reports.ts';
import { countCall, countOpened, countWrongTry, type ShareRow, shareByToken } from './queries/shares.ts';
import { shownOutside } from './rules/shown-outside.ts';

const wrongTriesMax = 10;
const wrongWindowMs = 15 * 60_000;
/** Calls of one link a minute, whoever makes them. */
const callsMax = 60;
const callsWindowMs = 60_000;
/** What one link can bring in, however many guests pass it on. */
const appealsMax = 20;

type Told = SharedReport['appeals'][number];

/** A shared report: what it says and nothing else of the workspace. Errors: vetting.share_ended, share_busy, passphrase_needed, passphrase_wrong, passphrase_tries. */
export async function readSharedReport(infra: Infra, call: Call<typeof openReportShare>): Promise<SharedReport> {
  const share = await enter(infra, call.input);
  const workspaceId = share.workspace_id;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const report = await findReport(tx, workspaceId, { personId: share.person_id, reportId: share.report_id });
    if (report === null) throw ended();
    await countOpened(tx, share, infra.clock.now());
    const person = await getPerson(tx, workspaceId, share.person_id);
    const appeals = share.can_appeal ? await appealsOfShare(tx, workspaceId, share.id) : [];
    return {
      workspaceName: (await getWorkspace(tx, workspaceId)).name,
      forName: share.name,
      creatorName: person.name ?? `@${report.handle}`,
      expiresAt: share.expires_at.toISOString(),
      canAppeal: share.can_appeal,
      report: shownOutside(report, share.shows_brand),
      appeals: appeals.map(toTold),
    };
  });
}

/** Keeps what the creator says against a point. Errors: as readSharedReport; vetting.share_read_only, vetting.share_full. */
export async function keepAppeal(infra: Infra, call: Call<typeof makeAppeal>): Promise<Told> {
  const { input } = call;
  const share = await enter(infra, input);
  const workspaceId = share.workspace_id;
  if (!share.can_appeal) throw vettingError('share_read_only', 'This link is for reading only.');
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const said = await appealsOfShare(tx, workspaceId, share.id);
    // Sent twice by a bad connection: kept once.
    const same = said.find((one) => one.point === input.point && one.body === input.body);
    if (same !== undefined) return toTold(same);
    if (said.length >= appealsMax)
      throw vettingError('share_full', `This link has taken ${appealsMax} statements. Write to whoever sent it.`);
    const madeAt = infra.clock.now();
    const appeal: Appeal = {
      id: newId('appeal', madeAt.getTime()),
      personId: share.person_id,
      reportId: share.report_id,
      point: input.point,
      authorName: input.authorName,
      body: input.body,
      madeAt: madeAt.toISOString(),
      outcome: null,
      answer: null,
      answeredBy: null,
      answeredAt: null,
    };
    await insertAppeal(tx, workspaceId, { ...appeal, shareId: share.id });
    await recordAudit(tx, {
      workspaceId,
      actor: { kind: 'system', id: share.id, name: `${input.authorName}, by the link for ${share.name}` },
      requestId: call.requestId,
      action: 'vetting_report.appealed',
      subjectKind: 'creator',
      subjectId: share.person_id,
      changes: { appeal: appeal.id, point: input.point, says: input.body.slice(0, 500) },
    });
    return toTold(appeal);
  });
}

/** The share behind a token, when it stands and the passphrase fits. */
async function enter(infra: Infra, given: { token: string; passphrase?: string | undefined }): Promise<ShareRow> {
  const now = infra.clock.now();
  const share = await infra.db.asSystem((tx) => shareByToken(tx, hashToken(given.token)));
  if (share === null || share.revoked_at !== null || share.expires_at <= now) throw ended();
  const calls = await infra.db.inWorkspace(share.workspace_id, (tx) => countCall(tx, share, now, callsWindowMs));
  if (calls > callsMax) throw vettingError('share_busy', 'This link was opened too often. Try again in a minute.');
  if (share.passphrase_hash === null) return share;
  if (given.passphrase === undefined)
    throw vettingError('passphrase_needed', 'This report is shown to whoever knows its passphrase.');
  const isRecent = share.wrong_at !== null && now.getTime() - share.wrong_at.getTime() < wrongWindowMs;
  if (isRecent && share.wrong_tries >= wrongTriesMax)
    throw vettingError('passphrase_tries', 'Too many wrong passphrases. Try again in 15 minutes.');
  if (await passphraseMatches(given.passphrase, share.passphrase_hash)) return share;
  await infra.db.inWorkspace(share.workspace_id, (tx) => countWrongTry(tx, share, now, wrongWindowMs));
  throw vettingError('passphrase_wrong', 'That is not the passphrase.', [
    { field: 'passphrase', message: 'is not the one' },
  ]);
}

function ended() {
  return vettingError('share_ended', 'This link has ended, or there never was one. Ask whoever sent it for a new one.');
}

/** Who answered stays inside. */
function toTold({ personId: _person, reportId: _report, answeredBy: _by, ...appeal }: Appeal): Told {
  return appeal;
}
