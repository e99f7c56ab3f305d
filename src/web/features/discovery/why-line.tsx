import type { Hit, MatchRow } from '#modules/discovery/api.ts';
import { Tag } from '#web/ui/tag.tsx';
import { matchReason } from './match-reason.ts';

/** Why a creator was found, in one line, and the lists it is on already. */
interface Props {
  hit: Hit;
  listNames: ReadonlyMap<string, string>;
  /** Where a brief is matched: the creator's row, whose largest contribution is the reason. */
  row?: MatchRow | undefined;
}

export function WhyLine({ hit, listNames, row }: Props) {
  const line = row === undefined ? hit.why.line : matchReason(row);
  return (
    <div className="discover-line-why">
      <span className="clip">{line === '' ? 'Nothing more is known yet' : <Emphasised line={line} />}</span>
      {hit.facts.do_not_work === true && <Tag tone="bad">Do not work with</Tag>}
      {hit.facts.worked_with === true && <Tag tone="good">Worked with you</Tag>}
      {hit.facts.contacted === true && <Tag>Contacted</Tag>}
      {hit.lists.slice(0, 2).map((id) => (
        <Tag key={id} tone="accent">
          {listNames.get(id) ?? 'a list'}
        </Tag>
      ))}
      {hit.lists.length > 2 && <span className="meta">+{hit.lists.length - 2}</span>}
    </div>
  );
}

/** The words that were found stand out. */
function Emphasised({ line }: { line: string }) {
  const [before = '', ...found] = line.split('“');
  return (
    <>
      {before}
      {found.map((part) => {
        const end = part.indexOf('”');
        return (
          <span key={part}>
            <b>{part.slice(0, end)}</b>
            {part.slice(end + 1)}
          </span>
        );
      })}
    </>
  );
}
