import { formatCount } from '#web/ui/format-number.ts';
import type { MatchRun } from './use-match.ts';

/** How many were looked at for the brief, and what the match has to say of itself. */
export function MatchNotes({ match, onEnd }: { match: MatchRun; onEnd: () => void }) {
  const { answer } = match;
  return (
    <ul className="discover-notes" aria-label="How the brief was matched">
      {answer !== undefined && (
        <li>
          Ranked for the brief: the first {formatCount(answer.rows.length)} of {formatCount(answer.considered)} scored
          in full, of {formatCount(answer.creators)}.
        </li>
      )}
      {answer?.notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
      <li>
        <button type="button" className="link bare" onClick={onEnd}>
          End the match
        </button>
      </li>
    </ul>
  );
}
