import type { Best } from '#modules/today/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney, toPlotNumber } from '#web/ui/format-money.ts';
import { formatChange, formatPlural } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';
import { Spark } from '#web/ui/spark.tsx';

/** Who sold most in the last seven days, each against the own weeks before. */
export function BestOfWeek({ best }: { best: readonly Best[] }) {
  return (
    <Section title="Did best this week" note="revenue credited, against own 8-week average">
      {best.length === 0 ? (
        <p className="ink-2 today-none">Nobody was credited with an order in the last seven days.</p>
      ) : (
        <ul className="list">
          {best.map((row) => (
            <Line key={row.person.id} row={row} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Line({ row }: { row: Best }) {
  const { person, change } = row;
  return (
    <li className="today-best">
      <div className="who grow">
        <Avatar id={person.id} name={person.name} size={32} />
        <div>
          <b>
            <AppLink to="/creators/$personId" params={{ personId: person.id }}>
              {person.name}
            </AppLink>
          </b>
          <span className="meta">{person.handle === null ? '' : `@${person.handle}`}</span>
        </div>
      </div>
      {row.before > 0 && (
        <Spark
          values={row.weeks.slice(-row.before - 1).map(toPlotNumber)}
          label={`Revenue of ${row.before + 1} weeks, this one last`}
          look={change !== null && change > 0 ? 'up' : 'plain'}
        />
      )}
      <div className="num">
        <b>{formatMoney(row.revenue, { short: true })}</b>
        <div className="meta">{formatPlural(row.orders, 'order')}</div>
      </div>
      <div className={`num today-change ${change !== null && change > 0 ? 'good' : 'ink-3'}`}>
        <Figure
          label="Against the own weeks before"
          value={change === null ? null : formatChange(change, 0)}
          missing="new"
          meaning={{
            formula: `revenue of the last 7 days / mean of the ${row.before} weeks before, less 1${row.changeReason === null ? '' : `. ${row.changeReason}`}`,
            source: 'orders credited by last touch, net of refunds',
            n: formatPlural(row.before, 'week'),
          }}
        />
      </div>
    </li>
  );
}
