import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconGift } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import {
  getSeedingPlan,
  listSeeding,
  packingListCsv,
  packingListPdf,
  refreshShipments,
  type SeedingPlan,
  type SeedingRow,
  type SeedingStep,
  seedingStepSchema,
  seedingSteps,
} from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { ParcelPanel } from './parcel-panel.tsx';
import { PlanDialog } from './plan-dialog.tsx';
import { SeedingBulk } from './seeding-bulk.tsx';
import { SeedingFigures } from './seeding-figures.tsx';
import { SeedingTable } from './seeding-table.tsx';
import { TrackingDialog } from './tracking-dialog.tsx';
import { seedingNouns, stepWords } from './words.ts';
import './seeding.css';

const search = z.object({
  step: z
    .union([seedingStepSchema, z.literal('all')])
    .catch('all')
    .default('all'),
  open: z.string().optional(),
});
const pollMs = 15_000;

/** Who chose what, where it is and what is to be done; below it what became of it all. */
export function SeedingPage() {
  const campaignId = useParam('campaignId');
  const plan = useApiQuery(getSeedingPlan, { campaignId });
  return <QueryState query={plan}>{(found) => <Seeding plan={found} />}</QueryState>;
}

function Seeding({ plan }: { plan: SeedingPlan }) {
  const { campaignId } = plan;
  const [state, setState] = useSearchState(search);
  const [chosen, setChosen] = useState<string[]>([]);
  const [isPlanning, setPlanning] = useState(false);
  const mayWrite = useCan('campaigns:write');
  const query = useApiQuery(listSeeding, { campaignId }, { keepPrevious: true, refetchInterval: pollMs });
  const all = query.data?.rows;
  const rows = state.step === 'all' ? all : all?.filter((row) => row.step === state.step);
  const open = all?.find((row) => row.enrolmentId === state.open);
  const planDialog = isPlanning && <PlanDialog plan={plan} onClose={() => setPlanning(false)} />;
  if (query.data?.total === 0)
    return (
      <>
        <Head plan={plan} mayWrite={mayWrite} onPlan={() => setPlanning(true)} />
        <EmptyState icon={IconGift} title="Nobody is on this campaign yet">
          <AppLink to="/campaigns/$campaignId/roster" params={{ campaignId }}>
            Add creators to the roster
          </AppLink>
          ; then they can be asked here to choose a product.
        </EmptyState>
        {planDialog}
      </>
    );
  return (
    <>
      <Head plan={plan} mayWrite={mayWrite} onPlan={() => setPlanning(true)} />
      <Section title="Creators" note={sayWaiting(query.data?.counts)} end={<Tools plan={plan} mayWrite={mayWrite} />}>
        <StepFilter
          counts={query.data?.counts}
          total={query.data?.total ?? 0}
          value={state.step}
          onChange={(step) => setState({ step })}
        />
        <div className={open === undefined ? undefined : 'with-side'}>
          <SeedingTable
            rows={rows}
            selection={mayWrite ? { value: chosen, onChange: setChosen } : undefined}
            currentId={open?.enrolmentId ?? null}
            error={query.error}
            onRetry={() => void query.refetch()}
            onOpen={(row) => setState({ open: row.enrolmentId })}
          />
          {open !== undefined && <ParcelPanel plan={plan} row={open} onClose={() => setState({ open: undefined })} />}
        </div>
        <SeedingBulk plan={plan} rows={chosenOf(all, chosen)} onClear={() => setChosen([])} />
      </Section>
      <SeedingFigures campaignId={campaignId} />
      {planDialog}
    </>
  );
}

function chosenOf(rows: SeedingRow[] | undefined, ids: readonly string[]): SeedingRow[] {
  const wanted = new Set(ids);
  return (rows ?? []).filter((row) => wanted.has(row.enrolmentId));
}

/** Steps in which the brand has to act. */
const ours: SeedingStep[] = ['to_decide', 'address_missing', 'to_send', 'failed', 'to_ship'];

function sayWaiting(counts: Record<string, number> | undefined): string {
  if (counts === undefined) return '';
  const waiting = ours.reduce((sum, step) => sum + (counts[step] ?? 0), 0);
  return waiting === 0 ? 'nothing waits for you' : `${formatCount(waiting)} wait for you`;
}

