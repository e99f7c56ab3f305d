import type { PortalTier } from '#modules/relationships/api.ts';
import { formatMoney } from '#web/ui/format-money.ts';

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });

/** A calendar day: "1 October". */
export function sayDay(day: string): string {
  return days.format(new Date(`${day}T00:00:00Z`));
}

type Gives = PortalTier['tier']['gives'];

/** What a tier gives, in words to the creator. */
export function sayGives(gives: Gives): string[] {
  return [
    ...(gives.codePercent === null ? [] : [`${gives.codePercent} % off for your followers`]),
    ...(gives.monthlyFee === null ? [] : [`${formatMoney(gives.monthlyFee)} a month`]),
    ...(gives.gift === '' ? [] : [gives.gift]),
  ];
}

type Need = NonNullable<PortalTier['next']>['needs'][number];

/** What a need still asks for. */
export function sayOpen(need: Need): string {
  if (need.isMet === true) return 'done';
  return need.missing ?? 'nothing measured yet';
}
