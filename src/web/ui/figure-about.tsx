import type { FigureMeaning } from '#web/ui/figure-meaning.ts';
import { formatDate } from '#web/ui/format-when.ts';

interface Props {
  label: string;
  meaning: FigureMeaning;
  isEstimated: boolean;
}

export function FigureAbout({ label, meaning, isEstimated }: Props) {
  const { formula, source, n, asOf, interval } = meaning;
  const lines = [
    ['Source', source],
    ['Sample', n],
    ['Interval', interval],
    ['As of', asOf && formatDate(asOf)],
  ].filter((line): line is [string, string] => Boolean(line[1]));
  return (
    <div className="fig-about">
      <b>
        {label}
        {isEstimated ? ', estimated' : ''}
      </b>
      <p className="formula">{formula}</p>
      {lines.length > 0 && (
        <dl className="kv">
          {lines.map(([term, text]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
