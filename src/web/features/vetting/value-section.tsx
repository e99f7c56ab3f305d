import type { ValuedRow, Vetting } from '#modules/vetting/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { Section } from '#web/ui/section.tsx';
import { formatMoneyRange } from './value-words.ts';

/** Reach, price and value of a post: what the platform measured for the owner on the left, what formulas say on the right, never mixed. */
export function ValueSection({ report }: { report: Vetting }) {
  const { value } = report;
  if (value === undefined) return null;
  return (
    <div className="cols even">
      <Section title="Measured for the owner" note="first-party: only the account itself sees these">
        <Rows rows={value.firstParty} isEstimated={false} />
      </Section>
      <Section title="Estimated" note="by published formulas; ranges, no measurement of this creator">
        <Rows rows={value.estimated} isEstimated />
      </Section>
    </div>
  );
}

function Rows({ rows, isEstimated }: { rows: readonly ValuedRow[]; isEstimated: boolean }) {
  return (
    <dl className="vt-values">
      {rows.map((row) => (
        <div key={row.name}>
          <dt>
            {row.title}
            {row.needs !== null && <span className="meta vt-block">Needs {row.needs}</span>}
          </dt>
          <dd>
            <Figure
              label={row.title}
              value={formatMoneyRange(row)}
              isEstimated={isEstimated}
              meaning={{
                formula: row.formula === '' ? `needs ${row.needs ?? 'more data'}` : row.formula,
                ...(row.source !== '' && { source: row.year === null ? row.source : `${row.source}, ${row.year}` }),
                ...(row.sample !== '' && { n: row.sample }),
                ...(row.asOf !== null && { asOf: row.asOf }),
              }}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}
