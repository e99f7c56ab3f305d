import type { Hit } from '#modules/discovery/api.ts';
import { Tag } from '#web/ui/tag.tsx';

/** Why a creator was found, in one line, and the lists it is on already. */
export function WhyLine({ hit, listNames }: { hit: Hit; listNames: ReadonlyMap<string, string> }) {
  return (
    <div className="discover-line-why">
      <span className="clip">
        {hit.why.line === '' ? 'Nothing more is known yet' : <Emphasised line={hit.why.line} />}
      </span>
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
