import type { Filter, SearchAnswer } from '#modules/discovery/api.ts';
import { formatCount } from '#web/ui/format-number.ts';
import { fieldLabel } from './filter-words.ts';
import { type Averaging, medianWords } from './hit-figures.tsx';

interface Props {
  answer: SearchAnswer;
  calculation: Averaging['calculation'];
  onShowUnknown: (filter: Filter) => void;
}

/** What the counts do not say by themselves: who was left out since something is not known, what was searched instead. */
export function AnswerNotes({ answer, calculation, onShowUnknown }: Props) {
  const isMedian = calculation === 'median';
  if (!isMedian && answer.leftOut === 0 && answer.corrected.length === 0 && answer.notes.length === 0) return null;
  return (
    <ul className="discover-notes">
      {isMedian && <li>Likes, comments, views and engagement: {medianWords}.</li>}
      {answer.corrected.map((one) => (
        <li key={one.from}>
          Nothing for <b>{one.from}</b>. These are for <b>{one.to.join(', ')}</b>.
        </li>
      ))}
      {answer.notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
      {answer.unknown.map(({ field, creators }) => (
        <li key={field}>
          {formatCount(creators)} left out: {fieldLabel(field).toLowerCase()} not known.{' '}
          <button
            type="button"
            className="link bare"
            onClick={() => onShowUnknown({ field, op: 'known', value: false })}
          >
            Show these
          </button>
        </li>
      ))}
    </ul>
  );
}
