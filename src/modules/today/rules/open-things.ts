import type { OpenWork } from '#kernel/open-work.ts';

export interface Person {
  id: string;
  name: string;
}

export interface Campaign {
  id: string;
  name: string;
}

export interface Work {
  campaign: Campaign;
  person: Person;
  title: string;
  dueOn: string | null;
}

/** What was found open in a workspace. Days are calendar days of it; money is said already. */
export interface OpenThings {
  today: string;
  brokenLinks: readonly { id: string; slug: string; problem: string; person: Person | null }[];
  pausedLinks: readonly { id: string; slug: string; hits: number; person: Person | null; campaign: Campaign | null }[];
  turned: readonly { person: Person; campaign: Campaign; verdict: 'review' | 'reject'; before: string | null }[];
  goals: readonly {
    id: string;
    campaign: Campaign;
    label: string;
    isMain: boolean;
    isMissed: boolean;
    /** Distance from the line as a part of it: 0 at it, 1 when nothing of what is expected by today is there, 1.2 when a cost is 120 % over its goal. */
    gap: number;
    isCeiling: boolean;
    daysLeft: number;
    says: string;
  }[];
  unknownCodes: readonly { code: string; orders: number; says: string }[];
  drafts: readonly Work[];
  overdue: readonly Work[];
  waiting: readonly { campaign: Campaign; person: Person; task: string; days: number; patienceDays: number }[];
  ending: readonly { campaign: Campaign; endsOn: string; without: number; live: number }[];
  /** News of saved searches that the reader has not seen: one a search, with its newest notice. */
  matches: readonly { searchId: string; searchName: string; noticeId: string; creators: number; days: number }[];
  imports: readonly { id: string; fileName: string; errors: number }[];
  /** What the other modules tell; what is told by a need of its own is left out of it already. */
  work: readonly { work: OpenWork; person: Person | null }[];
}
