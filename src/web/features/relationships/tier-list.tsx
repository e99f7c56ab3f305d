import type { Ambassador, Program, Tier, TierNeed } from '#modules/relationships/api.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatPlural } from '#web/ui/format-number.ts';

/** The tiers, the highest first: what each asks for and gives, and how many stand there. */
export function TierList({ program, ambassadors }: { program: Program; ambassadors: readonly Ambassador[] }) {
  return (
    <ol className="amb-tiers">
      {program.tiers.toReversed().map((tier) => (
        <li key={tier.id}>
          <div className="spread">
            <b>{tier.name}</b>
            <span className="meta num">{ambassadors.filter((one) => one.tier.id === tier.id).length}</span>
          </div>
          <span className="ink-2">
            {tier.needs.length === 0 ? 'Where everybody begins' : tier.needs.map(sayNeed).join(', ')}
          </span>
          <span className="meta">{sayGives(tier)}</span>
        </li>
      ))}
    </ol>
  );
}

function sayNeed(need: TierNeed): string {
  switch (need.metric) {
    case 'orders':
      return formatPlural(need.atLeast, 'order');
    case 'revenue':
      return `${formatMoney(need.atLeast)} revenue`;
    case 'posts':
      return `${formatPlural(need.atLeast, 'post')} live`;
    case 'on_time':
      return `${need.atLeast} % on time`;
    case 'months':
      return `${formatPlural(need.atLeast, 'month')} on board`;
  }
}

function sayGives({ gives }: Tier): string {
  const parts = [
    ...(gives.codePercent === null ? [] : [`code ${gives.codePercent} %`]),
    ...(gives.monthlyFee === null ? [] : [`${formatMoney(gives.monthlyFee)} a month`]),
    ...(gives.gift === '' ? [] : [gives.gift]),
  ];
  return parts.length === 0 ? 'Gives nothing' : `Gives ${parts.join(', ')}`;
}
