import type { ShipmentEventKind } from '../api.ts';

export interface ParcelFact {
  kind: ShipmentEventKind;
  at: Date;
}

export interface ParcelStand {
  /** Null when nothing is known to have happened. */
  state: ShipmentEventKind | null;
  shippedAt: Date | null;
  deliveredAt: Date | null;
}

const way = ['ordered', 'packed', 'shipped'] as const;
/** Of two ends at the same instant the later in this list counts. */
const ends = ['cancelled', 'lost', 'delivered', 'returned'] as const;

/**
 * Where a parcel stands by all that was told of it, in whatever order and however often it was told: a function of the set of facts. An end
 * counts over every step on the way, the last end over former ones (lost, then found; delivered, then sent back); else the furthest step.
 * A cancellation counts only while nothing was shipped: what is on its way cannot be called back by words.
 */
export function standOfParcel(facts: readonly ParcelFact[]): ParcelStand {
  const kinds = new Set(facts.map((fact) => fact.kind));
  const left = facts.filter((fact) => fact.kind !== 'cancelled' && fact.kind !== 'ordered' && fact.kind !== 'packed');
  const endings = facts.filter(
    (fact) => (ends as readonly string[]).includes(fact.kind) && (fact.kind !== 'cancelled' || left.length === 0),
  );
  const last = endings.reduce<ParcelFact | null>((best, fact) => {
    if (best === null) return fact;
    const later = fact.at.getTime() - best.at.getTime();
    return later > 0 || (later === 0 && rankOf(fact.kind) > rankOf(best.kind)) ? fact : best;
  }, null);
  return {
    state: last?.kind ?? way.findLast((kind) => kinds.has(kind)) ?? null,
    shippedAt: earliest(facts, 'shipped') ?? earliest(facts, 'delivered'),
    deliveredAt: earliest(facts, 'delivered'),
  };
}

function rankOf(kind: string): number {
  return (ends as readonly string[]).indexOf(kind);
}

function earliest(facts: readonly ParcelFact[], kind: ShipmentEventKind): Date | null {
  const times = facts.filter((fact) => fact.kind === kind).map((fact) => fact.at.getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
}
