import { Button } from '@mantine/core';
import { useState } from 'react';
import { z } from 'zod';
import { useCan } from '#web/api/workspace-context.ts';
import { useParam } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';
import { ContractsTable, stateFilters, useContractCounts } from './contracts-table.tsx';
import './contracts.css';
import { CreateDialog } from './create-dialog.tsx';
import { FilterBar } from './filter-bar.tsx';

const search = z.object({ state: z.enum(stateFilters).default('all'), q: z.string().default('') });

/** The contracts of one campaign: who has one, what waits, and drafting for everybody who has none. */
export function CampaignContractsPage() {
  const campaignId = useParam('campaignId');
  const [{ state, q }, setState] = useSearchState(search);
  const [isCreating, setCreating] = useState(false);
  const mayWrite = useCan('contracts:write');
  const { data } = useContractCounts(campaignId);
  const without = data?.withoutContract ?? 0;
  const ours = (data?.counts.countered ?? 0) + (data?.counts.agreed ?? 0);
  return (
    <>
      <Section
        title={
          data === undefined
            ? 'Contracts'
            : `${formatPlural(data.inForce, 'contract')} in force${ours > 0 ? `, ${ours} to answer or sign` : ''}`
        }
        note={
          data === undefined
            ? ''
            : without === 0
              ? 'every creator has one'
              : `${formatPlural(without, 'creator')} without one`
        }
        end={
          mayWrite && without > 0 && data !== undefined && data.total > 0 ? (
            <Button variant="filled" onClick={() => setCreating(true)}>
              Draft for {without}
            </Button>
          ) : null
        }
      >
        {data !== undefined && data.total > 0 && (
          <FilterBar state={state} query={q} counts={data.counts} onChange={setState} />
        )}
        <ContractsTable
          campaignId={campaignId}
          state={state}
          query={q}
          empty={
            <EmptyState
              title="No contracts yet"
              action={
                mayWrite && without > 0 ? (
                  <Button variant="filled" onClick={() => setCreating(true)}>
                    Draft for {formatPlural(without, 'creator')}
                  </Button>
                ) : null
              }
            >
              {without > 0
                ? 'Pick a template: fee and deliverables come from the roster, and each creator can propose changes before both sign.'
                : 'Add creators to the roster first; contracts are made with them.'}
            </EmptyState>
          }
        />
      </Section>
      {isCreating && <CreateDialog campaignId={campaignId} count={without} onClose={() => setCreating(false)} />}
    </>
  );
}
