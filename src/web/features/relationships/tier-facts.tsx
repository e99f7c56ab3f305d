import type { TierEvidence, TierFact } from '#modules/relationships/api.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { sayDay } from './words.ts';

/** A measured figure in words; what was not measured says why. */
export function sayFactValue(fact: Pick<TierFact, 'metric' | 'value' | 'amount' | 'n' | 'reason'>): string {
  if (fact.metric === 'revenue')
    return fact.amount === null ? (fact.reason ?? 'not measured') : formatMoney(fact.amount);
  if (fact.value === null) return fact.reason ?? 'not measured';
  return fact.metric === 'on_time' ? `${fact.value} % of ${fact.n}` : String(fact.value);
}

/** Every figure of a judgement with the rows it is the sum of. */
export function FactRows({ evidence }: { evidence: TierEvidence }) {
  return (
    <dl className="amb-facts">
      {evidence.facts.map((fact) => (
        <div key={fact.metric}>
          <dt>
            {fact.label}
            <span className="meta">{fact.source}</span>
          </dt>
          <dd>
            <b className="num">{sayFactValue(fact)}</b>
            {fact.rows.length > 0 && (
              <ul className="meta">
                {fact.rows.map((row) => (
                  <li key={`${row.on} ${row.text}`}>
                    {sayDay(row.on)}: {row.text}
                  </li>
                ))}
                {fact.more > 0 && <li>and {fact.more} more</li>}
              </ul>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
