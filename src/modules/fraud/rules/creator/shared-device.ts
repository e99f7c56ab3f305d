import { figure, hit, type TrafficRule } from '../verdict.ts';

export const sharedDevice: TrafficRule = {
  name: 'shared-device',
  version: 1,
  scope: 'traffic',
  severity: 'medium',
  points: 20,
  mode: 'score',
  title: 'Many customers on one device',
  explains:
    'Four customers and more ordered on one day by clicks of one device. An office with one address and one kind of computer looks alike, so the orders must also be most of what the creator brings.',
  needs: 'Hashes of customers and of their clicks',
  judge: ({ deviceCustomers, orders }) => {
    if (deviceCustomers < 4 || deviceCustomers < orders * 0.3) return null;
    return hit(`${deviceCustomers} customers ordered on one day from what looks like one device.`, [
      figure(`${deviceCustomers} customers, one visitor hash`),
    ]);
  },
};
