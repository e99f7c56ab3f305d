/** A day that a module has something to say of, for one creator. The calendar shows alike ones of a day and campaign together. */
export interface CalendarItem {
  kind: 'signing_due' | 'drafts_due' | 'fee_due' | 'posts_stay' | 'rights_end' | 'exclusivity_end' | 'contract_end';
  /** YYYY-MM-DD in the workspace's time zone. */
  day: string;
  campaignId: string | null;
  enrolmentId: string | null;
  personId: string | null;
  /** What it is about, in a few words: the name of a contract, an amount, a piece. */
  what: string;
  isDone: boolean;
  /** Below the workspace, where one item stands alone: `/contracts/ctr_1`. */
  path: string;
}

/** Items of the days from `from` to `until`, both included; of one campaign where one is named. */
export interface CalendarSpan {
  from: string;
  until: string;
  campaignId: string | undefined;
}
