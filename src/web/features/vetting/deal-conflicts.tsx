import type { DealsSection } from '#modules/vetting/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { Section } from '#web/ui/section.tsx';
import { StackedBar } from '#web/ui/stacked-bar.tsx';
import { type Verdict, VerdictTag } from '#web/ui/verdict-tag.tsx';

const looks: Record<DealsSection['conflict']['state'], { verdict: Verdict; word: string }> = {
  conflict: { verdict: 'no', word: 'Conflict' },
  clear: { verdict: 'yes', word: 'Clear' },
  unknown: { verdict: 'unknown', word: 'Not known' },
  not_asked: { verdict: 'unknown', word: 'No competitors named' },
};

/** Whether a rival of the brand profile was in the feed in the days that count. */
export function DealConflicts({ deals }: { deals: DealsSection }) {
  const { conflict } = deals;
  const look = looks[conflict.state];
  return (
    <Section
      title="Competitors"
      note={conflict.state === 'not_asked' ? undefined : `${formatDate(conflict.from)} to ${formatDate(conflict.to)}`}
      end={<AppLink to="/brand-profile">Competitors and window</AppLink>}
    >
      <p className="row">
        <VerdictTag verdict={look.verdict}>{look.word}</VerdictTag> <span className="ink-2">{conflict.text}</span>
      </p>
      {conflict.conflicts.length > 0 && (
        <ul className="vt-evidence">
          {conflict.conflicts.map((one) => (
            <li key={one.competitor}>
              <span className="vt-ev-text">
                {one.competitor}
                <span className="meta">last {formatDate(one.lastAt)}</span>
              </span>
              <b>
                {formatPlural(one.posts, 'post')}, {one.deals} paid
              </b>
            </li>
          ))}
        </ul>
      )}
      {conflict.state !== 'not_asked' && (
        <KeyValues
          items={[
            { term: 'Posts within', value: String(conflict.searched) },
            { term: 'Record reaches back', value: conflict.reachesBack ? 'to the first day' : 'not far enough' },
            {
              term: 'Exclusive days',
              value:
                conflict.exclusivity === null
                  ? 'none stated'
                  : `${formatDate(conflict.exclusivity.from)} to ${formatDate(conflict.exclusivity.to)}`,
            },
          ]}
        />
      )}
    </Section>
  );
}

const names = { clear: 'Clear label or term', weak: 'Only a hint', none: 'No label' } as const;
const colours = { clear: 1, weak: 2, none: 4 } as const;

/** With or without a clear label, in all and by year. */
export function DisclosureHistory({ deals }: { deals: DealsSection }) {
  const { total, years } = deals.disclosure;
  const kinds = ['clear', 'weak', 'none'] as const;
  return (
    <Section title="Disclosure" note={formatPlural(deals.deals, 'paid post')}>
      {deals.deals === 0 ? (
        <p className="meta vt-empty">No paid post recognised, so there is nothing to disclose.</p>
      ) : (
        <>
          <StackedBar
            label="Paid posts by disclosure"
            parts={kinds.map((kind) => ({
              id: kind,
              label: names[kind],
              size: total[kind] ?? 0,
              value: String(total[kind] ?? 0),
              category: colours[kind],
            }))}
          />
          <ul className="vt-evidence">
            {years.map(({ year, counts }) => (
              <li key={year}>
                <span>{year}</span>
                <b>
                  {counts.clear ?? 0} clear, {counts.weak ?? 0} weak, {counts.none ?? 0} none
                </b>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
