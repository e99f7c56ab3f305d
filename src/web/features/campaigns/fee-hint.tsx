import { Button } from '@mantine/core';
import { type Enrolment, suggestFee } from '#modules/campaigns/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { writeAmount } from './words.ts';

/** What a fair fee would be by own deals, below the field; taken over by one click. */
export function FeeHint({ enrolment, onTake }: { enrolment: Enrolment; onTake: (amount: string) => void }) {
  const { data } = useApiQuery(suggestFee, { enrolmentId: enrolment.id });
  const [basis] = data?.bases ?? [];
  if (data === undefined) return null;
  if (basis === undefined) return <p className="meta">No fee to suggest. {data.missing}</p>;
  const short = { short: true };
  const range =
    basis.low.amountMinor === basis.high.amountMinor
      ? formatMoney(basis.middle, short)
      : `${formatMoney(basis.low, short)} to ${formatMoney(basis.high, short)}`;
  return (
    <p className="meta">
      Suggested for {formatPlural(data.pieces, 'piece')}:{' '}
      <Figure
        label="Suggested fee"
        value={range}
        isEstimated
        meaning={{ formula: basis.text, source: 'own campaigns', n: formatPlural(basis.n, 'deal') }}
      />{' '}
      <Button size="compact-xs" variant="subtle" onClick={() => onTake(writeAmount(basis.middle))}>
        Take {formatMoney(basis.middle, short)}
      </Button>
    </p>
  );
}
