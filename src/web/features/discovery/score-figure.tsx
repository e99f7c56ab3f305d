import { type Contribution, type MatchRow, matchSignals } from '#modules/discovery/api.ts';
import { Figure } from '#web/ui/figure.tsx';

/** A score with how it comes about. */
export function ScoreFigure({ row, method, isLong = false }: { row: MatchRow; method: string; isLong?: boolean }) {
  const sumOf = (some: readonly Contribution[]) => Math.round(some.reduce((sum, one) => sum + one.weight, 0));
  const most = sumOf(row.contributions);
  const known = sumOf(row.contributions.filter((one) => one.value !== null));
  return (
    <Figure
      label="Score"
      value={String(Math.round(row.score))}
      {...(isLong ? { unit: known < most ? `of ${known} known, ${most} in all` : `of ${most}` } : {})}
      meaning={{
        formula: `Sum of ${row.contributions.length} contributions, at most ${most}, of which ${known} rest on something known. ${method}`,
        source: 'the brief and what is known of the creator',
      }}
    />
  );
}

/** Why this score: each contribution with its points, its reason, and what nothing is known about. */
export function ScoreSum({ row }: { row: MatchRow }) {
  const known = row.contributions.filter((one) => one.value !== null && one.weight > 0);
  const unknown = row.contributions.filter((one) => one.value === null && one.weight > 0);
  return (
    <>
      <ul className="discover-sum">
        {known.map((one) => (
          <li key={one.signal}>
            <b>{pointsText(one)}</b>
            <div>
              <span>{matchSignals[one.signal]}</span>
              <span className="meta">{one.line}</span>
              {one.evidence.slice(0, 2).map((proof) => (
                <span className="meta clip block" key={proof.text} title={proof.text}>
                  {proof.kind === 'caption' || proof.kind === 'bio' ? `“${proof.text}”` : proof.text}
                </span>
              ))}
            </div>
            <span className="meta">of {Math.round(one.weight)}</span>
          </li>
        ))}
        <li className="total">
          <b>{Math.round(row.score * 10) / 10}</b>
          <div>Score</div>
        </li>
      </ul>
      {unknown.length > 0 && (
        <p className="meta">Not known, so 0 points: {unknown.map((one) => one.signal).join(', ')}.</p>
      )}
      {row.overrule !== null && (
        <p className="meta">
          {row.overrule.by} said it {row.overrule.decision === 'fit' ? 'fits' : 'does not fit'}: {row.overrule.reason}
        </p>
      )}
    </>
  );
}

function pointsText(one: Contribution): string {
  const rounded = Math.round(one.points * 10) / 10;
  return rounded >= 0 ? `+${rounded}` : `−${Math.abs(rounded)}`;
}
