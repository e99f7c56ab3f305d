import { clickEvidence, isHostAmong, orderEvidence } from '../facts.ts';
import { hit, type OrderRule } from '../verdict.ts';

export const bannedReferrer: OrderRule = {
  name: 'banned-referrer',
  version: 1,
  scope: 'order',
  severity: 'high',
  points: 40,
  mode: 'enforce',
  title: 'Came from a banned place',
  explains: 'A click of the credited creator came from a host on the list of banned places of this workspace.',
  needs: 'A referring page, which many browsers and apps do not tell; what is not told is not held against anybody',
  judge: (order, policy) => {
    const click = order.clicks.find(
      (one) =>
        one.personId === order.personId &&
        one.referrerHost !== null &&
        isHostAmong(one.referrerHost, policy.bannedReferrers),
    );
    return click === undefined || order.personId === null
      ? null
      : hit(`The visit came from ${click.referrerHost}, which is banned here.`, [
          clickEvidence(click, `from ${click.referrerHost}`),
          orderEvidence(order),
        ]);
  },
};
