import type { ReactNode } from 'react';

/** The frame before the door: links that ended, sign-in, application forms. */
export function PlainFrame({ brand, children }: { brand?: string | undefined; children: ReactNode }) {
  return (
    <div className="ph ph-plain">
      {brand !== undefined && (
        <header className="ph-top">
          <div className="ph-brand">
            <BrandMark name={brand} />
            <b>{brand}</b>
          </div>
        </header>
      )}
      <main id="main">{children}</main>
    </div>
  );
}

/** Two letters of the brand on its ground. Decoration: the name stands beside it. */
export function BrandMark({ name }: { name: string }) {
  const [first = '', second = ''] = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const letters = second === '' ? first.slice(0, 2) : `${[...first][0] ?? ''}${[...second][0] ?? ''}`;
  return (
    <span className="ph-mark" aria-hidden="true">
      {letters.toLowerCase()}
    </span>
  );
}
