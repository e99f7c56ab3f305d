import { Button } from '@mantine/core';
import { IconChevronRight, IconLock } from '@tabler/icons-react';
import { type ComponentType, lazy, Suspense, useMemo } from 'react';
import { getPortalHome, type PortalHome } from '#modules/portal/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useParts } from '#web/portal/shell/parts-context.ts';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { useBrand } from '#web/portal/shell/portal-session.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDue } from './say-due.ts';
import { taskIcon } from './task-icon.ts';
import { words } from './words.ts';

type Task = PortalHome['tasks'][number];

/** What to do now, the first thing first; below it what the parts have to tell. */
export function HomePage() {
  const home = useApiQuery(getPortalHome, {});
  const sections = useHomeSections();
  return (
    <>
      <QueryState query={home}>{({ tasks }) => <ToDo tasks={tasks} />}</QueryState>
      {sections.map(({ name, Section }) => (
        <Suspense key={name}>
          <Section />
        </Suspense>
      ))}
      <Foot />
    </>
  );
}

function useHomeSections(): { name: string; Section: ComponentType }[] {
  const parts = useParts();
  return useMemo(
    () =>
      parts
        .flatMap(({ name, home }) => (home === undefined ? [] : [{ name, ...home }]))
        .toSorted((a, b) => a.order - b.order)
        .map(({ name, load }) => ({ name, Section: lazy(async () => ({ default: await load() })) })),
    [parts],
  );
}

function ToDo({ tasks }: { tasks: Task[] }) {
  const [first, ...rest] = tasks;
  if (first === undefined)
    return (
      <section className="ph-now">
        <h1>{words.nothing.title}</h1>
        <p>{words.nothing.text}</p>
      </section>
    );
  return (
    <>
      <FirstTask task={first} />
      {rest.length > 0 && (
        <section>
          <header>
            <h2>{words.next}</h2>
            <span className="meta">{rest.length}</span>
          </header>
          <ul className="ph-list">
            {rest.map((task) => (
              <TaskRow key={`${task.kind} ${task.path} ${task.title}`} task={task} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function FirstTask({ task }: { task: Task }) {
  const { timeZone } = useBrand();
  const due = sayDue(task.dueAt, timeZone);
  return (
    <section className="ph-now">
      <p className="meta">{[words.now, due].filter((part) => part !== null).join(', ')}</p>
      <h1>{task.title}</h1>
      {task.detail !== '' && <p>{task.detail}</p>}
      <div className="acts">
        <Button variant="filled" fullWidth renderRoot={(props) => <PortalLink {...props} to={task.path} />}>
          {words.open}
        </Button>
      </div>
    </section>
  );
}

function TaskRow({ task }: { task: Task }) {
  const { timeZone } = useBrand();
  const Icon = taskIcon(task.kind);
  const due = sayDue(task.dueAt, timeZone);
  return (
    <li>
      <PortalLink to={task.path}>
        <Icon className="i" size={20} stroke={1.6} aria-hidden />
        <div className="grow">
          <b>{task.title}</b>
          <span className="meta">{[task.detail, due].filter((part) => part !== null && part !== '').join(' · ')}</span>
        </div>
        <IconChevronRight className="i" size={16} stroke={1.6} aria-hidden />
      </PortalLink>
    </li>
  );
}

function Foot() {
  const { name } = useBrand();
  return (
    <p className="ph-foot">
      <IconLock className="i" size={14} stroke={1.6} aria-hidden />
      {words.foot(name)} <PortalLink to="/me">{words.myData}</PortalLink>
    </p>
  );
}
