import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import {
  changeExperiment,
  type Experiment,
  getTriangle,
  listExperiments,
  type Triangle,
} from '#modules/attribution/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { useParam } from '#web/shell/use-go.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatDecimal, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { RangeMark } from '#web/ui/range-mark.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { ExperimentDialog } from './experiment-dialog.tsx';
import { OutcomesDialog } from './outcomes-dialog.tsx';
import { SeenSection } from './seen-section.tsx';
import './tracking.css';

/** What a campaign caused: tracked, said and held out beside each other. */
export function ProofPage() {
  const campaignId = useParam('campaignId');
  const triangle = useApiQuery(getTriangle, { campaignId });
  const experiments = useApiQuery(listExperiments, { campaignId });
  const canWrite = useCan('tracking:write');
  const [isPlanning, setPlanning] = useState(false);
  const plan = (
    <Button variant="filled" onClick={() => setPlanning(true)}>
      Plan a hold-out
    </Button>
  );
  return (
    <div className="stack">
      <QueryState query={triangle}>{(answer) => <ThreeSides triangle={answer} />}</QueryState>
      <Section
        title="Hold-outs"
        note="what would not have been sold otherwise; never part of tracked credit"
        end={canWrite && (experiments.data?.length ?? 0) > 0 ? plan : null}
      >
        <QueryState query={experiments}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState icon={IconFlask} title="No hold-out yet" action={canWrite ? plan : undefined}>
                Keep the campaign from some places, codes or customers by chance, and compare. Nothing else tells what
                it caused.
              </EmptyState>
            ) : (
              <div className="stack">
                {rows.map((row) => (
                  <ExperimentCard key={row.id} experiment={row} canWrite={canWrite} />
                ))}
              </div>
            )
          }
        </QueryState>
      </Section>
      <SeenSection campaignId={campaignId} />
      {isPlanning && <ExperimentDialog campaignId={campaignId} onClose={() => setPlanning(false)} />}
    </div>
  );
}

function ThreeSides({ triangle }: { triangle: Triangle }) {
  const { timeZone } = useWorkspace();
  const { tracked, said, incremental } = triangle;
  return (
    <Section
      title="Three views of one campaign"
      note={`${triangle.from} to ${triangle.to}, as of ${formatDateTime(triangle.computedAt, timeZone)}; they are never added`}
    >
      <div className="trk-triangle">
        <div>
          <span className="meta">Tracked</span>
          <b>{formatPlural(tracked.orders, 'order')}</b>
          <p className="meta">
            {tracked.credited.map((money) => formatMoney(money)).join(', ') || 'no money'} by codes and links, of{' '}
            {formatPlural(tracked.allOrders, 'paid order')} in all.
          </p>
        </div>
        <div>
          <span className="meta">Said</span>
          <b>{said.answers === 0 ? 'Nobody asked yet' : formatPlural(said.named, 'customer')}</b>
          <p className="meta">
            {said.answers === 0
              ? 'Answers to "how did you hear of us" come by API or CSV.'
              : said.share === null || said.low === null || said.high === null
                ? `named a creator, of ${formatPlural(said.answers, 'answer')}: not enough data for a share.`
                : `named a creator: ${formatShare(said.share)} of ${formatPlural(said.answers, 'answer')}, 95 % interval ${formatShare(said.low)} to ${formatShare(said.high)}.`}{' '}
            {said.untracked > 0 && `${formatCount(said.untracked)} of them no code or click had told of.`}
          </p>
        </div>
        <div>
          <span className="meta">Incremental</span>
          {incremental.length === 0 ? (
            <>
              <b>Not known</b>
              <p className="meta">No hold-out has ended yet.</p>
            </>
          ) : (
            incremental.map((one) => (
              <div key={`${one.experimentId} ${one.arm}`}>
                <b>{amount(one.total, one.currency)}</b>
                <p className="meta">
                  {one.outcome} caused in {one.arm}, 95 % interval {amount(one.low, one.currency)} to{' '}
                  {amount(one.high, one.currency)}; {formatPlural(one.units, 'unit')}
                  {one.startsOn !== null && one.endsOn !== null && `, ${one.startsOn} to ${one.endsOn}`}
                  {one.isAdjusted && ', the time before taken out'}.
                </p>
              </div>
            ))
          )}
        </div>
      </div>
    </Section>
  );
}

