import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { dayMs } from '#kernel/time.ts';
import {
  type ConnectionPlatform,
  connectionNames,
  connectionPlatforms,
  type getCreatorRefresh,
  type Person,
  type ProfileRefresh,
  type refreshCreator,
  type syncConnection,
} from '../api.ts';
import { creatorsError } from '../errors.ts';
import { insertProfileTasks, insertTasks, selectScheduled, selectTasksOf } from '../queries/connection-tasks.ts';
import { profilePlatformOf, selectConnections } from '../queries/connections.ts';
import { getPerson } from '../read-creators.ts';
import { parseHandle } from '../rules/parse-handle.ts';
import { connectorOf, requireConnection } from './change-connections.ts';
import type { Connector, TaskKind } from './port.ts';

/** Known profiles a single call may ask for. */
const profilesMax = 20_000;

type EnqueueRun = (what: { workspaceId: string; platform: ConnectionPlatform }) => Promise<void>;

/** Asks for profiles, hashtags or the own account, or for every known profile. Errors: not_connected, bad_value. */
export async function syncOne(
  infra: Infra,
  how: { connectors: readonly Connector[]; enqueue: EnqueueRun },
  call: Call<typeof syncConnection>,
): Promise<{ queued: number; running: number; errors: { text: string; message: string }[] }> {
  const { workspaceId, input } = call;
  const { platform } = input;
  const connector = connectorOf(how.connectors, platform);
  const { wanted, errors } = readWanted(connector, input);
  const isWhole = input.handles.length === 0 && input.hashtags.length === 0 && !input.own && !input.stories;
  const asked = { platform, askedBy: call.actor.name, now: infra.clock.now() };
  const counts = await infra.db.inWorkspace(workspaceId, async (tx) => {
    await requireConnection(tx, workspaceId, platform);
    if (!isWhole) return insertTasks(tx, workspaceId, { ...asked, wanted });
    if (!connector.about.kinds.includes('profile'))
      return insertTasks(tx, workspaceId, { ...asked, wanted: [{ kind: 'own', target: 'me' }] });
    const staleBefore = input.staleDays === 0 ? null : new Date(asked.now.getTime() - input.staleDays * dayMs);
    return insertProfileTasks(tx, workspaceId, { ...asked, staleBefore, limit: profilesMax });
  });
  if (counts.queued + counts.running > 0) await how.enqueue({ workspaceId, platform });
  return { ...counts, errors };
}

function readWanted(connector: Connector, input: Call<typeof syncConnection>['input']) {
  const { kinds } = connector.about;
  const name = connectionNames[connector.platform];
  const refuse = (field: string, message: string) => creatorsError('bad_value', message, [{ field, message }]);
  if (input.handles.length > 0 && !kinds.includes('profile'))
    throw refuse('handles', `${name} gives only the connected account's own data, not other accounts by handle.`);
  if (input.hashtags.length > 0 && !kinds.includes('hashtag'))
    throw refuse('hashtags', `${name} gives no posts by hashtag to this connection.`);
  if (input.own && !kinds.includes('own')) throw refuse('own', `A key of ${name} belongs to no account.`);
  if (input.stories && !kinds.includes('stories')) throw refuse('stories', `${name} gives no stories.`);
  const wanted: { kind: TaskKind; target: string }[] = [];
  const errors: { text: string; message: string }[] = [];
  const platform = profilePlatformOf[connector.platform];
  for (const text of input.handles) {
    const parsed = parseHandle(text, platform);
    if (!parsed.ok) errors.push({ text, message: parsed.message });
    else if (parsed.value.platform !== platform) errors.push({ text, message: `This is no address on ${name}` });
    else wanted.push({ kind: 'profile', target: parsed.value.key });
  }
  for (const text of input.hashtags) {
    const hashtag = text.trim().replace(/^#+/, '').toLowerCase();
    if (/^[\p{L}\p{N}_]{1,100}$/u.test(hashtag)) wanted.push({ kind: 'hashtag', target: hashtag });
    else errors.push({ text, message: 'A hashtag has letters, digits and _ only' });
  }
  if (input.own) wanted.push({ kind: 'own', target: 'me' });
  if (input.stories) wanted.push({ kind: 'stories', target: 'me' });
  return { wanted, errors };
}

/** Asks for the creator's profiles wherever a connection can read them. Error: not_found. */
export async function refreshOne(
  infra: Infra,
  how: { connectors: readonly Connector[]; enqueue: EnqueueRun },
  call: Call<typeof refreshCreator>,
): Promise<ProfileRefresh[]> {
  const { workspaceId } = call;
  const { person, asked } = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const found = await getPerson(tx, workspaceId, call.input.personId);
    const usable = await usableConnections(infra, how.connectors, { tx, workspaceId });
    const byPlatform = new Map<ConnectionPlatform, string[]>();
    for (const { platform, handle } of found.profiles) {
      const connection = usable.find((one) => profilePlatformOf[one] === platform);
      const parsed = parseHandle(handle, platform);
      if (connection !== undefined && parsed.ok)
        byPlatform.set(connection, [...(byPlatform.get(connection) ?? []), parsed.value.key]);
    }
    for (const [platform, targets] of byPlatform) {
      const wanted = targets.map((target) => ({ kind: 'profile' as const, target }));
      await insertTasks(tx, workspaceId, { platform, wanted, askedBy: call.actor.name, now: infra.clock.now() });
    }
    return { person: found, asked: [...byPlatform.keys()] };
  });
  for (const platform of asked) await how.enqueue({ workspaceId, platform });
  return describe(infra, how.connectors, { workspaceId, person });
}

