import { ActionIcon, Select } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { type ContractClause, listClauses } from '#modules/contracts/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { Section } from '#web/ui/section.tsx';

/** Which clauses stand in the contract, and in which order. */
export function ClausePicker({
  clauses,
  onChange,
}: {
  clauses: readonly ContractClause[];
  onChange: (clauses: ContractClause[]) => void;
}) {
  const library = useApiQuery(listClauses, {}).data?.clauses ?? [];
  const add = (id: string | null) => {
    const found = library.find((one) => one.id === id);
    if (found === undefined) return;
    const { version, title, body, whenTerm } = found;
    onChange([...clauses, { id: found.id, version, title, body, whenTerm }]);
  };
  const move = (at: number, by: number) => {
    const next = [...clauses];
    const [one] = next.splice(at, 1);
    if (one !== undefined) next.splice(at + by, 0, one);
    onChange(next);
  };
  const missing = library.filter((one) => !clauses.some((clause) => clause.id === one.id));
  return (
    <Section title="Clauses" note={`${clauses.length}, in this order`}>
      <ul className="ctr-owed">
        {clauses.map((clause, at) => (
          <li key={clause.id}>
            <span>
              {clause.title}{' '}
              <span className="meta">
                {clause.id}, version {clause.version}
              </span>
            </span>
            <span className="row">
              <ActionIcon aria-label={`Move ${clause.title} up`} disabled={at === 0} onClick={() => move(at, -1)}>
                <IconArrowUp size={16} stroke={1.6} />
              </ActionIcon>
              <ActionIcon
                aria-label={`Move ${clause.title} down`}
                disabled={at === clauses.length - 1}
                onClick={() => move(at, 1)}
              >
                <IconArrowDown size={16} stroke={1.6} />
              </ActionIcon>
              <ActionIcon
                aria-label={`Remove ${clause.title}`}
                onClick={() => onChange(clauses.filter((one) => one.id !== clause.id))}
              >
                <IconTrash size={16} stroke={1.6} />
              </ActionIcon>
            </span>
          </li>
        ))}
      </ul>
      <Select
        label="Add a clause"
        searchable
        value={null}
        placeholder="From the library"
        nothingFoundMessage="No such clause"
        data={missing.map((one) => ({
          value: one.id,
          label: `${one.title}${one.jurisdictions.length === 1 ? ` (${one.jurisdictions[0]})` : ''}${one.isOwn ? ' (ours)' : ''}`,
        }))}
        onChange={add}
      />
    </Section>
  );
}
