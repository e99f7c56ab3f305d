import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { type CampaignFacts, findEnrolments, getCampaign } from '#modules/campaigns/index.ts';
import { mailPortalLink, type PortalMailState } from '#modules/creators/index.ts';
import { recordAudits } from '#modules/workspaces/index.ts';
import { type askCreators as askEndpoint, doNotGiftWords } from '../api.ts';
import { seedingError } from '../errors.ts';
import { toDoNotGift } from '../people/do-not-gift.ts';
import type { PlanFacts } from '../plan/read-plan.ts';
import { recordAsk, selectBarred, setAskMail } from '../queries/people.ts';
import { selectChoices, selectPlan } from '../queries/plans.ts';
import { disclosureWords } from '../rules/disclosure-words.ts';

type Ask = Call<typeof askEndpoint>;

interface Asked {
  asked: { enrolmentId: string; who: string; mail: PortalMailState; link: string }[];
  refused: { id: string; who: string; message: string }[];
}

/** Asks creators for a choice or an address by a link each, mailed where that can be. Errors: not_found, not_open. */
export async function askCreators(infra: Infra, call: Ask): Promise<Asked> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaign(tx, workspaceId, input.campaignId);
    const plan = await checkOpen(tx, workspaceId, { campaign, kind: input.kind });
    const ids = [...new Set(input.enrolmentIds)];
    const found = new Map(
      (await findEnrolments(tx, workspaceId, { ids, clock: infra.clock })).map((one) => [one.id, one]),
    );
    const personIds = [...found.values()].map((one) => one.person.id);
    const barred = new Map(
      (await selectBarred(tx, workspaceId, { personIds, limit: personIds.length + 1 })).map((row) => [
        row.person_id,
        row,
      ]),
    );
    const answer: Asked = { asked: [], refused: [] };
    for (const id of ids) {
      const enrolment = found.get(id);
      if (enrolment === undefined || enrolment.campaignId !== campaign.id || enrolment.removedAt !== null) {
        answer.refused.push({
          id,
          who: enrolment?.campaignId === campaign.id ? enrolment.person.name : id,
          message: 'Not on this campaign (any more).',
        });
        continue;
      }
      const bar = barred.get(enrolment.person.id);
      if (bar !== undefined) {
        const message = `On the do-not-gift list: ${doNotGiftWords[toDoNotGift(bar).reason]}.`;
        answer.refused.push({ id, who: enrolment.person.name, message });
        continue;
      }
      const sent = await askOne(infra, tx, { call, campaign, plan, enrolmentId: id, personId: enrolment.person.id });
      if (sent.link === '') answer.refused.push({ id, who: enrolment.person.name, message: 'The creator was erased.' });
      else answer.asked.push({ enrolmentId: id, who: enrolment.person.name, ...sent });
    }
    await recordAudits(
      tx,
      answer.asked.map((one) => ({
        workspaceId,
        actor,
        requestId: call.requestId,
        action: input.kind === 'pick' ? 'seeding.asked-to-pick' : 'seeding.asked-for-address',
        subjectKind: 'enrolment',
        subjectId: one.enrolmentId,
        changes: { mail: one.mail },
      })),
    );
    return answer;
  });
}

/** Who is asked to choose must find something to choose from. */
async function checkOpen(
  tx: Tx,
  workspaceId: string,
  of: { campaign: CampaignFacts; kind: Ask['input']['kind'] },
): Promise<PlanFacts | null> {
  const plan = (await selectPlan(tx, workspaceId, of.campaign.id)) ?? null;
  if (of.kind === 'address') return plan;
  if (plan === null || plan.state === 'closed')
    throw seedingError(
      'not_open',
      'The choice of products is closed. Set products and limits, and open it, before creators are asked.',
    );
  if ((await selectChoices(tx, workspaceId, of.campaign.id)).length === 0)
    throw seedingError('not_open', 'There is nothing to choose from yet. Add products to the campaign first.');
  return plan;
}

async function askOne(
  infra: Infra,
  tx: Tx,
  of: { call: Ask; campaign: CampaignFacts; plan: PlanFacts | null; enrolmentId: string; personId: string },
): Promise<{ link: string; mail: PortalMailState }> {
  const { call, campaign, plan, enrolmentId, personId } = of;
  const { workspaceId, input, actor } = call;
  const { kind } = input;
  const times = await recordAsk(tx, workspaceId, {
    enrolmentId,
    kind,
    campaignId: campaign.id,
    personId,
    at: infra.clock.now(),
    by: actor.name,
  });
  const own = input.message === null || input.message === '' ? [] : [input.message];
  const lines =
    kind === 'pick'
      ? ['we would like to send you something. Choose here what you like and where it should go:']
      : ['we would like to send you a parcel. Please tell us here where it should go:'];
  const terms =
    plan?.is_obliged === true
      ? `In return we agree on a post within ${plan.post_within_days} days after it arrived.`
      : 'It is a gift: there is no obligation to post.';
  const sent = await mailPortalLink(infra, tx, {
    workspaceId,
    personId,
    madeBy: actor.name,
    path: kind === 'pick' ? `/seeding/${enrolmentId}` : `/seeding/${enrolmentId}?step=address`,
    key: `seeding-ask:${kind}:${enrolmentId}:${times}`,
    subject: kind === 'pick' ? `Choose your product: ${campaign.name}` : `Where should we send it? (${campaign.name})`,
    lines: [...own, ...lines],
    after:
      kind === 'pick'
        ? `${terms} ${disclosureWords}`
        : 'We use the address for parcels alone, and delete it when you say so.',
  });
  await setAskMail(tx, workspaceId, { enrolmentId, kind, mail: sent.mail });
  return sent;
}
