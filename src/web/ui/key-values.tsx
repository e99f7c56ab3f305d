import type { ReactNode } from 'react';

/** Terms and what they are: null values say "not known". */
export function KeyValues({ items }: { items: readonly { term: string; value: ReactNode | null }[] }) {
  return (
    <dl className="kv">
      {items.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value ?? <span className="ink-3">not known</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
