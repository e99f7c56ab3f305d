import { formatCount } from '#web/ui/format-number.ts';
import type { MatchRun } from './use-match.ts';

/** How many were looked at for the brief, and what the match has to say of itself. */
export function MatchNotes({ match, onChange, onEnd }: { match: MatchRun; onChange: () => void; onEnd: () => void }) {
  const { answer } = match;
  return (
    <ul className="discover-notes" aria-label="How the brief was matched">
      {answer !== undefined && (
        <li>
          Ranked for the brief: the first {formatCount(answer.rows.length)} of {formatCount(answer.considered)} scored
          in full, of {formatCount(answer.creators)}.
        </li>
      )}
      {answer !== undefined && answer.asked.topics.length > 0 && (
        <li>
          Read as{' '}
          <b>
            {answer.asked.topics
              .slice(0, 4)
              .map((topic) => topic.name)
              .join(', ')}
          </b>
          {answer.asked.brands.length > 0 && `; brands ${answer.asked.brands.join(', ')}`}.
        </li>
      )}
      {answer?.notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
      <li className="row row-3">
        <button type="button" className="link bare" onClick={onChange}>
          Change the brief
        </button>
        <button type="button" className="link bare" onClick={onEnd}>
          End the match
        </button>
      </li>
    </ul>
  );
}
