import type { Relationship, RelationshipSum } from '#modules/relationships/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import type { FigureMeaning } from '#web/ui/figure-meaning.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { StatCard } from '#web/ui/stat-card.tsx';
import { sayDays, sayHours, sayShare } from './words.ts';

type Measured = RelationshipSum['onTime'];

/** The relationship in a few figures, each with what it rests on. */
export function SumFigures({ relationship }: { relationship: Relationship }) {
  const { sum, asOf } = relationship;
  const meaning = (of: Measured, formula: string, unit: string): FigureMeaning => ({
    formula: of.reason === null ? formula : `${formula}; ${of.reason}`,
    source: 'campaigns here and imported history',
    n: formatPlural(of.n, unit),
    asOf,
  });
  const { yes, maybe, no } = sum.again;
  return (
    <div className="figs">
      <StatCard
        label="Campaigns"
        note={sum.imported === 0 ? 'all here' : `${formatPlural(sum.imported, 'row')} imported`}
      >
        <Figure
          label="Campaigns worked on"
          value={formatCount(sum.campaigns)}
          meaning={{
            formula: 'campaigns with something agreed, here or in imported history',
            source: 'rosters and imports',
            asOf,
          }}
        />
      </StatCard>
      <StatCard label="Paid" note={sum.paidCount === 0 ? 'no fee paid yet' : formatPlural(sum.paidCount, 'fee')}>
        <Figure
          label="Fees paid"
          value={sum.paid.length === 0 ? null : sum.paid.map((money) => formatMoney(money)).join(' + ')}
          missing="nothing yet"
          meaning={{
            formula: 'sum of fees with a day of payment',
            source: 'rosters and imports',
            n: formatPlural(sum.paidCount, 'fee'),
            asOf,
          }}
        />
      </StatCard>
      <StatCard label="On time" note={sum.overdue === 0 ? 'nothing overdue' : `${sum.overdue} overdue now`}>
        <Figure
          label="Posts live by their due day"
          value={sayShare(sum.onTime)}
          unit="of posts"
          missing={sum.onTime.n === 0 ? 'none yet' : 'not enough data'}
          meaning={meaning(sum.onTime, 'posts live by their due day / posts live that had one', 'post')}
        />
      </StatCard>
      <StatCard label="Late by" note="middle of all posts">
        <Figure
          label="Days late"
          value={sayDays(sum.daysLate)}
          missing={sum.daysLate.n === 0 ? 'none yet' : 'not enough data'}
          meaning={meaning(sum.daysLate, 'median of days after the due day, 0 when on time', 'post')}
        />
      </StatCard>
      <StatCard label="Posted" note="of what was due">
        <Figure
          label="Post rate"
          value={sayShare(sum.postRate)}
          missing={sum.postRate.n === 0 ? 'none yet' : 'not enough data'}
          meaning={meaning(sum.postRate, 'posts live / posts due before today', 'post')}
        />
      </StatCard>
      <StatCard label="Answers in" note="middle of all">
        <Figure
          label="Hours until an answer"
          value={sayHours(sum.replyHours)}
          missing={sum.replyHours.n === 0 ? 'none yet' : 'not enough data'}
          meaning={{
            ...meaning(sum.replyHours, 'median of hours from our first unanswered message to their answer', 'answer'),
            source: 'conversations here',
          }}
        />
      </StatCard>
      <StatCard label="Confirms briefs in" note="middle of all">
        <Figure
          label="Hours until a brief is confirmed"
          value={sayHours(sum.confirmHours)}
          missing={sum.confirmHours.n === 0 ? 'none yet' : 'not enough data'}
          meaning={{
            ...meaning(sum.confirmHours, 'median of hours from sent to confirmed', 'brief'),
            source: 'briefs sent from here',
          }}
        />
      </StatCard>
      <StatCard
        label="Work with again"
        note={yes + maybe + no === 0 ? 'nobody said' : `${yes} yes, ${maybe} maybe, ${no} no`}
      >
        <Figure
          label="Would work with again"
          value={yes + maybe + no === 0 ? null : `${yes} of ${yes + maybe + no}`}
          missing="not said"
          meaning={{ formula: 'the newest word of each person on each campaign', source: 'your team', asOf }}
        />
      </StatCard>
    </div>
  );
}
