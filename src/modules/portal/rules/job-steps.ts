import type { JobStep } from '../api.ts';

export interface JobFacts {
  phase: 'considering' | 'agreed' | 'producing' | 'done';
  isAccepted: boolean;
  deliverables: readonly { state: string; isForBrand: boolean }[];
  hasFee: boolean;
  isPaid: boolean;
}

const handedIn = new Set(['drafted', 'approved', 'live']);

/** Where a job stands, in the creator's words: agreed, made, live (approved where the brand shows it), and paid where there is a fee. The first that is not done is current. */
export function jobSteps(facts: JobFacts): JobStep[] {
  const isAgreed = facts.phase !== 'considering' || facts.isAccepted;
  const all = facts.deliverables.filter((one) => one.state !== 'cancelled');
  const isDone = facts.phase === 'done';
  const isMade = isDone || (all.length > 0 && all.every((one) => handedIn.has(one.state)));
  const isOwn = all.length > 0 && all.every((one) => one.isForBrand);
  const isEnd = (one: JobFacts['deliverables'][number]) =>
    one.state === 'live' || (one.isForBrand && one.state === 'approved');
  const isLive = isDone || (all.length > 0 && all.every(isEnd));
  const done: [string, boolean][] = [
    ['Agreed', isAgreed],
    ['Content', isAgreed && isMade],
    [isOwn ? 'Approved' : 'Live', isAgreed && isLive],
  ];
  if (facts.hasFee) done.push(['Paid', facts.isPaid]);
  const current = done.findIndex(([, isPast]) => !isPast);
  return done.map(([label, isPast], at) => ({ label, state: isPast ? 'done' : at === current ? 'current' : 'todo' }));
}
