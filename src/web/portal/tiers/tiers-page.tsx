import { IconCheck, IconCircleDashed, IconStars } from '@tabler/icons-react';
import { listPortalTiers, type PortalTier } from '#modules/relationships/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Tag } from '#web/ui/tag.tsx';
import './tiers.css';
import { TierSteps } from './tier-steps.tsx';
import { sayDay, sayGives, sayOpen } from './words.ts';

/** My tier in each programme: what it gives me, what the next one asks for, and how it went. */
export function TiersPage() {
  const tiers = useApiQuery(listPortalTiers, {});
  return (
    <QueryState query={tiers}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState isPage icon={IconStars} title="No tiers here">
            When a brand has a programme for its ambassadors, you see here where you stand.
          </EmptyState>
        ) : (
          rows.map((tier) => <Programme key={tier.campaign.id} tier={tier} />)
        )
      }
    </QueryState>
  );
}

function Programme({ tier }: { tier: PortalTier }) {
  const gives = sayGives(tier.tier.gives);
  return (
    <>
      <section className="ph-now">
        <p className="meta">
          {tier.campaign.name}, since {sayDay(tier.since)}
        </p>
        <h1>You are {tier.tier.name}</h1>
        {gives.length > 0 && <p>It gives you: {gives.join(', ')}.</p>}
        <TierSteps tier={tier} />
      </section>
      {tier.next !== null && (
        <section>
          <header>
            <h2>For {tier.next.name}</h2>
            <span className="meta">since {sayDay(tier.from)}</span>
          </header>
          <ul className="ph-list">
            {tier.next.needs.map((need) => (
              <li key={need.metric}>
                <div>
                  {need.isMet === true ? (
                    <IconCheck className="i" size={20} stroke={1.6} aria-hidden />
                  ) : (
                    <IconCircleDashed className="i" size={20} stroke={1.6} aria-hidden />
                  )}
                  <div className="grow">
                    <b>{need.needed}</b>
                    <span className="meta">now {need.have ?? 'not measured'}</span>
                  </div>
                  <Tag {...(need.isMet === true ? { tone: 'good' as const } : {})}>{sayOpen(need)}</Tag>
                </div>
              </li>
            ))}
          </ul>
          <p className="meta ph-after">
            {sayGives(tier.next.gives).length > 0 &&
              `${tier.next.name} gives ${sayGives(tier.next.gives).join(', ')}. `}
            {tier.judgedOn !== null && `We look at it on ${sayDay(tier.judgedOn)}.`}
          </p>
        </section>
      )}
      {tier.moves.length > 0 && (
        <section>
          <header>
            <h2>How it went</h2>
          </header>
          <ul className="ph-list">
            {tier.moves.map((move) => (
              <li key={move.id}>
                <div>
                  <div className="grow">
                    <b>
                      {move.from} to {move.to}
                    </b>
                    <span className="meta">
                      {sayDay(move.on)}: {move.reason}
                    </span>
                  </div>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
