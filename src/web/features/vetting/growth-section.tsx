import { z } from 'zod';
import type { GrowthEvent, Vetting } from '#modules/vetting/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { formatChange, formatCompact, formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { LineChart } from '#web/ui/line-chart.tsx';
import type { LineEvent } from '#web/ui/line-parts.ts';
import { Section } from '#web/ui/section.tsx';
import { GrowthEvents } from './growth-events.tsx';
import { causeWords, eventTitle, formatFor, keyOf, notableSteps, stayedText, withGaps } from './growth-words.ts';
import './growth.css';

/** In the address: the step whose explanations are open. */
const search = z.object({ step: z.string().optional() });
/** More words than this lie on each other. */
const labelledMax = 3;
const unusualMax = 6;

interface Props {
  report: Vetting;
  height?: number;
  /** The steps worth a look first, with a way to all of them. */
  stepsMax?: number;
}

/** Followers over time, with the steps in it and what explains them; the steps again as a list that opens by keyboard. */
export function GrowthSection({ report, height = 200, stepsMax }: Props) {
  const [state, setState] = useSearchState(search);
  const { series, events, source } = report.growth;
  const first = series[0];
  const last = series.at(-1);
  const end =
    first !== undefined && last !== undefined && first.value > 0 && series.length > 1
      ? `${formatChange(last.value / first.value - 1)} since ${formatDate(first.at)}`
      : undefined;
  const open = (step: string | undefined) => setState({ step });
  return (
    <Section title="Growth" note="followers" {...(end !== undefined && { end })}>
      {series.length < 2 ? (
        <p className="meta vt-empty">
          Not enough data: {formatPlural(series.length, 'dated follower count')} of at least 2. Import older exports, or
          come back after the next refresh.
        </p>
      ) : (
        <>
          <GrowthNotes growth={report.growth} />
          <LineChart
            label={`Followers, from ${source}`}
            points={withGaps(series)}
            format={formatFor(series)}
            events={marksOf(report.growth, open)}
            height={height}
          />
          <GrowthEvents
            events={stepsMax === undefined ? events : notableSteps(events, stepsMax)}
            openKey={state.step}
            onToggle={open}
          />
          {stepsMax !== undefined && events.length > stepsMax && (
            <p className="vg-all">
              <AppLink to="/creators/$personId/audience" params={{ personId: report.personId }}>
                All {events.length} steps and what explains them
              </AppLink>
            </p>
          )}
        </>
      )}
    </Section>
  );
}

/** What a reader must know before believing the line. */
function GrowthNotes({ growth }: { growth: Vetting['growth'] }) {
  const { state, needs, isStale, asOf, leftOut = [], series } = growth;
  return (
    <>
      {state === 'too_few' && (
        <p className="meta vg-note">
          {formatPlural(series.length, 'count')}: too few to tell steps from usual growth. Needed: {needs}.
        </p>
      )}
      {isStale === true && asOf != null && (
        <p className="meta vg-note warn">The newest count is of {formatDate(asOf)}: what came after is not known.</p>
      )}
      {leftOut.length > 0 && (
        <p className="meta vg-note warn">
          {formatPlural(leftOut.length, 'count')} left out: negative, or of days to come.
        </p>
      )}
    </>
  );
}

function marksOf(growth: Vetting['growth'], open: (key: string) => void): LineEvent[] {
  const jumps = growth.events.filter((event) => event.kind === 'jump');
  // Falls are marked; words beside every step would lie on each other.
  const largest = [...(jumps.length > 0 ? jumps : growth.events)]
    .sort((a, b) => Math.abs(b.share) - Math.abs(a.share))
    .slice(0, labelledMax);
  const steps = growth.events.map((event): LineEvent => {
    const hasWords = largest.includes(event);
    return { ...markOf(event), rises: event.kind === 'jump', isMarkOnly: !hasWords, onOpen: () => open(keyOf(event)) };
  });
  const onStep = (at: string) => growth.events.some((event) => at >= event.from && at <= event.to);
  const unusual = (growth.unusual ?? []).filter((one) => !onStep(one.at)).slice(-unusualMax);
  return [
    ...steps,
    ...unusual.map(
      (one): LineEvent => ({
        at: one.at,
        title: 'A day unlike those before',
        note: formatCompact(one.gain),
        isMarkOnly: true,
      }),
    ),
  ];
}

function markOf(event: GrowthEvent): LineEvent {
  const change = `${event.change > 0 ? '+' : '−'}${formatCompact(Math.abs(event.change))}`;
  const stayed = stayedText(event);
  if (event.kind === 'drop') return { at: event.to, title: `Fell, ${change}`, note: formatDate(event.to), isOdd: true };
  const found = event.explanations?.find((one) => one.state === 'found' && one.cause !== 'bought');
  if (found !== undefined || event.explainedBy !== null) {
    const title = found === undefined ? (event.explainedBy?.value ?? '') : causeWords[found.cause];
    return { at: event.to, title, note: [change, stayed].filter(Boolean).join(', ') };
  }
  return { at: event.to, title: `${eventTitle(event)}, ${change}`, note: stayed ?? formatDate(event.to), isOdd: true };
}
