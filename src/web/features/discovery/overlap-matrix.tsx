import type { AudienceOverlap, ReckonedJson } from '#modules/discovery/api.ts';
import { ReckonedFigure } from './reckoned-figure.tsx';

/** Share of each creator's followers who follow another one too; darker is more. The number carries it, the ground only helps. */
export function OverlapMatrix({ answer }: { answer: AudienceOverlap }) {
  const shares = new Map<string, ReckonedJson | null>();
  for (const pair of answer.pairs) {
    shares.set(`${pair.first} ${pair.second}`, pair.shareOfFirst);
    shares.set(`${pair.second} ${pair.first}`, pair.shareOfSecond);
  }
  return (
    <div className="table-scroll">
      <table className="table discover-matrix">
        <thead>
          <tr>
            <th scope="col">Of the followers of</th>
            {answer.creators.map((creator) => (
              <th key={creator.personId} scope="col" title={creator.name}>
                <span className="clip block">{creator.name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.creators.map((row) => (
            <tr key={row.personId}>
              <th scope="row">
                <span className="clip block">{row.name}</span>
              </th>
              {answer.creators.map((column) => (
                <Cell
                  key={column.personId}
                  names={[row.name, column.name]}
                  isSame={row.personId === column.personId}
                  share={shares.get(`${row.personId} ${column.personId}`) ?? null}
                  note={answer.note}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  names: readonly [string, string];
  isSame: boolean;
  share: ReckonedJson | null;
  note: string;
}

function Cell({ names, isSame, share, note }: CellProps) {
  if (isSame)
    return (
      <td className="same">
        <span className="vh">the same creator</span>
      </td>
    );
  const strength = Math.round((share?.value ?? 0) * 60);
  return (
    <td style={{ background: `color-mix(in srgb, var(--accent-mid) ${strength}%, transparent)` }}>
      <ReckonedFigure
        label={`${names[0]} with ${names[1]}`}
        figure={share}
        as="share"
        formula={`Followers of both / followers of ${names[0]}`}
        source={note}
      />
    </td>
  );
}
