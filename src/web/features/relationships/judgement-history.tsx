import { type Judgement, listJudgements } from '#modules/relationships/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag, type Tone } from '#web/ui/tag.tsx';
import { FactRows } from './tier-facts.tsx';
import { sayDay } from './words.ts';

const states: Record<Judgement['state'], { word: string; tone: Tone }> = {
  waiting: { word: 'To decide', tone: 'warn' },
  confirmed: { word: 'Confirmed', tone: 'good' },
  overruled: { word: 'Overruled', tone: 'accent' },
  settled: { word: 'Stays', tone: 'plain' },
  superseded: { word: 'Judged anew', tone: 'plain' },
};
const rowsMax = 200;

/** What was judged before, newest first, and what people made of it. Nothing before the first judging. */
export function JudgementHistory({ campaignId }: { campaignId: string }) {
  const { data } = useApiQuery(listJudgements, { campaignId, limit: rowsMax });
  const rows = (data ?? []).filter((one) => one.state !== 'waiting');
  if (rows.length === 0) return null;
  const byDay = [...Map.groupBy(rows, (one) => one.judgedOn)];
  return (
    <Section title="Judged before" note="newest first">
      {byDay.map(([day, all], at) => (
        <details key={day} className="amb-day" open={at === 0}>
          <summary>
            {sayDay(day)} <span className="meta">{sayDayOf(all)}</span>
          </summary>
          <ul className="list">
            {all.map((one) => (
              <li key={one.id} className="amb-judged">
                <div className="spread">
                  <b>{one.person.name}</b>
                  <Tag tone={states[one.state].tone}>{sayState(one)}</Tag>
                </div>
                <span className="ink-2">{one.evidence.summary}.</span>
                {one.decidedBy !== null && (
                  <span className="meta">
                    {one.decidedBy}
                    {one.reason === null ? '' : `: “${one.reason}”`}
                  </span>
                )}
                <details>
                  <summary className="meta">What this rests on</summary>
                  <FactRows evidence={one.evidence} />
                </details>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </Section>
  );
}

function sayState(one: Judgement): string {
  if (one.outcome === 'not_enough_data') return `${one.from.name}, not enough data`;
  if (one.decided === null) return `${states[one.state].word} ${one.state === 'settled' ? one.from.name : ''}`.trim();
  return `${states[one.state].word}: ${one.from.name} to ${one.decided.name}`.replace(
    `${one.from.name} to ${one.from.name}`,
    `stays ${one.from.name}`,
  );
}

function sayDayOf(all: readonly Judgement[]): string {
  const up = all.filter((one) => one.outcome === 'up').length;
  const down = all.filter((one) => one.outcome === 'down').length;
  const unknown = all.filter((one) => one.outcome === 'not_enough_data').length;
  return `${all.length} judged, ${up} up, ${down} down${unknown === 0 ? '' : `, ${unknown} not enough data`}`;
}
