import { createHash } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import {
  checkDisclosure,
  type DisclosureEvidence,
  type DisclosureInput,
  type recordDisclosureEvidence,
} from './api.ts';
import { disclosureError } from './errors.ts';
import { disclosureEvents } from './events.ts';
import { insertEvidence, readSettings } from './queries.ts';

export const countryDefault = 'US';

/** Something seen: what was checked, and what it is of. */
export interface Sight {
  workspaceId: string;
  check: Omit<DisclosureInput, 'country'> & { country?: string | undefined };
  subject: { kind: string; id: string } | null;
  personId: string | null;
  campaignId: string | null;
  url: string | null;
  screenshotFileId: string | null;
  seenAt: Date;
  by: Actor;
  /** The same key is kept once for ever, such as a submission's id and round. */
  key?: string;
}

/**
 * Checks what was seen by the workspace's rules and keeps it, with its verdict and the version of the rules. Kept sights never change; a key that was used
 * before answers with what was kept then.
 */
export async function recordEvidence(infra: Infra, tx: Tx, sight: Sight): Promise<DisclosureEvidence> {
  const { workspaceId, check } = sight;
  const settings = await readSettings(tx, workspaceId);
  const country = check.country ?? settings.countries[0] ?? countryDefault;
  const { strictness, wording } = settings;
  const verdict = checkDisclosure({ strictness, wording, ...check, country });
  const at = infra.clock.now();
  const { evidence, isNew } = await insertEvidence(tx, workspaceId, {
    id: newId('disclosureEvidence', at.getTime()),
    subjectKind: sight.subject?.kind ?? null,
    subjectId: sight.subject?.id ?? null,
    personId: sight.personId,
    campaignId: sight.campaignId,
    platform: check.platform,
    country: country.toUpperCase(),
    url: sight.url,
    caption: check.caption,
    captionSha256: createHash('sha256').update(check.caption, 'utf8').digest('hex'),
    screenshotFileId: sight.screenshotFileId,
    seenAt: sight.seenAt.toISOString(),
    relation: check.relation,
    media: check.media,
    platformLabel: check.platformLabel,
    verdict: verdict.verdict,
    standing: verdict.standing,
    pack: verdict.pack,
    findings: verdict.findings,
    recordedBy: sight.by.name,
    recordedAt: at.toISOString(),
    key: sight.key ?? null,
  });
  if (isNew) await infra.outbox.emit(tx, { workspaceId, name: eventOf(evidence), payload: payloadOf(evidence) });
  return evidence;
}

const eventOf = ({ verdict }: DisclosureEvidence) =>
  verdict === 'fail' || verdict === 'warn' ? disclosureEvents.failed : disclosureEvents.passed;

function payloadOf(evidence: DisclosureEvidence): Record<string, string> {
  const { id, verdict, campaignId, personId, subjectKind, subjectId, recordedBy } = evidence;
  return {
    evidenceId: id,
    verdict,
    actorName: recordedBy,
    ...(campaignId === null ? {} : { campaignId }),
    ...(personId === null ? {} : { personId }),
    ...(subjectKind === null ? {} : { subjectKind }),
    ...(subjectId === null ? {} : { subjectId }),
  };
}

/** A sight kept by hand. Error: disclosure.seen_later. */
export async function keepSight(
  infra: Infra,
  call: Call<typeof recordDisclosureEvidence>,
): Promise<DisclosureEvidence> {
  const { input, workspaceId, actor } = call;
  const now = infra.clock.now();
  const seenAt = input.seenAt === undefined ? now : new Date(input.seenAt);
  if (seenAt > now)
    throw disclosureError('seen_later', `It was seen at ${seenAt.toISOString()}, which is still to come.`, [
      { field: 'seenAt', message: 'is in the future' },
    ]);
  const { subjectKind, subjectId, personId, campaignId, url, screenshotFileId, seenAt: _, ...check } = input;
  const subject = subjectId === undefined ? null : { kind: subjectKind ?? 'post', id: subjectId };
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const file = screenshotFileId === undefined ? null : (await infra.files.get(tx, workspaceId, screenshotFileId)).id;
    return recordEvidence(infra, tx, {
      workspaceId,
      check,
      subject,
      personId: personId ?? null,
      campaignId: campaignId ?? null,
      url: url ?? null,
      screenshotFileId: file,
      seenAt,
      by: actor,
    });
  });
}
