import { Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import {
  type Connection,
  disconnectPlatform,
  listConnections,
  syncConnection,
  testConnection,
} from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime, formatWhen } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Status } from '#web/ui/status.tsx';
import type { Tone } from '#web/ui/tag.tsx';
import { ConnectDialog } from './connect-dialog.tsx';
import { ConnectionTasks } from './connection-tasks.tsx';
import './creators.css';

const busyMs = 2_000;
const restMs = 30_000;

const stateWords: Record<Connection['state'], { label: string; tone: Tone }> = {
  off: { label: 'off', tone: 'plain' },
  working: { label: 'connected', tone: 'good' },
  waiting: { label: 'waiting', tone: 'plain' },
  failing: { label: 'needs you', tone: 'bad' },
};

/** Where creators can be brought in from by themselves: what each needs, how it goes, and the buttons. */
export function ConnectionsPage() {
  const query = useApiQuery(
    listConnections,
    {},
    {
      refetchInterval: ({ state }) =>
        state.data?.some((one) => one.tasks.waiting > 0 && one.state === 'working') ? busyMs : restMs,
    },
  );
  return (
    <div className="creators-connections">
      <p className="settings-note">
        Everything here is off until you connect it, and Rapport works without. A key is tried once, then kept sealed on
        this machine and never shown again. Each figure says where it came from and when.
      </p>
      <QueryState query={query}>
        {(connections) => (
          <>
            {connections.map((connection) => (
              <ConnectionCard key={connection.platform} connection={connection} />
            ))}
          </>
        )}
      </QueryState>
    </div>
  );
}

function ConnectionCard({ connection }: { connection: Connection }) {
  const { platform, name, about, state } = connection;
  const [isConnecting, setConnecting] = useState(false);
  const word = stateWords[state];
  return (
    <section className="creators-connection" aria-label={name}>
      <div className="spread">
        <h2>{name}</h2>
        <Status tone={word.tone}>{word.label}</Status>
      </div>
      <p className="ink-2">{about.gives[0]}</p>
      {connection.message !== null && <p className="creators-problems">{connection.message}</p>}
      {state !== 'off' && <HowItGoes connection={connection} />}
      <Actions connection={connection} onConnect={() => setConnecting(true)} />
      {about.kinds.includes('hashtag') && state !== 'off' && (
        <p>
          <AppLink to="/creators/hashtags">Posts found by hashtag</AppLink>
        </p>
      )}
      {state !== 'off' && <ConnectionTasks platform={platform} failed={connection.tasks.failed} />}
      <Needs connection={connection} />
      {isConnecting && <ConnectDialog connection={connection} onClose={() => setConnecting(false)} />}
    </section>
  );
}

function HowItGoes({ connection }: { connection: Connection }) {
  const { quota, tasks, account, waitUntil, lastOkAt, refreshDays } = connection;
  const items = [
    ...(account === null ? [] : [{ term: 'Account', value: account }]),
    { term: 'Last read', value: lastOkAt === null ? 'not yet' : formatWhen(lastOkAt) },
    ...(waitUntil === null ? [] : [{ term: 'Goes on', value: formatDateTime(waitUntil) }]),
    ...(quota === null
      ? []
      : [
          {
            term: 'Used today',
            value: `${formatCount(quota.used)} of ${formatCount(quota.limit)} ${quota.unit}, anew ${formatDateTime(quota.resetsAt)}`,
          },
        ]),
    {
      term: 'To read',
      value:
        tasks.waiting === 0
          ? 'nothing'
          : `${formatCount(tasks.waiting)} waiting${tasks.done > 0 ? `, ${formatCount(tasks.done)} done` : ''}`,
    },
    { term: 'Refresh', value: refreshDays === null ? 'only when asked' : `every ${formatPlural(refreshDays, 'day')}` },
  ];
  return <KeyValues items={items} />;
}

function Actions({ connection, onConnect }: { connection: Connection; onConnect: () => void }) {
  const { platform, name, state, about, profiles } = connection;
  const canConnect = useCan('workspace:write');
  const canRead = useCan('creators:write');
  const [isEnding, setEnding] = useState(false);
  const invalidate = ['connections'];
  const test = useApiMutation(testConnection, {
    invalidate,
    onSuccess: (answer) =>
      answer.isWorking ? sayDone(answer.message) : sayFailed(`${name} does not work`, new Error(answer.message)),
    onError: (error) => sayFailed('Not tried', error),
  });
  const sync = useApiMutation(syncConnection, {
    invalidate,
    onSuccess: ({ queued, running }) =>
      sayDone(
        queued + running === 0
          ? 'There is no profile to read yet'
          : `${formatPlural(queued + running, 'profile')} to read`,
      ),
    onError: (error) => sayFailed('Not started', error),
  });
  const end = useApiMutation(disconnectPlatform, { invalidate, onSuccess: () => sayDone(`${name} is off`) });
  if (state === 'off')
    return (
      <div className="acts">
        {canConnect ? (
          <Button leftSection={<IconPlugConnected size={16} stroke={1.6} aria-hidden />} onClick={onConnect}>
            Connect {name}
          </Button>
        ) : (
          <p className="meta">An owner or admin can connect it.</p>
        )}
      </div>
    );
  const isOwn = !about.kinds.includes('profile');
  return (
    <div className="acts">
      {canRead && (
        <Button
          variant="filled"
          loading={sync.isPending}
          disabled={!isOwn && profiles === 0}
          onClick={() => sync.mutate({ platform })}
        >
          {isOwn
            ? 'Read the account now'
            : profiles === 0
              ? 'No profile to refresh yet'
              : `Refresh ${formatPlural(profiles, 'profile')}`}
        </Button>
      )}
      {canRead && (
        <Button loading={test.isPending} onClick={() => test.mutate({ platform })}>
          Test {name}
        </Button>
      )}
      {canConnect && <Button onClick={onConnect}>Change</Button>}
      {canConnect && (
        <Button variant="subtle" color="gray" onClick={() => setEnding(true)}>
          Disconnect
        </Button>
      )}
      <ConfirmDialog
        isOpen={isEnding}
        onClose={() => setEnding(false)}
        title={`Disconnect ${name}?`}
        confirmLabel="Disconnect"
        onConfirm={() => end.mutateAsync({ platform })}
        isDangerous
      >
        The key is forgotten, and so is what waits to be read. What was read stays.
      </ConfirmDialog>
    </div>
  );
}

function Needs({ connection }: { connection: Connection }) {
  const { about } = connection;
  return (
    <details open={connection.state === 'off' ? undefined : false}>
      <summary>What it gives, needs and costs</summary>
      <div>
        <Points title="It brings in" points={about.gives} />
        <Points title="It does not give" points={about.lacks} />
        <div>
          <h3>How to get it</h3>
          <ol>
            {about.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </div>
        {about.scopes.length > 0 && <p>Permissions: {about.scopes.join(', ')}</p>}
        <p>{about.cost}</p>
        <Points title="The platform's documents" points={about.documents} />
      </div>
    </details>
  );
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </div>
  );
}
