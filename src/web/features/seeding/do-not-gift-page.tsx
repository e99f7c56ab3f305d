import { Button } from '@mantine/core';
import { IconGiftOff } from '@tabler/icons-react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { doNotGiftWords, listDoNotGift, removeDoNotGift } from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import './seeding.css';

type Entry = OutputOf<typeof listDoNotGift>[number];

/** Creators who are to be sent nothing, with why and who said so. */
export function DoNotGiftPage() {
  const query = useApiQuery(listDoNotGift, {});
  return (
    <div className="page">
      <PageHeader
        title={
          query.data === undefined ? 'Do-not-gift list' : `${formatPlural(query.data.length, 'creator')} sent nothing`
        }
        sub={<AppLink to="/products">Products</AppLink>}
      />
      <QueryState query={query}>{(entries) => <List entries={entries} />}</QueryState>
    </div>
  );
}

function List({ entries }: { entries: Entry[] }) {
  const mayWrite = useCan('campaigns:write');
  const remove = useApiMutation(removeDoNotGift, {
    invalidate: ['doNotGift', 'seeding'],
    onSuccess: () => sayDone('Off the list'),
    onError: (error) => sayFailed('Not changed', error),
  });
  if (entries.length === 0)
    return (
      <EmptyState icon={IconGiftOff} title="Nobody is on the list">
        When somebody takes products and does not post, put them here from a campaign’s Seeding tab. They are then
        neither asked nor sent anything.
      </EmptyState>
    );
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Creator</th>
          <th scope="col">Why</th>
          <th scope="col" className="num">
            Parcels
          </th>
          <th scope="col" className="num">
            Posted
          </th>
          <th scope="col">Since</th>
          <th scope="col">
            <span className="vh">What to do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.personId}>
            <td>
              <div className="who">
                <Avatar id={entry.personId} name={entry.name} size={28} />
                <AppLink to="/creators/$personId" params={{ personId: entry.personId }}>
                  {entry.name}
                </AppLink>
              </div>
            </td>
            <td>
              {doNotGiftWords[entry.reason]}
              {entry.note !== null && <span className="meta block">{entry.note}</span>}
            </td>
            <td className="num">{formatCount(entry.record.parcels)}</td>
            <td className="num">{formatCount(entry.record.posted)}</td>
            <td>
              {formatDate(entry.at)} <span className="meta block">{entry.by}</span>
            </td>
            <td>
              {mayWrite && (
                <Button
                  size="xs"
                  loading={remove.isPending && remove.variables?.personId === entry.personId}
                  onClick={() => remove.mutate({ personId: entry.personId })}
                >
                  Take off
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
