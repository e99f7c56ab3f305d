import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { formatCompact, formatCount } from '#web/ui/format-number.ts';

export interface Facet {
  value: string;
  label: string;
  /** null: not counted; then neither bar nor number is drawn. */
  count: number | null;
}

interface Props {
  title: string;
  /** What is asked for now: "40 % or more". */
  note?: string;
  facets: readonly Facet[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  /** How many stand before "more". */
  shown?: number;
}

/** Values of one field with how many there are of each, live; chosen ones always stay in view. */
export function FacetList({ title, note, facets, chosen, onChange, shown = 5 }: Props) {
  const [isAll, setAll] = useState(false);
  const top = Math.max(1, ...facets.map((facet) => facet.count ?? 0));
  const visible = facets.filter((facet, index) => isAll || index < shown || chosen.includes(facet.value));
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  return (
    <fieldset className="fg">
      <legend>
        {title}
        {note && <span>{note}</span>}
      </legend>
      <ul>
        {visible.map((facet) => (
          <li key={facet.value}>
            <Checkbox label={facet.label} checked={chosen.includes(facet.value)} onChange={() => toggle(facet.value)} />
            {facet.count !== null && (
              <>
                <span className="fbar" aria-hidden="true">
                  <i style={{ width: `${(facet.count / top) * 100}%` }} />
                </span>
                <span className="meta" title={formatCount(facet.count)}>
                  {formatCompact(facet.count)}
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
      {facets.length > shown && (
        <button type="button" className="link bare more" onClick={() => setAll(!isAll)}>
          {isAll ? 'Fewer' : `${facets.length - visible.length} more`}
        </button>
      )}
    </fieldset>
  );
}
