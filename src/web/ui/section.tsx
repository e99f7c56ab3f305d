import { type ReactNode, useId } from 'react';

interface Props {
  title: string;
  /** Sample, unit or order, said small beside the title. */
  note?: ReactNode;
  /** Right end of the header: a total, a link. */
  end?: ReactNode;
  children: ReactNode;
}

export function Section({ title, note, end, children }: Props) {
  const id = useId();
  return (
    <section className="sec" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {note && <span className="meta">{note}</span>}
        {end && <span className="end">{end}</span>}
      </header>
      {children}
    </section>
  );
}
