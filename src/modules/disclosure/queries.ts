import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { type DisclosureEvidence, type DisclosureSettings, evidenceSchema, strictnessSchema } from './api.ts';

/** What a workspace saved; the defaults when it never did. */
export async function readSettings(tx: Tx, workspaceId: string): Promise<DisclosureSettings> {
  const row = await tx
    .selectFrom('disclosure_settings')
    .select(['countries', 'strictness', 'wording', 'version', 'updated_by_name', 'updated_at'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  if (row === undefined)
    return { countries: [], strictness: 'standard', wording: {}, version: 0, updatedBy: null, updatedAt: null };
  return {
    countries: row.countries,
    strictness: strictnessSchema.parse(row.strictness),
    wording: row.wording as Record<string, string>,
    version: row.version,
    updatedBy: row.updated_by_name,
    updatedAt: row.updated_at.toISOString(),
  };
}

type Save = Pick<DisclosureSettings, 'countries' | 'strictness' | 'wording'> & { by: string; at: Date };

export async function writeSettings(tx: Tx, workspaceId: string, save: Save): Promise<void> {
  await sql`
    insert into disclosure_settings (workspace_id, countries, strictness, wording, updated_by_name, updated_at)
    values (${workspaceId}, ${save.countries}, ${save.strictness}, ${JSON.stringify(save.wording)}::jsonb, ${save.by}, ${save.at})
    on conflict (workspace_id) do update set countries = excluded.countries, strictness = excluded.strictness, wording = excluded.wording,
      version = disclosure_settings.version + 1, updated_by_name = excluded.updated_by_name, updated_at = excluded.updated_at`.execute(
    tx,
  );
}

const columns = [
  'id',
  'subject_kind',
  'subject_id',
  'person_id',
  'campaign_id',
  'platform',
  'country',
  'url',
  'caption',
  'caption_sha256',
  'screenshot_file_id',
  'seen_at',
  'relation',
  'media',
  'platform_label',
  'verdict',
  'standing',
  'pack',
  'findings',
  'recorded_by_name',
  'recorded_at',
] as const;

interface Row {
  id: string;
  subject_kind: string | null;
  subject_id: string | null;
  person_id: string | null;
  campaign_id: string | null;
  platform: string;
  country: string;
  url: string | null;
  caption: string;
  caption_sha256: string;
  screenshot_file_id: string | null;
  seen_at: Date;
  relation: string;
  media: unknown;
  platform_label: boolean | null;
  verdict: string;
  standing: string;
  pack: string;
  findings: unknown;
  recorded_by_name: string;
  recorded_at: Date;
}

function toEvidence(row: Row): DisclosureEvidence {
  return evidenceSchema.parse({
    id: row.id,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    personId: row.person_id,
    campaignId: row.campaign_id,
    platform: row.platform,
    country: row.country,
    url: row.url,
    caption: row.caption,
    captionSha256: row.caption_sha256,
    screenshotFileId: row.screenshot_file_id,
    seenAt: row.seen_at.toISOString(),
    relation: row.relation,
    media: row.media,
    platformLabel: row.platform_label,
    verdict: row.verdict,
    standing: row.standing,
    pack: row.pack,
    findings: row.findings,
    recordedBy: row.recorded_by_name,
    recordedAt: row.recorded_at.toISOString(),
  });
}

/** Adds a sight; the one that is there already when its key was used before. */
export async function insertEvidence(
  tx: Tx,
  workspaceId: string,
  sight: DisclosureEvidence & { key: string | null },
): Promise<{ evidence: DisclosureEvidence; isNew: boolean }> {
  const row = await tx
    .insertInto('disclosure_evidence')
    .values({
      workspace_id: workspaceId,
      id: sight.id,
      subject_kind: sight.subjectKind,
      subject_id: sight.subjectId,
      person_id: sight.personId,
      campaign_id: sight.campaignId,
      platform: sight.platform,
      country: sight.country,
      url: sight.url,
      caption: sight.caption,
      caption_sha256: sight.captionSha256,
      screenshot_file_id: sight.screenshotFileId,
      seen_at: sight.seenAt,
      relation: sight.relation,
      media: JSON.stringify(sight.media),
      platform_label: sight.platformLabel,
      verdict: sight.verdict,
      standing: sight.standing,
      pack: sight.pack,
      findings: JSON.stringify(sight.findings),
      recorded_by_name: sight.recordedBy,
      recorded_at: sight.recordedAt,
      key: sight.key,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(columns)
    .executeTakeFirst();
  if (row !== undefined) return { evidence: toEvidence(row), isNew: true };
  const before = await tx
    .selectFrom('disclosure_evidence')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('key', '=', sight.key)
    .executeTakeFirstOrThrow();
  return { evidence: toEvidence(before), isNew: false };
}

export interface EvidenceFilter {
  personId?: string | undefined;
  /** Of any of these: a creator and those merged into it. */
  personIds?: readonly string[] | undefined;
  /** true: of posts with an address, not of drafts. */
  isLive?: boolean | undefined;
  id?: string | undefined;
  campaignId?: string | undefined;
  subjectId?: string | undefined;
  verdict?: string | undefined;
}

interface PageOf {
  limit: number;
  /** Time of recording (ISO) and id of the last row before. */
  after: { at: string; id: string } | null;
}

/** Newest first. */
export async function selectEvidence(
  tx: Tx,
  workspaceId: string,
  { filter, page }: { filter: EvidenceFilter; page: PageOf },
): Promise<DisclosureEvidence[]> {
  let query = tx.selectFrom('disclosure_evidence').select(columns).where('workspace_id', '=', workspaceId);
  if (filter.personId !== undefined) query = query.where('person_id', '=', filter.personId);
  if (filter.personIds !== undefined) query = query.where('person_id', 'in', ['', ...filter.personIds]);
  if (filter.id !== undefined) query = query.where('id', '=', filter.id);
  if (filter.isLive === true) query = query.where('url', 'is not', null);
  if (filter.campaignId !== undefined) query = query.where('campaign_id', '=', filter.campaignId);
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId);
  if (filter.verdict !== undefined) query = query.where('verdict', '=', filter.verdict);
  if (page.after !== null)
    query = query.where(sql<boolean>`(recorded_at, id) < (${page.after.at}::timestamptz, ${page.after.id})`);
  const rows = await query.orderBy('recorded_at', 'desc').orderBy('id', 'desc').limit(page.limit).execute();
  return rows.map(toEvidence);
}
