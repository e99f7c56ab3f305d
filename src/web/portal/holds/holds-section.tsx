import { listPortalHolds } from '#modules/fraud/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { formatPlural } from '#web/ui/format-number.ts';

/** Says that credit is held; draws nothing while none is. */
export function HoldsSection() {
  const query = useApiQuery(listPortalHolds, {});
  const held = (query.data?.rows ?? []).filter((hold) => hold.isHeld);
  if (held.length === 0) return null;
  const orders = held.reduce((sum, hold) => sum + hold.orders, 0);
  return (
    <section className="ph-card" aria-label="On hold">
      <h2>Some of your orders are on hold</h2>
      <p>
        {orders === 0
          ? 'The brand is looking at your traffic.'
          : `${formatPlural(orders, 'order')} until the brand has looked at them.`}{' '}
        <PortalLink to="/holds">See why, and say your side</PortalLink>
      </p>
    </section>
  );
}
