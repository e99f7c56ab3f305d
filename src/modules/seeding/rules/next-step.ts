import type { SeedingStep, ShipmentState } from '../api.ts';

export interface Standing {
  isBarred: boolean;
  isAsked: boolean;
  pick: { state: 'submitted' | 'approved' | 'rejected' | 'cancelled'; isSent: boolean } | null;
  hasAddress: boolean;
  shipment: { state: ShipmentState } | null;
  hasPosted: boolean;
  /** The day a post was expected by has passed. */
  isWindowOver: boolean;
}

/** Where a creator stands on the way from being asked to a post. */
export function nextStep(standing: Standing): SeedingStep {
  const { pick, shipment } = standing;
  if (shipment !== null && shipment.state !== 'cancelled') return stepOfParcel(standing, shipment.state);
  if (pick?.state === 'submitted') return 'to_decide';
  if (pick?.state === 'approved' && !pick.isSent) return standing.hasAddress ? 'to_send' : 'address_missing';
  if (standing.isBarred) return 'barred';
  if (pick?.state === 'rejected') return 'choosing_again';
  return standing.isAsked ? 'choosing' : 'not_asked';
}

function stepOfParcel(standing: Standing, state: Exclude<ShipmentState, 'cancelled'>): SeedingStep {
  switch (state) {
    case 'waiting':
      return 'ordering';
    case 'failed':
      return 'failed';
    case 'ordered':
    case 'packed':
      return 'to_ship';
    case 'shipped':
      return standing.hasPosted ? 'posted' : 'on_the_way';
    case 'delivered':
      return standing.hasPosted ? 'posted' : standing.isWindowOver ? 'no_post' : 'delivered';
    case 'returned':
      return 'returned';
    case 'lost':
      return 'lost';
  }
}
