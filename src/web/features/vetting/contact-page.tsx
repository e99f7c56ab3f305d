import { listsOfCreator } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useParam } from '#web/shell/use-go.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { AboutSection } from './about-section.tsx';
import { PricesSection } from './prices-section.tsx';
import { usePerson } from './use-creator.ts';

/** How to reach this creator, what they ask, and on which lists they stand. */
export function ContactPage() {
  const personId = useParam('personId');
  const lists = useApiQuery(listsOfCreator, { personId });
  const { data: person } = usePerson();
  return (
    <div className="cols even">
      {person !== undefined && (
        <>
          <PricesSection person={person} />
          <AboutSection person={person} />
        </>
      )}
      <Section title="Lists">
        <QueryState query={lists}>
          {({ rows }) =>
            rows.length === 0 ? (
              <p className="meta vt-empty">On no list yet.</p>
            ) : (
              <ul className="list" aria-label="Lists">
                {rows.map((list) => (
                  <li key={list.id}>
                    <div className="vt-what">
                      <b>{list.name}</b>
                      {list.note !== null && <span className="meta">{list.note}</span>}
                    </div>
                  </li>
                ))}
              </ul>
            )
          }
        </QueryState>
      </Section>
    </div>
  );
}
