import { listPortalTiers, type PortalTier } from '#modules/relationships/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import './tiers.css';
import { TierSteps } from './tier-steps.tsx';
import { sayDay } from './words.ts';

/** Where I stand, on the home page; nothing for who is no ambassador. */
export function TiersSection() {
  const { data } = useApiQuery(listPortalTiers, {});
  return (data ?? []).map((tier) => <TierCard key={tier.campaign.id} tier={tier} />);
}

function TierCard({ tier }: { tier: PortalTier }) {
  const open = tier.next?.needs.filter((need) => need.isMet !== true) ?? [];
  return (
    <section aria-labelledby={`tier-${tier.campaign.id}`}>
      <header>
        <h2 id={`tier-${tier.campaign.id}`}>My tier</h2>
        <span className="meta">{tier.campaign.name}</span>
      </header>
      <div className="ph-card">
        <div className="pt-head">
          <b className="ph-big">{tier.tier.name}</b>
          <PortalLink to="/tiers">What it gives me</PortalLink>
        </div>
        <TierSteps tier={tier} />
        {tier.next !== null && (
          <p className="ink-2">
            {open.length === 0
              ? `You meet what ${tier.next.name} asks for.`
              : `For ${tier.next.name}: ${open.map((need) => need.missing ?? `${need.label.toLowerCase()} not measured yet`).join(', ')}.`}
          </p>
        )}
        {tier.judgedOn !== null && <p className="meta">We look at it on {sayDay(tier.judgedOn)}.</p>}
      </div>
    </section>
  );
}
