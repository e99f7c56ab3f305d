import type { ReactNode } from 'react';

export interface StackPart {
  id: string;
  label: string;
  /** Only for the length of the bar. */
  size: number;
  /** What is written: "€ 3,180", "31 %". */
  value: ReactNode;
  note?: string;
  /** One of eight categories, or `rest` for what is left over. */
  category: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 'rest';
}

interface Props {
  label: string;
  parts: readonly StackPart[];
  /** `list` writes one line a part below the bar, `under` writes below each part. */
  words?: 'list' | 'under';
}

const colourOf = (part: StackPart) => (part.category === 'rest' ? 'var(--track)' : `var(--c${part.category})`);

/** Parts of a sum, each with its own words, so that colour never carries it alone. */
export function StackedBar({ label, parts, words = 'list' }: Props) {
  if (words === 'under') {
    return (
      <ul className="stack-under" aria-label={label}>
        {parts.map((part) => (
          <li key={part.id} style={{ flexGrow: part.size }}>
            <i style={{ background: colourOf(part) }} />
            <b>{part.value}</b>
            <span className="meta">{part.label}</span>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div>
      <div className="stack-bar" aria-hidden="true">
        {parts.map(
          (part) => part.size > 0 && <i key={part.id} style={{ flexGrow: part.size, background: colourOf(part) }} />,
        )}
      </div>
      <ul className="stack-list" aria-label={label}>
        {parts.map((part) => (
          <li key={part.id}>
            <span className="dot" style={{ background: colourOf(part) }} />
            {part.label}
            <span className="meta clip">{part.note}</span>
            <b>{part.value}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
