import { Button } from '@mantine/core';
import { useState } from 'react';
import { listSequences, removeSequence, type Sequence } from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { StatCard } from '#web/ui/stat-card.tsx';
import { RateFigure } from './mailing-table.tsx';
import { SequenceDialog } from './sequence-dialog.tsx';
import { rateText } from './words.ts';

/** Sequences with what came of each, and of each of its mails. */
export function SequencesPage() {
  const query = useApiQuery(listSequences, {});
  const canWrite = useCan('outreach:write');
  const [open, setOpen] = useState<Sequence | 'new' | null>(null);
  const [leaving, setLeaving] = useState<Sequence | null>(null);
  const remove = useApiMutation(removeSequence, { invalidate: ['sequences'] });
  const make = canWrite && (
    <Button variant="filled" onClick={() => setOpen('new')}>
      Make a sequence
    </Button>
  );
  return (
    <div className="out-sheet">
      <QueryState query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title="No sequences yet" action={make}>
              A sequence is a mail with one or two reminders for those who do not answer. An answer, a bounce or an
              agreement ends it.
            </EmptyState>
          ) : (
            <>
              <div>{make}</div>
              {rows.map((row) => (
                <SequenceItem
                  key={row.id}
                  sequence={row}
                  onEdit={canWrite ? () => setOpen(row) : undefined}
                  onRemove={canWrite ? () => setLeaving(row) : undefined}
                />
              ))}
            </>
          )
        }
      </QueryState>
      {open !== null && <SequenceDialog sequence={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        isOpen={leaving !== null}
        onClose={() => setLeaving(null)}
        title={`Remove "${leaving?.name}"?`}
        confirmLabel="Remove"
        isDangerous
        onConfirm={() => remove.mutateAsync({ sequenceId: leaving?.id ?? '' })}
      >
        What runs goes on with its mails; the figures of its mailings stay with them.
      </ConfirmDialog>
    </div>
  );
}

function SequenceItem(props: {
  sequence: Sequence;
  onEdit: (() => void) | undefined;
  onRemove: (() => void) | undefined;
}) {
  const { sequence, onEdit, onRemove } = props;
  const { stats } = sequence;
  const when = sequence.updatedAt;
  return (
    <Section
      title={sequence.name}
      note={`${formatPlural(sequence.steps.length, 'mail')}, ${formatPlural(stats.creators, 'creator')} so far`}
      end={
        <span className="row">
          {onEdit && <Button onClick={onEdit}>Change</Button>}
          {onRemove && (
            <Button variant="subtle" color="gray" onClick={onRemove}>
              Remove
            </Button>
          )}
        </span>
      }
    >
      <div className="figs">
        <StatCard
          label="Answered"
          note={
            stats.medianHoursToReply === null
              ? 'time to answer: not enough data'
              : `half of them within ${Math.round(stats.medianHoursToReply)} h`
          }
        >
          <RateFigure label="Answered" rate={stats.replied} asOf={when} />
        </StatCard>
        <StatCard label="Came back">
          <RateFigure label="Came back" rate={stats.bounced} asOf={when} />
        </StatCard>
        <StatCard label="Unsubscribed">
          <RateFigure label="Unsubscribed" rate={stats.unsubscribed} asOf={when} />
        </StatCard>
      </div>
      <ol className="list">
        {sequence.steps.map((step, at) => {
          const stat = sequence.stepStats.find((one) => one.step === at);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the sequence.
            <li key={at}>
              <span className="meta num">{at === 0 ? 'at once' : `+${step.waitDays} d`}</span>
              <div className="clip">
                <b>{step.subject ?? 'In the same conversation'}</b>
                <span className="meta block clip">{step.body}</span>
              </div>
              <span className="meta num">
                {stat === undefined ? 'not sent yet' : `${stat.sent} sent, answered ${rateText(stat.replied)}`}
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
