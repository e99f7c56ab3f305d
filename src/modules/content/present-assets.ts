import type { Tx } from '#infra/db/database.ts';
import type { StoredFile } from '#infra/files/files.ts';
import type { Infra } from '#infra/module.ts';
import type { MoneyJson } from '#kernel/money.ts';
import { dayIn, daysBetween } from '#kernel/time.ts';
import { findCampaign } from '#modules/campaigns/index.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { AssetColour, ContentAsset, ContentChannel, ContentPlacement, ContentRight } from './api.ts';
import type { AssetRow } from './queries/assets.ts';
import { type PlacementRow, selectPlacements } from './queries/placements.ts';
import { type RightRow, selectRights } from './queries/rights.ts';
import { type ClockRight, standingOf, uncoveredBy } from './rules/rights-clock.ts';

/** Today in the workspace's time zone. */
export async function readToday(infra: Infra, tx: Tx, workspaceId: string): Promise<string> {
  return dayIn((await getWorkspace(tx, workspaceId)).timeZone, infra.clock.now());
}

/** Rows as they are answered: names from the creators and campaigns, rights as of today. */
export async function presentAssets(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; rows: readonly AssetRow[] },
): Promise<ContentAsset[]> {
  const { workspaceId, rows } = of;
  if (rows.length === 0) return [];
  const today = await readToday(infra, tx, workspaceId);
  const ids = rows.map((row) => row.id);
  const rights = Map.groupBy(await selectRights(tx, workspaceId, ids), (right) => right.asset_id);
  const placements = Map.groupBy(await selectPlacements(tx, workspaceId, ids), (one) => one.asset_id);
  const cards = await readPersonCards(
    tx,
    workspaceId,
    rows.flatMap((row) => row.person_id ?? []),
  );
  const files = new Map(
    (
      await infra.files.list(
        tx,
        workspaceId,
        rows.flatMap((row) => row.file_id ?? []),
      )
    ).map((file) => [file.id, file]),
  );
  const campaigns = new Map<string, { id: string; name: string }>();
  for (const id of new Set(rows.flatMap((row) => row.campaign_id ?? []))) {
    const campaign = await findCampaign(tx, workspaceId, id);
    if (campaign !== null) campaigns.set(id, { id, name: campaign.name });
  }
  return rows.map((row) =>
    presentAsset(row, {
      today,
      person:
        row.person_id === null ? null : { id: row.person_id, name: cards.get(row.person_id)?.name ?? 'Erased creator' },
      campaign: campaigns.get(row.campaign_id ?? '') ?? null,
      file: files.get(row.file_id ?? ''),
      rights: rights.get(row.id) ?? [],
      placements: placements.get(row.id) ?? [],
    }),
  );
}

interface Beside {
  today: string;
  person: ContentAsset['person'];
  campaign: ContentAsset['campaign'];
  file: StoredFile | undefined;
  rights: readonly RightRow[];
  placements: readonly PlacementRow[];
}

function presentAsset(row: AssetRow, beside: Beside): ContentAsset {
  const { file, today } = beside;
  const number = (value: bigint | null) => (value === null ? null : Number(value));
  return {
    id: row.id,
    person: beside.person,
    campaign: beside.campaign,
    deliverableId: row.deliverable_id,
    platform: row.platform as ContentAsset['platform'],
    format: row.format,
    url: row.url,
    file:
      file === undefined
        ? null
        : {
            id: file.id,
            kind: file.kind,
            name: file.name,
            bytes: file.bytes,
            width: file.width,
            height: file.height,
            hasPreview: file.previewHash !== null,
          },
    title: row.title,
    caption: row.caption,
    postedAt: row.posted_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    products: row.products,
    colours: row.colours as AssetColour[],
    tags: row.tags,
    note: row.note,
    capturedHow: row.captured_how as ContentAsset['capturedHow'],
    capturedBy: row.captured_by,
    capturedAt: row.captured_at.toISOString(),
    rights: standingOf(beside.rights.map(toClock), today),
    placements: beside.placements.filter((one) => stateOfRun(one, today) === 'running').length,
    figures: {
      likes: number(row.likes),
      comments: number(row.comments),
      views: number(row.views),
      shares: number(row.shares),
      saves: number(row.saves),
      observedAt: row.figures_at?.toISOString() ?? null,
    },
  };
}

/** The checks of the table let nothing else into these columns. */
export function toClock(right: RightRow): ClockRight {
  return {
    state: right.state as ClockRight['state'],
    channels: right.channels as ContentChannel[],
    isPaid: right.is_paid,
    territory: right.territory,
    startsOn: right.starts_on,
    endsOn: right.ends_on,
  };
}

export function presentRight(right: RightRow, today: string): ContentRight {
  const hasBegun = right.state === 'granted' && right.starts_on !== null && right.starts_on <= today;
  return {
    id: right.id,
    assetId: right.asset_id,
    source: right.source as ContentRight['source'],
    state: right.state as ContentRight['state'],
    contractId: right.contract_id,
    price: moneyOf(right.price_minor, right.price_currency),
    counter: counterOf(right),
    amendsId: right.amends_id,
    channels: right.channels as ContentChannel[],
    paid: right.is_paid,
    territory: right.territory,
    exclusive: right.is_exclusive,
    mayEdit: right.may_edit,
    startsOn: right.starts_on,
    endsOn: right.ends_on,
    daysLeft: hasBegun && right.ends_on !== null && right.ends_on >= today ? daysBetween(today, right.ends_on) : null,
    attribution: right.attribution,
    copyrightHolder: right.copyright_holder,
    copyrightYear: right.copyright_year,
    note: right.note,
    requestedAt: right.requested_at?.toISOString() ?? null,
    answeredAt: right.answered_at?.toISOString() ?? null,
    answeredBy: right.answered_by,
    createdAt: right.created_at.toISOString(),
    createdBy: right.created_by,
  };
}

export function moneyOf(minor: bigint | null, currency: string | null): MoneyJson | null {
  return minor === null || currency === null ? null : { amountMinor: minor.toString(), currency };
}

export function counterOf(right: RightRow): ContentRight['counter'] {
  const price = moneyOf(right.counter_minor, right.price_currency);
  return price === null ? null : { price, note: right.counter_note };
}

function stateOfRun(run: PlacementRow, today: string): ContentPlacement['state'] {
  if (run.ended_at !== null || (run.ends_on !== null && run.ends_on < today)) return 'over';
  return run.starts_on > today ? 'planned' : 'running';
}

export function presentPlacement(
  run: PlacementRow,
  of: { rights: readonly RightRow[]; today: string },
): ContentPlacement {
  const channel = run.channel as ContentChannel;
  const state = stateOfRun(run, of.today);
  const uncovered = uncoveredBy(of.rights.map(toClock), {
    channel,
    paid: run.is_paid,
    territory: run.territory,
    // What still runs has to be covered from today on; what is over, for the time it ran.
    startsOn: state === 'running' ? of.today : run.starts_on,
    endsOn: run.ends_on,
  });
  return {
    id: run.id,
    assetId: run.asset_id,
    channel,
    paid: run.is_paid,
    place: run.place,
    territory: run.territory,
    startsOn: run.starts_on,
    endsOn: run.ends_on,
    state,
    isCovered: uncovered === null,
    uncovered,
    reason: run.reason,
    createdBy: run.created_by,
    createdAt: run.created_at.toISOString(),
  };
}
