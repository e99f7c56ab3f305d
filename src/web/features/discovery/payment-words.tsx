import { formatCount } from '#web/ui/format-number.ts';

interface Props {
  row: { paid: number; organic: number; unknown: number };
}

/** How many posts are paid, organic or say nothing of it; what is 0 is left out. */
export function PaymentWords({ row }: Props) {
  const parts = [
    { count: row.paid, word: 'paid', about: 'labelled by the platform or tagged as an advertisement' },
    { count: row.organic, word: 'organic', about: 'the platform says that it is not paid' },
    { count: row.unknown, word: 'not said', about: 'nothing says whether it is paid' },
  ].filter((part) => part.count > 0);
  if (parts.length === 0) return <span className="ink-3">–</span>;
  return (
    <span className="discover-pay">
      {parts.map((part) => (
        <span key={part.word} title={part.about} className={part.word === 'not said' ? 'ink-3' : undefined}>
          {formatCount(part.count)} {part.word}
        </span>
      ))}
    </span>
  );
}
