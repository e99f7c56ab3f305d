import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { newId } from '#kernel/id.ts';
import type { Deliverable, Enrolment } from '#modules/campaigns/api.ts';
import { getCampaign, listContent, listEnrolments } from '#modules/campaigns/index.ts';
import { recordAudits } from '#modules/workspaces/index.ts';
import {
  type ContractDeliverable,
  contractsBulkMax,
  type createContracts as createEndpoint,
  type Terms,
  termsSchema,
} from './api.ts';
import { contractsError } from './errors.ts';
import { frameOf, trailRow } from './frame.ts';
import { openTemplate } from './library.ts';
import { type Parties, readBrand } from './parties.ts';
import { insertContracts, selectLiveEnrolments } from './queries/contracts.ts';
import { insertEvents, insertVersions } from './queries/versions.ts';

type CreateCall = Call<typeof createEndpoint>;
type Created = OutputOf<typeof createEndpoint>;

/** Drafts one contract for each creator; whoever has a live one keeps it, so a repeat makes nothing. Errors: not_found, contracts.bad_terms. */
export async function createContracts(infra: Infra, call: CreateCall): Promise<Created> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaign(tx, workspaceId, input.campaignId);
    const opened = await openTemplate(tx, workspaceId, input.templateId);
    const live = await selectLiveEnrolments(tx, workspaceId, { campaignId: campaign.id, waiting: false });
    const { enrolments, unchanged, refused } = await choose(infra, tx, { call, live });
    const deliverables = await deliverablesOf(infra, tx, { workspaceId, campaignId: campaign.id });
    const fees = new Map(input.fees.map((one) => [one.enrolmentId, one.fee]));
    const brand = await readBrand(tx, workspaceId);
    const title = input.title ?? `${campaign.name}: agreement`.slice(0, 160);
    const base = input.terms ?? opened.template.terms;
    const drafts = enrolments.map((enrolment) => {
      const own =
        fees.get(enrolment.id) ??
        (opened.template.model === 'product_seeding' && base.fee === null ? null : enrolment.fee);
      const terms = fill(base, {
        fee: own ?? base.fee,
        deliverables: deliverables.get(enrolment.id) ?? [],
        campaign,
        person: enrolment.person.name,
      });
      const { jurisdiction } = opened.template;
      const parties: Parties = { ...brand, creatorName: enrolment.person.name, title, jurisdiction };
      return { enrolment, terms, parties };
    });
    const created = await insertDrafts(infra, tx, { call, opened, drafts });
    return { created, unchanged: unchanged + drafts.length - created.length, refused };
  });
}

async function choose(
  infra: Infra,
  tx: Tx,
  of: { call: CreateCall; live: Set<string> },
): Promise<{ enrolments: Enrolment[]; unchanged: number; refused: Created['refused'] }> {
  const { workspaceId, input } = of.call;
  const all = await listEnrolments(tx, workspaceId, {
    campaignId: input.campaignId,
    clock: infra.clock,
    withRemoved: true,
  });
  const byId = new Map(all.map((enrolment) => [enrolment.id, enrolment]));
  const wanted = [...new Set(input.enrolmentIds ?? all.filter((one) => one.removedAt === null).map((one) => one.id))];
  const refused: Created['refused'] = [];
  const enrolments: Enrolment[] = [];
  let unchanged = 0;
  for (const id of wanted) {
    const enrolment = byId.get(id);
    if (enrolment === undefined) refused.push({ enrolmentId: id, message: 'No such creator on this campaign.' });
    else if (of.live.has(id)) unchanged += 1;
    else if (enrolment.removedAt !== null)
      refused.push({ enrolmentId: id, message: `${enrolment.person.name} was taken off the campaign.` });
    else enrolments.push(enrolment);
  }
  return { enrolments: enrolments.slice(0, contractsBulkMax), unchanged, refused };
}

