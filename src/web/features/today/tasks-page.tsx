import { Button, Checkbox } from '@mantine/core';
import { IconListCheck, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import { listTasks, type Task, updateTask } from '#modules/campaigns/api.ts';
import { listWork, type Tier, tierSchema, tiers, type WorkRow } from '#modules/today/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { TaskDialog } from './task-dialog.tsx';
import './today.css';

const search = z.object({
  of: z.enum(['mine', 'all', 'done']).default('mine'),
  tier: tierSchema.optional(),
  task: z.string().optional(),
  add: z.boolean().default(false),
});

const tierNames: Record<Tier, string> = {
  now: 'Cannot wait',
  late: 'Late',
  today: 'Today',
  soon: 'Soon',
  open: 'Without a day',
};
const stale = ['work', 'tasks', 'today', 'calendar'];

/** Everything that waits for members: what the program found, and tasks written down by hand. */
export function TasksPage() {
  const [state, setState] = useSearchState(search);
  const mayWrite = useCan('campaigns:write');
  const query = useApiQuery(
    listWork,
    { mine: state.of === 'mine' },
    { enabled: state.of !== 'done', keepPrevious: true },
  );
  const tasks = useApiQuery(listTasks, { done: false });
  const open = tasks.data?.find((task) => task.id === state.task);
  const close = () => setState({ task: undefined, add: false });
  const urgent = (query.data?.counts.now ?? 0) + (query.data?.counts.late ?? 0) + (query.data?.counts.today ?? 0);
  const title = query.data === undefined ? 'What needs you' : sayTitle(query.data.total, urgent);
  return (
    <div className="page">
      <PageHeader
        title={title}
        sub="Reviews, deadlines, answers and your own tasks, over all campaigns"
        actions={
          mayWrite && (
            <Button
              variant="filled"
              leftSection={<IconPlus size={16} stroke={2} aria-hidden />}
              onClick={() => setState({ add: true })}
            >
              Add a task
            </Button>
          )
        }
      />
      <div className="row">
        <Segments
          label="Whose"
          value={state.of}
          options={[
            { value: 'mine', label: 'For me' },
            { value: 'all', label: 'For anybody' },
            { value: 'done', label: 'Done tasks' },
          ]}
          onChange={(of) => setState({ of })}
        />
      </div>
      {state.of === 'done' ? (
        <DoneTasks />
      ) : query.error && query.data === undefined ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <SkeletonLines />
      ) : query.data.rows.length === 0 ? (
        <EmptyState icon={IconListCheck} title="Nothing waits">
          No review, no deadline within three days, no open task{state.of === 'mine' ? ' for you' : ''}.
        </EmptyState>
      ) : (
        <Tiers rows={query.data.rows} tasks={tasks.data ?? []} onTask={(task) => setState({ task })} />
      )}
      {mayWrite && (state.add || open !== undefined) && (
        <TaskDialog key={open?.id ?? 'new'} task={open ?? null} stale={stale} onClose={close} />
      )}
    </div>
  );
}

function sayTitle(total: number, urgent: number): string {
  if (total === 0) return 'Nothing waits for you';
  if (urgent === 0) return `${formatPlural(total, 'thing')} to do, none of them urgent`;
  return `${formatPlural(total, 'thing')} to do, ${urgent} by today`;
}

interface TiersProps {
  rows: readonly WorkRow[];
  tasks: readonly Task[];
  onTask: (taskId: string) => void;
}

function Tiers({ rows, tasks, onTask }: TiersProps) {
  return tiers.flatMap((tier) => {
    const own = rows.filter((row) => row.tier === tier);
    if (own.length === 0) return [];
    const alike = [...Map.groupBy(own, (row) => row.kind).values()];
    return [
      <Section key={tier} title={tierNames[tier]} note={formatPlural(own.length, 'thing')}>
        {alike.map((some) => (
          <Alike key={some[0]?.kind} rows={some} tasks={tasks} onTask={onTask} />
        ))}
      </Section>,
    ];
  });
}

const alikeShown = 5;

/** What is of one kind; many of them are opened on demand, so that one kind does not bury the others. */
function Alike({ rows, tasks, onTask }: TiersProps) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen || rows.length <= alikeShown + 1 ? rows : rows.slice(0, alikeShown);
  return (
    <>
      <ul className="today-needs">
        {shown.map((row) => (
          <Line
            key={row.id}
            row={row}
            task={tasks.find((task) => row.path === `/tasks?task=${task.id}`)}
            onTask={onTask}
          />
        ))}
      </ul>
      {shown.length < rows.length && (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setOpen(true)}>
          {rows.length - shown.length} more like these
        </Button>
      )}
    </>
  );
}

function Line({ row, task, onTask }: { row: WorkRow; task: Task | undefined; onTask: (taskId: string) => void }) {
  const go = useGo();
  const mayWrite = useCan('campaigns:write');
  const tick = useApiMutation(updateTask, {
    invalidate: stale,
    onError: (error) => sayFailed('Not ticked off', error),
  });
  const [path = '/', words = ''] = row.path.split('?');
  const open = () =>
    task === undefined ? go(path, { search: Object.fromEntries(new URLSearchParams(words)) }) : onTask(task.id);
  const isLate = row.tier === 'late' || row.tier === 'now';
  return (
    <li>
      <span className="today-kind">
        {task === undefined ? (
          <IconListCheck size={18} stroke={1.6} aria-hidden />
        ) : (
          <Checkbox
            aria-label={`Done: ${task.title}`}
            checked={tick.isPending}
            disabled={!mayWrite || tick.isPending}
            onChange={() => tick.mutate({ taskId: task.id, isDone: true })}
          />
        )}
      </span>
      <div className="grow">
        <b title={row.title}>{row.title}</b>
        <span className="meta">
          {[row.detail, row.campaign?.name]
            .filter((part, at, all) => part && all.findIndex((one) => one?.includes(part)) === at)
            .join(' · ')}
        </span>
      </div>
      <span className="avs">
        {row.person !== null && <Avatar id={row.person.id} name={row.person.name} size={24} />}
      </span>
      <span className={`today-due ${isLate ? 'bad' : row.tier === 'today' ? 'warn' : ''}`}>{row.due}</span>
      <Button size="xs" onClick={open}>
        {row.verb}
      </Button>
    </li>
  );
}

function DoneTasks() {
  const { timeZone } = useWorkspace();
  const [reopened, setReopened] = useState<string | null>(null);
  const query = useApiQuery(listTasks, { done: true });
  const reopen = useApiMutation(updateTask, { invalidate: stale, onError: (error) => sayFailed('Not opened', error) });
  if (query.error && query.data === undefined)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <SkeletonLines />;
  if (query.data.length === 0)
    return <EmptyState title="No task was ticked off yet">Tasks you tick off are kept here.</EmptyState>;
  return (
    <ul className="today-needs">
      {query.data.map((task) => (
        <li key={task.id}>
          <div className="grow">
            <b>{task.title}</b>
            <span className="meta">
              {[
                task.campaign?.name,
                task.person?.name,
                `${task.doneBy ?? 'Somebody'}, ${task.doneAt === null ? '' : formatDate(task.doneAt, timeZone)}`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </div>
          <Button
            size="xs"
            loading={reopen.isPending && reopened === task.id}
            onClick={() => {
              setReopened(task.id);
              reopen.mutate({ taskId: task.id, isDone: false });
            }}
          >
            Open again
          </Button>
        </li>
      ))}
    </ul>
  );
}
