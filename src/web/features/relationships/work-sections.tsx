import { listTasks } from '#modules/campaigns/api.ts';
import { listContracts } from '#modules/contracts/api.ts';
import { getAddress } from '#modules/seeding/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';

const contractsShown = 20;

/** Contracts with this creator, newest first. */
export function ContractsOfCreator({ personId }: { personId: string }) {
  const mayRead = useCan('contracts:read');
  const query = useApiQuery(listContracts, { personId, limit: contractsShown }, { enabled: mayRead });
  if (!mayRead) return null;
  return (
    <Section title="Contracts">
      <QueryState query={query}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <p className="meta rel-empty">None yet.</p>
          ) : (
            <>
              <ul className="list" aria-label="Contracts">
                {rows.map((contract) => (
                  <li key={contract.id} className="rel-entry">
                    <AppLink to="/contracts/$contractId" params={{ contractId: contract.id }}>
                      {contract.title}
                    </AppLink>
                    <span className="meta">
                      {[
                        contract.campaign.name,
                        standing(contract),
                        contract.fee === null ? null : formatMoney(contract.fee),
                        contract.endsOn === null ? null : `until ${formatDate(contract.endsOn, 'UTC')}`,
                      ]
                        .filter((part) => part !== null)
                        .join(', ')}
                    </span>
                  </li>
                ))}
              </ul>
              {total > rows.length && (
                <p className="meta">
                  The newest {rows.length} of {total}.
                </p>
              )}
            </>
          )
        }
      </QueryState>
    </Section>
  );
}

function standing(contract: { endedAt: string | null; inForceVersion: number | null; state: string }): string {
  if (contract.endedAt !== null) return 'ended';
  return contract.inForceVersion === null ? contract.state : 'in force';
}

/** What is still to be done about this creator, as written down by hand. */
export function TasksOfCreator({ personId }: { personId: string }) {
  const query = useApiQuery(listTasks, { personId });
  return (
    <Section title="Tasks" end={<AppLink to="/tasks">All tasks</AppLink>}>
      <QueryState query={query}>
        {(tasks) =>
          tasks.length === 0 ? (
            <p className="meta rel-empty">Nothing open.</p>
          ) : (
            <ul className="list" aria-label="Tasks">
              {tasks.map((task) => (
                <li key={task.id} className="rel-entry">
                  <AppLink to="/tasks" search={{ task: task.id }}>
                    {task.title}
                  </AppLink>
                  <span className="meta">
                    {[
                      task.campaign?.name ?? null,
                      task.dueOn === null
                        ? 'no day'
                        : task.isLate
                          ? `late, was due ${task.dueOn}`
                          : `due ${task.dueOn}`,
                    ]
                      .filter((part) => part !== null)
                      .join(', ')}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
    </Section>
  );
}

/** Where parcels go, for those who may send one; others are told that they may not see it, whether there is one or not. */
export function AddressOfCreator({ personId }: { personId: string }) {
  const maySee = useCan('campaigns:write');
  const query = useApiQuery(getAddress, { personId }, { enabled: maySee });
  return (
    <Section title="Shipping address" note="Seen by members who may change campaigns">
      {maySee ? (
        <QueryState query={query}>
          {(known) =>
            known === null ? (
              <p className="meta rel-empty">The creator has not given one. It is asked for on a seeding campaign.</p>
            ) : (
              <>
                <address className="rel-entry">
                  {[
                    known.address.name,
                    known.address.line1,
                    known.address.line2,
                    `${known.address.postcode} ${known.address.city}`.trim(),
                    known.address.region,
                    known.address.country,
                  ]
                    .filter((line) => line !== '')
                    .map((line) => (
                      <span key={line}>{line}</span>
                    ))}
                </address>
                <p className="meta">
                  {known.givenBy === 'creator' ? 'Given by the creator' : 'Entered by a member'},{' '}
                  {formatDate(known.updatedAt)}
                </p>
              </>
            )
          }
        </QueryState>
      ) : (
        <p className="meta rel-empty">Your role does not see addresses. Ask somebody who runs campaigns.</p>
      )}
    </Section>
  );
}
