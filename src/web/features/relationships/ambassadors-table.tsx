import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { type Ambassador, setTier, type Tier, type TierMetric } from '#modules/relationships/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { ambassadorNouns } from './judgement-card.tsx';
import { sayFactValue } from './tier-facts.tsx';
import { sayDay } from './words.ts';

const shown: readonly TierMetric[] = ['orders', 'revenue', 'on_time'];

interface Props {
  ambassadors: readonly Ambassador[];
  tiers: readonly Tier[];
  asOf: string;
}

/** Who stands where, what they brought in since the window began, and what the next tier still asks for. */
export function AmbassadorsTable({ ambassadors, tiers, asOf }: Props) {
  const mayWrite = useCan('campaigns:write');
  const [moved, setMoved] = useState<Ambassador | null>(null);
  if (ambassadors.length === 0)
    return (
      <EmptyState title="Nobody yet">
        Who has signed a contract, or stands at a stage behind the agreement, is an ambassador.
      </EmptyState>
    );
  return (
    <div className="rel-scroll">
      <table className="table amb-table">
        <thead>
          <tr>
            <th>Ambassador</th>
            <th>Tier</th>
            <th className="num">Orders</th>
            <th className="num">Revenue</th>
            <th className="num">On time</th>
            <th>For the next tier</th>
            {mayWrite && (
              <th>
                <span className="vh">By hand</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {ambassadors.map((one) => (
            <tr key={one.enrolmentId}>
              <td>
                <div className="who">
                  <Avatar id={one.person.id} name={one.person.name} size={32} />
                  <div>
                    <AppLink to="/creators/$personId/relationship" params={{ personId: one.person.id }}>
                      <b>{one.person.name}</b>
                    </AppLink>
                    <span className="meta">
                      {one.contractEndsOn === null
                        ? `since ${sayDay(one.memberSince)}`
                        : `contract until ${sayDay(one.contractEndsOn)}`}
                    </span>
                  </div>
                </div>
              </td>
              <td>
                <Tag tone={one.waiting === null ? 'plain' : 'warn'}>{one.tier.name}</Tag>
                <span className="meta block">since {sayDay(one.since)}</span>
              </td>
              {shown.map((metric) => (
                <td key={metric} className="num">
                  <FactCell ambassador={one} metric={metric} asOf={asOf} />
                </td>
              ))}
              <td className="amb-next">{sayNext(one)}</td>
              {mayWrite && (
                <td>
                  <Button size="xs" variant="subtle" color="gray" onClick={() => setMoved(one)}>
                    Move<span className="vh"> {one.person.name}</span>
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {moved !== null && <MoveDialog ambassador={moved} tiers={tiers} onClose={() => setMoved(null)} />}
    </div>
  );
}

function FactCell({ ambassador, metric, asOf }: { ambassador: Ambassador; metric: TierMetric; asOf: string }) {
  const fact = ambassador.now.facts.find((one) => one.metric === metric);
  if (fact === undefined) return null;
  const isKnown = fact.value !== null || fact.amount !== null;
  return (
    <Figure
      label={fact.label}
      value={isKnown ? sayFactValue(fact) : null}
      missing={fact.n === 0 && metric === 'on_time' ? 'none due' : 'not measured'}
      meaning={{
        formula: `${fact.label}, ${sayDay(ambassador.now.from)} to ${sayDay(ambassador.now.until)}`,
        source: fact.reason ?? fact.source,
        n: `${fact.n}`,
        asOf,
      }}
    />
  );
}

function sayNext(one: Ambassador): string {
  if (one.next === null) return 'Stands in the highest';
  const open = one.next.needs.filter((need) => need.isMet !== true);
  if (open.length === 0) return `Meets ${one.next.name}`;
  return `${one.next.name}: ${open.map((need) => need.missing ?? `${need.label.toLowerCase()} not measured`).join(', ')}`;
}

function MoveDialog({
  ambassador,
  tiers,
  onClose,
}: {
  ambassador: Ambassador;
  tiers: readonly Tier[];
  onClose: () => void;
}) {
  const move = useApiMutation(setTier, { invalidate: ambassadorNouns });
  const others = tiers.filter((tier) => tier.id !== ambassador.tier.id);
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { tierId: others[0]?.id ?? '', reason: '' },
    send: async (values) => {
      const made = await move.mutateAsync({ enrolmentId: ambassador.enrolmentId, ...values });
      sayDone(`${ambassador.person.name} is ${made.to} now`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Move ${ambassador.person.name} by hand`}
      submitLabel="Move"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Select
        label="To"
        data={others.map((tier) => ({ value: tier.id, label: tier.name }))}
        allowDeselect={false}
        {...form.getInputProps('tierId')}
      />
      <Textarea
        label="Why"
        description="They read it in the mail that tells them"
        required
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
    </FormDialog>
  );
}