const stateWords = { draft: 'planned', running: 'running', ended: 'ended' };

function ExperimentCard({ experiment, canWrite }: { experiment: Experiment; canWrite: boolean }) {
  const [isEntering, setEntering] = useState(false);
  const change = useApiMutation(changeExperiment, {
    invalidate: ['experiments', 'attribution'],
    onError: (error) => sayFailed('Not changed', error),
  });
  const next = experiment.state === 'draft' ? 'running' : experiment.state === 'running' ? 'ended' : null;
  const reach = Math.max(
    1e-9,
    ...experiment.arms.flatMap((arm) => {
      const effect = arm.adjusted ?? arm.raw;
      return effect === null ? [] : [Math.abs(effect.low), Math.abs(effect.high)];
    }),
  );
  return (
    <div className="trk-exp">
      <div className="spread">
        <h3>{experiment.name}</h3>
        <Tag tone={experiment.state === 'running' ? 'good' : 'plain'}>{stateWords[experiment.state]}</Tag>
      </div>
      <p className="meta">
        {experiment.outcome} of {formatPlural(experiment.units, experiment.unit)}, seed {experiment.seed}
        {experiment.plan === null
          ? '; without the time before no plan can be said'
          : `; sees ${amount(experiment.plan.detectable, experiment.currency)} a ${experiment.unit}${experiment.plan.detectableShare === null ? '' : ` (${formatShare(experiment.plan.detectableShare)})`} in 80 of 100 tests`}
        .
      </p>
      <table className="table" aria-label={`Arms of ${experiment.name}`}>
        <thead>
          <tr>
            <th>Arm</th>
            <th className="num">Units</th>
            <th className="num">Mean</th>
            <th className="num">Effect a unit</th>
            <th>95 % interval, line at nothing</th>
          </tr>
        </thead>
        <tbody>
          {experiment.arms.map((arm) => {
            const effect = arm.adjusted ?? arm.raw;
            return (
              <tr key={arm.name}>
                <td>
                  {arm.name}
                  {arm.isControl && <span className="meta"> control</span>}
                </td>
                <td className="num">
                  {formatCount(arm.measured)} of {formatCount(arm.units)}
                </td>
                <td className="num">{arm.mean === null ? 'none yet' : amount(arm.mean, experiment.currency)}</td>
                <td className="num">
                  {effect === null
                    ? ''
                    : `${amount(effect.effect, experiment.currency)}${effect.lift === null ? '' : ` (${formatShare(effect.lift)})`}`}
                </td>
                <td>
                  {effect !== null && (
                    <>
                      <RangeMark
                        label={`Effect ${amount(effect.effect, experiment.currency)}, interval ${amount(effect.low, experiment.currency)} to ${amount(effect.high, experiment.currency)}`}
                        value={effect.effect}
                        low={effect.low}
                        high={effect.high}
                        scale={[-reach, reach]}
                        target={0}
                      />
                      <span className="meta">
                        {amount(effect.low, experiment.currency)} to {amount(effect.high, experiment.currency)}
                      </span>
                    </>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {experiment.why !== null && <p className="meta">{experiment.why}</p>}
      {experiment.varianceLeft !== null && (
        <p className="meta">
          The time before is taken out; {formatShare(experiment.varianceLeft)} of the variance is left.
        </p>
      )}
      {canWrite && (
        <div className="row">
          <Button onClick={() => setEntering(true)}>Enter outcomes</Button>
          {next !== null && (
            <Button
              onClick={() => change.mutate({ experimentId: experiment.id, state: next })}
              loading={change.isPending}
            >
              {next === 'running' ? 'Start' : 'End'}
            </Button>
          )}
        </div>
      )}
      {isEntering && <OutcomesDialog experiment={experiment} onClose={() => setEntering(false)} />}
    </div>
  );
}

/** An outcome in its unit; money is entered as a plain decimal, so it is shown as one. */
function amount(value: number, currency: string | null): string {
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  return currency === null ? formatDecimal(value, digits) : `${currency} ${formatDecimal(value, digits)}`;
}
