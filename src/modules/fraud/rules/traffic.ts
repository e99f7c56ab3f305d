import type { OrderFacts } from './facts.ts';

/** A hit on a creator's link. */
export interface TrafficClick {
  clickId: string;
  slug: string;
  atMs: number;
  dropReason: string | null;
  visitor: string | null;
  network: string | null;
  referrerHost: string | null;
  adParam: string | null;
}

export interface Traffic {
  personId: string;
  /** Of the window and as many days before it, in any order. */
  clicks: readonly TrafficClick[];
  /** True when there were more clicks than were read, so that nothing can be said of those before. */
  isCut: boolean;
  orders: readonly OrderFacts[];
  codes: readonly { codeId: string; code: string }[];
  /** Uses of all codes of creators, by UTC day. */
  programDays: ReadonlyMap<string, number>;
  /** True where visits from data centres are told apart. */
  tellsDatacentres: boolean;
}
