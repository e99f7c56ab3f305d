import type { CommentSummary } from '#modules/vetting/api.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';

interface Props {
  summary: CommentSummary;
  chosen: string | undefined;
  onChoose: (group: string | undefined) => void;
}

const shownFirst = 8;

/** Texts of four words or more that come again, nearly the same, here or under other creators. */
export function CopiesSection({ summary, chosen, onChoose }: Props) {
  const { duplicates } = summary;
  if (duplicates.length === 0) return null;
  return (
    <Section title="Texts that come again" note="four words or more, nearly the same, most frequent first">
      <ul className="list vt-copies" aria-label="Texts that come again">
        {duplicates.slice(0, shownFirst).map((one) => (
          <li key={one.group}>
            <span className="vt-copy-text">“{one.text}”</span>
            <span className="meta">
              {formatPlural(one.comments, 'time')} here
              {one.authors > 0 && ` by ${formatPlural(one.authors, 'account')}`}
              {one.everywhere > one.comments &&
                `, ${one.everywhere} under ${formatPlural(one.creators, 'creator')} in all`}
            </span>
            <button
              type="button"
              className="vt-link"
              aria-pressed={chosen === one.group}
              onClick={() => onChoose(chosen === one.group ? undefined : one.group)}
            >
              {chosen === one.group ? 'Show all' : 'Show them'}
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