/** When the creator's profiles were last read, and what was missing. Error: not_found. */
export async function readRefresh(
  infra: Infra,
  connectors: readonly Connector[],
  call: Call<typeof getCreatorRefresh>,
): Promise<ProfileRefresh[]> {
  const { workspaceId } = call;
  const person = await infra.db.inWorkspace(workspaceId, (tx) => getPerson(tx, workspaceId, call.input.personId));
  return describe(infra, connectors, { workspaceId, person });
}

async function describe(
  infra: Infra,
  connectors: readonly Connector[],
  of: { workspaceId: string; person: Person },
): Promise<ProfileRefresh[]> {
  const { workspaceId, person } = of;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const usable = await usableConnections(infra, connectors, { tx, workspaceId });
    const states: ProfileRefresh[] = [];
    for (const { id, platform, handle } of person.profiles) {
      const base = { profileId: id, platform, handle, message: null, refreshedAt: null, missing: [] };
      const connection = usable.find((one) => profilePlatformOf[one] === platform);
      const parsed = parseHandle(handle, platform);
      if (connection === undefined || !parsed.ok) {
        states.push({ ...base, state: 'not_connected' });
        continue;
      }
      const { key } = parsed.value;
      const task = (await selectTasksOf(tx, workspaceId, { platform: connection, targets: [key] })).get(key);
      if (task === undefined) states.push({ ...base, state: 'never' });
      else
        states.push({
          ...base,
          state: task.state === 'waiting' ? (task.message === null ? 'queued' : 'waiting') : task.state,
          message: task.message,
          refreshedAt: task.state === 'done' ? (task.finishedAt?.toISOString() ?? null) : null,
          missing: task.missing,
        });
    }
    return states;
  });
}

/** Connected platforms that read an account by its handle. */
async function usableConnections(
  _infra: Infra,
  connectors: readonly Connector[],
  from: { tx: Parameters<typeof selectConnections>[0]; workspaceId: string },
): Promise<ConnectionPlatform[]> {
  const stored = new Set((await selectConnections(from.tx, from.workspaceId)).map((one) => one.platform));
  return connectionPlatforms.filter(
    (platform) => stored.has(platform) && connectorOf(connectors, platform).about.kinds.includes('profile'),
  );
}

/** Asks for what is older than each connection's own period; the jobs' hourly round. */
export async function askForStale(infra: Infra, connectors: readonly Connector[], enqueue: EnqueueRun): Promise<void> {
  for (const { workspaceId, platform, refreshDays } of await infra.db.asSystem(selectScheduled)) {
    const { about } = connectorOf(connectors, platform);
    const now = infra.clock.now();
    const staleBefore = new Date(now.getTime() - refreshDays * dayMs);
    const asked = { platform, askedBy: 'the schedule', now };
    const { queued } = await infra.db.inWorkspace(workspaceId, async (tx) => {
      if (about.kinds.includes('profile'))
        return insertProfileTasks(tx, workspaceId, { ...asked, staleBefore, limit: profilesMax });
      const task = (await selectConnections(tx, workspaceId)).find((one) => one.platform === platform);
      const isFresh = task?.lastOkAt != null && task.lastOkAt > staleBefore;
      return isFresh
        ? { queued: 0, running: 0 }
        : insertTasks(tx, workspaceId, { ...asked, wanted: [{ kind: 'own', target: 'me' }] });
    });
    if (queued > 0) await enqueue({ workspaceId, platform });
  }
}

/** Asks every connection that can for what goes within a day; the jobs' hourly round. */
export async function askForStories(
  infra: Infra,
  connectors: readonly Connector[],
  enqueue: EnqueueRun,
): Promise<void> {
  for (const { workspaceId, platform } of await infra.db.asSystem(selectScheduled)) {
    if (!connectorOf(connectors, platform).about.kinds.includes('stories')) continue;
    const asked = { platform, askedBy: 'the schedule', now: infra.clock.now() };
    const wanted = [{ kind: 'stories' as const, target: 'me' }];
    const { queued } = await infra.db.inWorkspace(workspaceId, (tx) =>
      insertTasks(tx, workspaceId, { ...asked, wanted }),
    );
    if (queued > 0) await enqueue({ workspaceId, platform });
  }
}