function Head({ plan, mayWrite, onPlan }: { plan: SeedingPlan; mayWrite: boolean; onPlan: () => void }) {
  const problems = plan.choices.filter((choice) => choice.problems.length > 0);
  if (plan.choices.length === 0)
    return (
      <EmptyState
        icon={IconGift}
        title="No products to choose from yet"
        action={
          mayWrite && (
            <Button variant="filled" onClick={onPlan}>
              Choose products
            </Button>
          )
        }
      >
        Say which products creators may choose and how many, then ask them by one click.
      </EmptyState>
    );
  return (
    <Section
      title={plan.state === 'open' ? 'Open for choices' : 'Closed for choices'}
      note={sayLimits(plan)}
      end={mayWrite && <Button onClick={onPlan}>Products and limits</Button>}
    >
      <p className="ink-2">
        {plan.choices.map((choice) => choice.product.name).join(', ')}.{' '}
        {plan.isObliged
          ? `A post is agreed within ${formatPlural(plan.postWithinDays, 'day')} after delivery.`
          : 'A gift without any obligation; it has to be disclosed all the same.'}
      </p>
      {problems.map((choice) => (
        <p key={choice.product.id} className="seeding-problem">
          <b>{choice.product.name}:</b> {choice.problems.join(' ')}
        </p>
      ))}
    </Section>
  );
}

function sayLimits(plan: SeedingPlan): string {
  const parts = [`${formatPlural(plan.itemsMax, 'piece')} a creator`];
  if (plan.unitsMax !== null) parts.push(`${formatCount(plan.unitsChosen)} of ${formatCount(plan.unitsMax)} in all`);
  if (plan.pickUntil !== null) parts.push(`until ${plan.pickUntil}`);
  return parts.join(', ');
}

function StepFilter(props: {
  counts: Record<string, number> | undefined;
  total: number;
  value: SeedingStep | 'all';
  onChange: (step: SeedingStep | 'all') => void;
}) {
  const { counts, total, value, onChange } = props;
  const shown = seedingSteps.filter((step) => (counts?.[step] ?? 0) > 0 || step === value);
  return (
    <fieldset className="seeding-steps" aria-label="Which creators">
      <button type="button" aria-pressed={value === 'all'} onClick={() => onChange('all')}>
        All <span className="num">{formatCount(total)}</span>
      </button>
      {shown.map((step) => (
        <button key={step} type="button" aria-pressed={value === step} onClick={() => onChange(step)}>
          {stepWords[step].label} <span className="num">{formatCount(counts?.[step] ?? 0)}</span>
        </button>
      ))}
    </fieldset>
  );
}

function Tools({ plan, mayWrite }: { plan: SeedingPlan; mayWrite: boolean }) {
  const { campaignId } = plan;
  const [isImporting, setImporting] = useState(false);
  const pdf = useDownload(packingListPdf);
  const csv = useDownload(packingListCsv);
  const fail = (error: unknown) => sayFailed('Not downloaded', error);
  const refresh = useApiMutation(refreshShipments, {
    invalidate: seedingNouns,
    onSuccess: ({ asked, changed, failures }) => {
      const [failure] = failures;
      if (failure !== undefined) sayFailed(`${failure.shop} did not answer`, new Error(failure.message));
      else
        sayDone(
          asked === 0
            ? 'No parcel of a shop is on its way'
            : `Asked for ${formatPlural(asked, 'parcel')}, ${formatCount(changed)} changed`,
        );
    },
    onError: (error) => sayFailed('Not asked', error),
  });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            rightSection={<IconChevronDown size={16} aria-hidden />}
            loading={pdf.isRunning || csv.isRunning || refresh.isPending}
          >
            Parcels
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void pdf.start({ campaignId }, 'packing list.pdf').catch(fail)}>
            Packing list and labels (PDF)
          </Menu.Item>
          <Menu.Item onClick={() => void csv.start({ campaignId }, 'packing list.csv').catch(fail)}>
            Packing list (CSV)
          </Menu.Item>
          {mayWrite && <Menu.Item onClick={() => setImporting(true)}>Import tracking numbers</Menu.Item>}
          {mayWrite && (
            <Menu.Item onClick={() => refresh.mutate({ campaignId })}>Ask the shops where parcels are</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isImporting && <TrackingDialog campaignId={campaignId} onClose={() => setImporting(false)} />}
    </>
  );
}
