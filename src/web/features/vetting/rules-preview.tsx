import type { RulesPreview } from '#modules/vetting/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatDecimal, formatPlural } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';
import { VerdictTag } from '#web/ui/verdict-tag.tsx';
import { verdictLooks } from './words.ts';

/** What a save would change among the creators vetted so far. */
export function RulesPreviewSection({ preview }: { preview: RulesPreview }) {
  const { creators, scoresChanged, verdictsChanged, moves, medianBefore, medianAfter } = preview;
  return (
    <div role="status">
      <Section
        title="What would change"
        note={`of ${preview.isPartial ? 'the first ' : ''}${formatPlural(creators, 'vetted creator')}`}
      >
        <p>
          {creators === 0
            ? 'Nobody is vetted yet, so nothing changes.'
            : `${formatPlural(scoresChanged, 'score')} and ${formatPlural(verdictsChanged, 'verdict')} change.`}
          {medianBefore !== null &&
            medianAfter !== null &&
            ` The middle score goes from ${formatDecimal(medianBefore, 1)} to ${formatDecimal(medianAfter, 1)}.`}
        </p>
        {moves.length > 0 && (
          <p className="row">
            {moves.map((move) => (
              <span key={`${move.from} ${move.to}`}>
                {formatPlural(move.creators, 'creator')} from {verdictLooks[move.from].word.toLowerCase()} to{' '}
                {verdictLooks[move.to].word.toLowerCase()}
              </span>
            ))}
          </p>
        )}
        <ul className="list vt-moved">
          {preview.rows.map((row) => (
            <li key={row.personId}>
              <AppLink to="/creators/$personId" params={{ personId: row.personId }}>
                {row.name}
              </AppLink>
              <span className="num">
                {row.before.score === null ? 'no score' : formatDecimal(row.before.score, 1)} →{' '}
                {row.after.score === null ? 'no score' : formatDecimal(row.after.score, 1)}
              </span>
              <VerdictTag verdict={verdictLooks[row.before.verdict].verdict}>
                {verdictLooks[row.before.verdict].word}
              </VerdictTag>
              <VerdictTag verdict={verdictLooks[row.after.verdict].verdict}>
                {verdictLooks[row.after.verdict].word}
              </VerdictTag>
              <span className="meta">{row.after.rule}</span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
