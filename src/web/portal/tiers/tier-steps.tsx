import type { PortalTier } from '#modules/relationships/api.ts';

/** The tiers from the first to the highest, mine marked. */
export function TierSteps({ tier }: { tier: PortalTier }) {
  const mine = tier.tiers.findIndex((one) => one.isMine);
  return (
    <ol
      className="ph-steps"
      style={{ gridTemplateColumns: `repeat(${tier.tiers.length}, minmax(0, 1fr))` }}
      aria-label="Tiers"
    >
      {tier.tiers.map((one, at) => (
        <li
          key={one.id}
          className={at < mine ? 'done' : at === mine ? 'current' : ''}
          {...(at === mine ? { 'aria-current': 'step' } : {})}
        >
          <i aria-hidden />
          {one.name}
        </li>
      ))}
    </ol>
  );
}
