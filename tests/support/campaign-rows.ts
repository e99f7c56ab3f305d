import type { Tx } from '#infra/db/database.ts';
import type { TestDatabase } from './database.ts';

/** Rows of a campaign, straight in the tables: ids are given, everything else has a default. Times are ISO, money is minor units. */
export function campaignRows(database: TestDatabase, workspaceId: string) {
  const write = (run: (tx: Tx) => Promise<unknown>) => database.db.asSystem(run);
  let count = 0;
  const next = (prefix: string) => {
    count += 1;
    return `${prefix}_${String(count).padStart(6, '0')}`;
  };
  return {
    workspaceId,
    next,
    async campaign(of: {
      id: string;
      name?: string;
      state?: string;
      startsOn?: string;
      endsOn?: string;
      currency?: string;
      model?: string;
      budgetMinor?: bigint | null;
    }) {
      await write((tx) =>
        tx
          .insertInto('campaign')
          .values({
            workspace_id: workspaceId,
            id: of.id,
            name: of.name ?? of.id,
            model: of.model ?? 'sponsored',
            state: of.state ?? 'live',
            starts_on: of.startsOn ?? '2026-05-01',
            ends_on: of.endsOn ?? '2026-05-31',
            currency: of.currency ?? 'EUR',
            budget_minor: of.budgetMinor ?? null,
            created_by: 'test',
          })
          .execute(),
      );
      const stages = [
        ['short', 'Shortlisted', 'considering', 'us', 3],
        ['agreed', 'Agreed', 'agreed', 'creator', 7],
        ['making', 'Making', 'producing', 'creator', 14],
        ['done', 'Done', 'done', 'nobody', null],
      ] as const;
      await write((tx) =>
        tx
          .insertInto('campaign_stage')
          .values(
            stages.map(([name, label, phase, waits_for, patience_days], sort) => ({
              workspace_id: workspaceId,
              campaign_id: of.id,
              name,
              label,
              sort,
              phase,
              waits_for,
              patience_days,
            })),
          )
          .execute(),
      );
    },
    async goal(of: {
      campaignId: string;
      metric: string;
      family: string;
      target: string;
      startsOn?: string;
      dueOn?: string;
      isMain?: boolean;
    }) {
      const id = next('goal');
      await write((tx) =>
        tx
          .insertInto('campaign_goal')
          .values({
            workspace_id: workspaceId,
            id,
            campaign_id: of.campaignId,
            family: of.family,
            metric: of.metric,
            target: of.target,
            starts_on: of.startsOn ?? '2026-05-01',
            due_on: of.dueOn ?? '2026-05-31',
            is_main: of.isMain ?? false,
          })
          .execute(),
      );
      return id;
    },
    async person(of: { id: string; name: string; handle?: string; platform?: string }) {
      await write((tx) =>
        tx.insertInto('person').values({ workspace_id: workspaceId, id: of.id, name: of.name }).execute(),
      );
      const handle = of.handle ?? of.id;
      await write((tx) =>
        tx
          .insertInto('profile')
          .values({
            workspace_id: workspaceId,
            id: `prf_${of.id}`,
            person_id: of.id,
            platform: of.platform ?? 'instagram',
            handle,
            handle_key: handle.toLowerCase(),
            source: 'test',
          })
          .execute(),
      );
    },
    async enrolment(of: {
      id: string;
      campaignId: string;
      personId: string;
      stage?: string;
      stageSince?: string;
      feeMinor?: bigint | null;
      productCostMinor?: bigint | null;
      feePaidOn?: string | null;
      removedAt?: string | null;
    }) {
      await write((tx) =>
        tx
          .insertInto('enrolment')
          .values({
            workspace_id: workspaceId,
            id: of.id,
            campaign_id: of.campaignId,
            person_id: of.personId,
            profile_id: `prf_${of.personId}`,
            stage: of.stage ?? 'done',
            stage_since: of.stageSince ?? '2026-05-02T10:00:00Z',
            fee_minor: of.feeMinor ?? null,
            product_cost_minor: of.productCostMinor ?? null,
            fee_paid_on: of.feePaidOn ?? null,
            removed_at: of.removedAt ?? null,
            added_by: 'test',
          })
          .execute(),
      );
    },
    async cost(of: { campaignId: string; amountMinor: bigint; state?: string; enrolmentId?: string | null }) {
      await write((tx) =>
        tx
          .insertInto('campaign_cost')
          .values({
            workspace_id: workspaceId,
            id: next('cost'),
            campaign_id: of.campaignId,
            enrolment_id: of.enrolmentId ?? null,
            kind: 'shipping',
            amount_minor: of.amountMinor,
            state: of.state ?? 'paid',
            created_by: 'test',
          })
          .execute(),
      );
    },
    async deliverable(of: {
      id: string;
      enrolmentId: string;
      title?: string;
      state?: string;
      dueOn?: string | null;
      liveAt?: string | null;
      format?: string;
    }) {
      await write((tx) =>
        tx
          .insertInto('deliverable')
          .values({
            workspace_id: workspaceId,
            id: of.id,
            enrolment_id: of.enrolmentId,
            platform: 'instagram',
            format: of.format ?? 'reel',
            title: of.title ?? of.id,
            due_on: of.dueOn ?? null,
            state: of.state ?? 'live',
            live_at: of.liveAt ?? null,
            created_by: 'test',
          })
          .execute(),
      );
    },
    async result(of: {
      deliverableId: string;
      metric: string;
      value: bigint;
      isEstimate?: boolean;
      /** Who typed it from a picture. */
      typedBy?: string;
      observedAt?: string;
    }) {
      await write((tx) =>
        tx
          .insertInto('content_result')
          .values({
            workspace_id: workspaceId,
            id: next('res'),
            deliverable_id: of.deliverableId,
            metric: of.metric,
            value: of.value,
            is_estimate: of.isEstimate ?? false,
            ...(of.typedBy === undefined ? {} : { typed_by: of.typedBy, picture_file_id: 'fil_picture' }),
            source: 'insights',
            observed_at: of.observedAt ?? '2026-05-12T09:00:00Z',
            recorded_by: 'test',
          })
          .execute(),
      );
    },
    async link(of: {
      id: string;
      campaignId: string;
      enrolmentId?: string | null;
      personId?: string | null;
      state?: string;
    }) {
      const slug = `${of.id}-${workspaceId.slice(-6)}`.toLowerCase();
      await write((tx) =>
        tx
          .insertInto('link')
          .values({
            workspace_id: workspaceId,
            id: of.id,
            slug,
            slug_skeleton: slug,
            destination: 'https://shop.example/',
            target: 'https://shop.example/',
            campaign_id: of.campaignId,
            enrolment_id: of.enrolmentId ?? null,
            person_id: of.personId ?? null,
            state: of.state ?? 'live',
            created_by: 'test',
            created_at: '2026-05-01T08:00:00Z',
            updated_at: '2026-05-01T08:00:00Z',
          })
          .execute(),
      );
    },
    async code(of: { code: string; campaignId: string; enrolmentId?: string | null }) {
      await write((tx) =>
        tx
          .insertInto('discount_code')
          .values({
            workspace_id: workspaceId,
            id: next('cod'),
            code: of.code,
            code_key: of.code,
            campaign_id: of.campaignId,
            enrolment_id: of.enrolmentId ?? null,
            kind: 'percent',
            percent: '10',
            created_by: 'test',
          })
          .execute(),
      );
    },
    async clicksOfDay(of: { linkId: string; day: string; clicks: bigint; visitors?: bigint; dropped?: bigint }) {
      await write((tx) =>
        tx
          .insertInto('click_daily')
          .values({
            workspace_id: workspaceId,
            link_id: of.linkId,
            day: of.day,
            clicks: of.clicks,
            visitors: of.visitors ?? of.clicks,
            dropped: of.dropped ?? 0n,
          })
          .execute(),
      );
    },
    async click(of: { linkId: string; at: string; counted?: boolean; dropReason?: string | null }) {
      await write((tx) =>
        tx
          .insertInto('click')
          .values({
            workspace_id: workspaceId,
            day: of.at.slice(0, 10),
            click_id: next('clk'),
            link_id: of.linkId,
            clicked_at: of.at,
            counted: of.counted ?? true,
            drop_reason: of.dropReason ?? null,
          })
          .execute(),
      );
    },
    async orderSource(id: string) {
      await write((tx) =>
        tx
          .insertInto('order_source')
          .values({ workspace_id: workspaceId, id, name: id, kind: 'api', created_by: 'test' })
          .execute(),
      );
    },
    /** An order with its credit, as tracking and attribution leave them. */
    async order(of: {
      sourceId: string;
      orderedAt: string;
      amountMinor: bigint;
      currency?: string;
      refundedMinor?: bigint;
      state?: string;
      codes?: string[];
      rule?: 'code' | 'link' | 'none';
      campaignId?: string | null;
      enrolmentId?: string | null;
      personId?: string | null;
    }) {
      const id = next('cnv');
      const rule = of.rule ?? 'link';
      const refunded = of.refundedMinor ?? 0n;
      const isCancelled = of.state === 'cancelled';
      await write((tx) =>
        tx
          .insertInto('conversion')
          .values({
            workspace_id: workspaceId,
            id,
            source_id: of.sourceId,
            external_id: id,
            ordered_at: of.orderedAt,
            amount_minor: of.amountMinor,
            currency: of.currency ?? 'EUR',
            refunded_minor: refunded,
            state: of.state ?? 'paid',
            codes: of.codes ?? [],
            code_keys: of.codes ?? [],
            credit_rule: rule,
            credit_person_id: of.personId ?? null,
            credit_campaign_id: of.campaignId ?? null,
            credit_enrolment_id: of.enrolmentId ?? null,
          })
          .execute(),
      );
      await write((tx) =>
        tx
          .insertInto('credit')
          .values({
            workspace_id: workspaceId,
            conversion_id: id,
            model: 'paid',
            campaign_id: of.campaignId ?? null,
            enrolment_id: of.enrolmentId ?? null,
            person_id: of.personId ?? null,
            rule,
            reason: rule,
            window_days: 30,
            gross_minor: rule === 'none' ? 0n : of.amountMinor,
            credited_minor: rule === 'none' || isCancelled ? 0n : of.amountMinor - refunded,
            is_counted: rule !== 'none' && !isCancelled,
            currency: of.currency ?? 'EUR',
            ordered_at: of.orderedAt,
          })
          .execute(),
      );
      return id;
    },
  };
}

export type CampaignRows = ReturnType<typeof campaignRows>;
