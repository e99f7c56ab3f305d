import { needsOthers } from '../baseline.ts';
import { figure, hit, type TrafficRule, unknown } from '../verdict.ts';

export const fewCustomers: TrafficRule = {
  name: 'few-customers',
  version: 1,
  scope: 'traffic',
  severity: 'medium',
  points: 20,
  mode: 'score',
  title: 'The same few customers again and again',
  explains: 'At least 8 orders by less than half as many customers, and twice as many orders a customer as usual here.',
  needs: 'Hashes of customers; three other creators with customers',
  judge: ({ customers, knownOrders }, { baseline }) => {
    if (knownOrders < 8 || customers === 0) return null;
    if (knownOrders / customers < 2.2) return null;
    if (baseline.ordersACustomer === null) return unknown(needsOthers);
    if (knownOrders / customers < baseline.ordersACustomer * 2) return null;
    return hit(`${knownOrders} orders by ${customers} customers.`, [
      figure(`usual here: ${baseline.ordersACustomer.toFixed(1)} orders a customer`),
    ]);
  },
};
