import type { Infra } from '#infra/module.ts';
import type { CalendarItem } from '#kernel/calendar-item.ts';
import { dayIn } from '#kernel/time.ts';
import type { CalendarSource } from '#modules/campaigns/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { Obligation } from './api.ts';
import { listObligations } from './list-obligations.ts';
import { selectWaiting } from './queries/contracts.ts';
import { stateAt } from './rules/expiry.ts';
import { sayMoney } from './rules/term-words.ts';

const offersMax = 5000;

// A piece owed is a deliverable of its campaign, which the calendar shows by itself.
const kinds: Record<Obligation['kind'], CalendarItem['kind'] | null> = {
  draft: 'drafts_due',
  deliverable: null,
  payment: 'fee_due',
  rights_end: 'rights_end',
  exclusivity_end: 'exclusivity_end',
  post_stays: 'posts_stay',
  contract_end: 'contract_end',
};

/** What contracts have to say of days: offers that lapse, and what is owed by, or ends with, those in force. */
export function contractDays(infra: Infra): CalendarSource {
  return async (tx, workspaceId, span) => {
    const { from, until, campaignId } = span;
    const owed = await listObligations(infra, tx, { workspaceId, filter: { from, until, campaignId } });
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const offers = await selectWaiting(tx, workspaceId, { states: ['sent', 'countered'], limit: offersMax });
    return [
      ...owed.flatMap(toItem),
      ...offers.flatMap((row): CalendarItem[] => {
        // What lapsed has no day to come any more, whether the watch has noted it yet or not.
        const isOver = stateAt(row, infra.clock.now()) === 'expired';
        if (row.expires_at === null || isOver || (campaignId !== undefined && row.campaign_id !== campaignId))
          return [];
        // It lapses when its last day is over.
        const day = dayIn(timeZone, new Date(row.expires_at.getTime() - 1));
        if (day < from || day > until) return [];
        const [enrolmentId, personId] = [row.enrolment_id, row.person_id];
        const of = {
          campaignId: row.campaign_id,
          enrolmentId,
          personId,
          what: row.title,
          path: `/contracts/${row.id}`,
        };
        return [{ kind: 'signing_due', day, isDone: false, ...of }];
      }),
    ];
  };
}

function toItem(one: Obligation): CalendarItem[] {
  const kind = kinds[one.kind];
  if (kind === null || one.dueOn === null) return [];
  return [
    {
      kind,
      day: one.dueOn,
      campaignId: one.campaignId,
      enrolmentId: one.enrolmentId,
      personId: one.person.id,
      what: whatOf(one),
      isDone: one.state === 'met',
      path: `/contracts/${one.contractId}`,
    },
  ];
}

function whatOf(one: Obligation): string {
  if (one.amount !== null) return `${one.title}, ${sayMoney(one.amount)}, to ${one.person.name}`;
  return one.kind === 'contract_end' ? one.person.name : `${one.title}, ${one.person.name}`;
}
