import type { Traffic } from '../src/modules/fraud/rules/traffic.ts';
import { dayMs, fraudKinds, honestKinds, type Kind, recentFromMs } from './traffic-maker.ts';
import { Simulation } from './traffic-oddities.ts';

export interface SimulatedCreator {
  kind: Kind;
  isFraud: boolean;
  traffic: Traffic;
  /** Orders that are fraud themselves. */
  fraudOrders: ReadonlySet<string>;
}

/** A program of creators over 56 days. Nothing in it is fitted to anybody's data; every number is a choice, stated in docs/methods/traffic-fraud.md. */
export function simulateProgram(seed: number, creators: number): SimulatedCreator[] {
  const sim = new Simulation(seed);
  const kinds = Array.from({ length: creators }, (_, at): Kind => {
    // A quarter cheats, a quarter is honest and looks odd.
    if (at % 4 === 0) return fraudKinds[(Math.floor(at / 4) + seed) % fraudKinds.length] ?? 'bots';
    if (at % 4 === 1) return honestKinds[1 + ((Math.floor(at / 4) + seed) % (honestKinds.length - 1))] ?? 'plain';
    return 'plain';
  });
  const made = kinds.map((kind, at) => sim.creator(`per_${at}`, kind));
  const sale = sim.chance(0.5) ? recentFromMs + Math.floor(sim.random() * 26) * dayMs : null;
  if (sale !== null) for (const one of made) sim.addFlashSale(one, sale);
  for (const one of made) if (one.kind === 'extension-hijack') sim.addHijacks(one, made);
  const programDays = new Map<string, number>();
  for (const one of made)
    for (const order of one.orders)
      if (order.codes.length > 0) {
        const day = new Date(order.atMs).toISOString().slice(0, 10);
        programDays.set(day, (programDays.get(day) ?? 0) + 1);
      }
  return made.map((one) => ({
    kind: one.kind,
    isFraud: (fraudKinds as readonly string[]).includes(one.kind),
    fraudOrders: one.fraudOrders,
    traffic: {
      personId: one.personId,
      clicks: one.clicks,
      isCut: false,
      orders: one.orders,
      codes: [one.code],
      programDays,
      tellsDatacentres: false,
    },
  }));
}