/** What each creator has to make by the campaign's plan, alike pieces counted together. */
async function deliverablesOf(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; campaignId: string },
): Promise<Map<string, ContractDeliverable[]>> {
  const content = await listContent(tx, of.workspaceId, { campaignId: of.campaignId, clock: infra.clock });
  const open = content.filter((item) => item.state !== 'cancelled');
  return new Map([...Map.groupBy(open, (item) => item.enrolmentId)].map(([id, items]) => [id, countAlike(items)]));
}

function countAlike(items: readonly Deliverable[]): ContractDeliverable[] {
  const alike = Map.groupBy(items, (item) => JSON.stringify([item.platform, item.format, item.title, item.dueOn]));
  return [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            platform: first.platform,
            format: first.format,
            count: 1 + others.length,
            title: first.title.slice(0, 180),
            draftDueOn: null,
            dueOn: first.dueOn,
            staysDays: null,
          },
        ],
  );
}

function fill(
  base: Terms,
  of: {
    fee: Terms['fee'];
    deliverables: ContractDeliverable[];
    campaign: { startsOn: string; endsOn: string };
    person: string;
  },
): Terms {
  const parsed = termsSchema.safeParse({
    ...base,
    fee: of.fee,
    // Parts of another fee would not add up.
    feeParts: of.fee?.amountMinor === base.fee?.amountMinor ? base.feeParts : [],
    deliverables: base.deliverables.length > 0 ? base.deliverables : of.deliverables.slice(0, 100),
    startsOn: base.startsOn,
    endsOn: base.endsOn ?? of.campaign.endsOn,
  });
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map((issue) => ({
    field: `terms.${issue.path.join('.')}`,
    message: issue.message,
  }));
  throw contractsError(
    'bad_terms',
    `The terms do not fit ${of.person}: ${details.map((one) => `${one.field}: ${one.message}`).join('; ')}.`,
    details,
  );
}

interface Draft {
  enrolment: Enrolment;
  terms: Terms;
  parties: Parties;
}

async function insertDrafts(
  infra: Infra,
  tx: Tx,
  of: { call: CreateCall; opened: Awaited<ReturnType<typeof openTemplate>>; drafts: readonly Draft[] },
): Promise<Created['created']> {
  const { call, opened } = of;
  const { workspaceId, actor, requestId } = call;
  const at = infra.clock.now();
  const { template } = opened;
  const rows = of.drafts.map(({ enrolment, parties }) => ({
    workspace_id: workspaceId,
    id: newId('contract', at.getTime()),
    campaign_id: enrolment.campaignId,
    enrolment_id: enrolment.id,
    person_id: enrolment.person.id,
    person_name: enrolment.person.name.slice(0, 200),
    title: parties.title,
    model: template.model,
    jurisdiction: template.jurisdiction,
    template_id: template.id,
    state: 'draft',
    state_since: at,
    created_by: actor.name,
    created_at: at,
    updated_at: at,
  }));
  const made = new Set(await insertContracts(tx, rows));
  const kept = rows.flatMap((row, place) => {
    const draft = of.drafts[place];
    return draft !== undefined && made.has(row.id) ? [{ row: { ...row, current_version: 1 }, draft }] : [];
  });
  const clauses = JSON.stringify(opened.clauses);
  await insertVersions(
    tx,
    kept.map(({ row, draft }) => ({
      workspace_id: workspaceId,
      contract_id: row.id,
      version: 1,
      terms: JSON.stringify(draft.terms),
      clauses,
      parties: JSON.stringify(draft.parties),
      by_side: 'brand',
      by_name: actor.name,
      made_at: at,
    })),
  );
  const frame = frameOf(call, 'brand');
  await insertEvents(
    tx,
    kept.map(({ row }) => trailRow(infra, { frame, row, kind: 'drafted', event: null })),
  );
  await recordAudits(
    tx,
    kept.map(({ row }) => ({
      workspaceId,
      actor,
      requestId,
      action: 'contract.drafted',
      subjectKind: 'contract',
      subjectId: row.id,
      changes: { template: template.id, enrolment: row.enrolment_id },
    })),
  );
  return kept.map(({ row }) => ({ contractId: row.id, enrolmentId: row.enrolment_id }));
}
