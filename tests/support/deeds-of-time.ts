import * as campaigns from '#modules/campaigns/api.ts';
import { remindDeadlines } from '#modules/campaigns/index.ts';
import * as content from '#modules/content/api.ts';
import { tellEndingRights } from '#modules/content/index.ts';
import * as contracts from '#modules/contracts/api.ts';
import { runContractWatch } from '#modules/contracts/index.ts';
import * as relationships from '#modules/relationships/api.ts';
import { judgeDueTiers } from '#modules/relationships/index.ts';
import type { Deeds, DeedTools } from './more-deeds.ts';
import { offerContract, signContract } from './sign-contract.ts';

const eur = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
const name = 'Nell Baker';

/** What time alone does; the clock only moves on, so these come last and in this order. */
export function deedsOfTime(of: DeedTools): Deeds {
  const { client } = of;
  let renewedId = '';
  const infra = () => of.test().core.infra;
  const contractOf = async (title: string, of2: { at: number; endsOn: string | null; dueOn: string | null }) => {
    const { campaignId, enrolmentId } = await of.enrolled(title, of2.at);
    const made = await client().call(contracts.createContracts, {
      campaignId,
      templateId: 'sponsored-de',
      enrolmentIds: [enrolmentId],
    });
    const contractId = made.created[0]?.contractId ?? '';
    const { dueOn, endsOn } = of2;
    const deliverables = dueOn === null ? [] : [{ platform: 'instagram' as const, format: 'post' as const, dueOn }];
    const terms = { fee: eur('30000'), startsOn: '2026-05-15', endsOn, deliverables };
    return { contractId, terms, personId: of.who(of2.at).personId, workspace: 'mine', expiresOn: '2026-06-10' };
  };
  return {
    'a creator has three days left to answer': {
      fires: ['deadline.reminded'],
      act: async () => {
        const { campaignId, enrolmentId } = await of.enrolled('Waits for an answer', 0);
        await client().call(campaigns.changeCampaignState, { campaignId, from: 'draft', to: 'live' });
        const enrolments = [{ id: enrolmentId, from: 'shortlisted' }];
        await client().call(campaigns.moveOnRoster, { campaignId, to: 'invited', enrolments });
        await client().call(campaigns.updateEnrolment, { enrolmentId, respondBy: '2026-05-20' });
        of.setNow('2026-05-17T12:00:00Z');
        await remindDeadlines(infra());
      },
    },
    'a right has a week left': {
      fires: ['right.ending'],
      act: async () => {
        const { id } = await of.uploaded('Ends soon');
        const days = { startsOn: '2026-05-17', endsOn: '2026-05-24' };
        await client().call(content.requestRights, { assetIds: [id], channels: ['email'], ...days });
        const creator = await of.test().portal('mine', of.who(3).personId);
        const rights = await creator.call(content.listPortalRights, {});
        const rightIds = rights.flatMap((one) => (one.content.title === 'Ends soon' ? [one.id] : []));
        await creator.call(content.answerRights, { rightIds, answer: 'grant', name });
        of.setNow('2026-05-18T12:00:00Z');
        await tellEndingRights(infra());
      },
    },
    'an offer lapses while another contract nears its end and what it owes is due': {
      fires: ['contract.expiring', 'contract.expired', 'contract.running_out', 'contract.obligation_due'],
      act: async () => {
        const running = await contractOf('Runs out', { at: 1, endsOn: '2026-06-30', dueOn: '2026-06-12' });
        await signContract(of.test(), running);
        const renewed = await contractOf('Is renewed', { at: 2, endsOn: '2026-06-30', dueOn: null });
        await signContract(of.test(), renewed);
        const lapsing = await contractOf('Lapses', { at: 3, endsOn: null, dueOn: null });
        const { contractId, terms, expiresOn } = lapsing;
        await offerContract(client(), { contractId, terms, expiresOn });
        renewedId = renewed.contractId;
        await infra().outbox.settle();
        for (const day of ['08', '11', '12']) {
          of.setNow(`2026-06-${day}T12:00:00Z`);
          await runContractWatch(infra());
        }
      },
    },
    'a contract runs out, another is renewed': {
      fires: ['contract.ran_out', 'contract.renewed'],
      act: async () => {
        const made = await client().call(contracts.renewContracts, { contractIds: [renewedId] });
        const contractId = made.created[0]?.contractId ?? '';
        await client().call(contracts.sendContracts, { contractIds: [contractId], expiresOn: '2026-06-30' });
        const creator = await of.test().portal('mine', of.who(2).personId);
        const { version, documentHash } = await creator.call(contracts.getPortalContract, { contractId });
        const signature = { contractId, version, documentHash, method: 'typed' as const, agrees: true as const };
        await creator.open(contracts.getPortalDocument, { contractId, version });
        await creator.call(contracts.signPortalContract, { ...signature, name });
        await client().open(contracts.getDocument, { contractId, version });
        await client().call(contracts.signContract, { ...signature, name: 'Ann Oat' });
        of.setNow('2026-07-01T12:00:00Z');
        await runContractWatch(infra());
      },
    },
    'a month ends, and the rules put an ambassador into another tier': {
      fires: ['ambassador.move_proposed'],
      act: async () => {
        const plan = { name: 'Judged', model: 'ambassadorship' as const, startsOn: '2026-07-01', endsOn: '2026-12-31' };
        const { id: campaignId } = await client().call(campaigns.createCampaign, plan);
        const personIds = [of.who(0).personId];
        const added = await client().call(campaigns.addToRoster, { campaignId, personIds, stage: 'active' });
        await client().call(campaigns.changeCampaignState, { campaignId, from: 'draft', to: 'live' });
        const gives = (codePercent: number) => ({ codePercent, monthlyFee: null, gift: '' });
        const tiers = [
          { id: 'bronze', name: 'Bronze', needs: [], gives: gives(10) },
          { id: 'gold', name: 'Gold', needs: [{ metric: 'on_time' as const, atLeast: 100 }], gives: gives(20) },
        ];
        const rules = { isOn: true, windowMonths: 1, judgeDay: 31, tiers };
        await client().call(relationships.saveProgram, { campaignId, basedOn: 0, ...rules });
        const piece = { platform: 'instagram' as const, format: 'reel' as const, title: 'Reel', dueOn: '2026-07-15' };
        const made = await client().call(campaigns.addDeliverables, {
          campaignId,
          enrolmentIds: [...added.enrolmentIds],
          ...piece,
        });
        of.setNow('2026-07-14T10:00:00Z');
        await client().call(campaigns.changeDeliverableState, {
          deliverableId: made.deliverableIds[0] ?? '',
          from: 'planned',
          to: 'live',
          liveUrl: 'https://www.instagram.com/p/judged1/',
        });
        of.setNow('2026-07-31T12:00:00Z');
        await judgeDueTiers(infra());
      },
    },
  };
}
