import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconShoppingBag } from '@tabler/icons-react';
import { z } from 'zod';
import { type CustomerSummary, forgetCustomers, getCustomers } from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Segments } from '#web/ui/segments.tsx';
import { CustomerCreators } from './customer-creators.tsx';
import { CustomersDialog } from './customers-dialog.tsx';
import { MarketTabs } from './market-tabs.tsx';
import './markets.css';

const search = z.object({
  show: z.enum(['matched', 'possible', 'rejected']).default('matched'),
  sort: z.enum(['orders', 'followers', 'last']).default('orders'),
});

export function CustomersPage() {
  const query = useApiQuery(getCustomers, {});
  const [isImporting, importing] = useDisclosure(false);
  const canWrite = useCan('discovery:write');
  return (
    <div className="page">
      <MarketTabs />
      <QueryState query={query}>
        {(summary) =>
          summary.customers === 0 ? (
            <EmptyState
              icon={IconShoppingBag}
              title="Which of your customers are creators?"
              isPage
              action={
                canWrite && (
                  <Button variant="filled" onClick={importing.open}>
                    Bring in customers
                  </Button>
                )
              }
            >
              Paste addresses and handles, or upload your shop’s customer file. They are matched with the creators of
              this workspace; addresses are kept only as hashes, unless you say otherwise.
            </EmptyState>
          ) : (
            <Customers summary={summary} onImport={importing.open} />
          )
        }
      </QueryState>
      {isImporting && <CustomersDialog onClose={importing.close} />}
    </div>
  );
}

function Customers({ summary, onImport }: { summary: CustomerSummary; onImport: () => void }) {
  const [state, setState] = useSearchState(search);
  const [isForgetting, forgetting] = useDisclosure(false);
  const canWrite = useCan('discovery:write');
  const forget = useApiMutation(forgetCustomers, {
    invalidate: ['customers', 'discovery'],
    onSuccess: ({ forgotten }) => sayDone(`${formatPlural(forgotten, 'customer')} forgotten`),
  });
  const kept =
    summary.emailsKept > 0 ? `, ${formatCount(summary.emailsKept)} of them with their address` : ', as hashes only';
  return (
    <>
      <PageHeader
        title={`${formatPlural(summary.matched, 'creator')} among ${formatPlural(summary.customers, 'customer')}${summary.possible > 0 ? `, ${formatCount(summary.possible)} more may be` : ''}`}
        sub={`From files${summary.lastImportAt === null ? '' : `, the last ${formatWhen(summary.lastImportAt)}`}${kept}. Creators added later are matched too. Orders that Rapport tracks itself stand with their campaigns.`}
        actions={
          <>
            <AppLink to="/discover" search={{ f: [{ field: 'fact.customer', op: 'is', value: true }] }}>
              <Button component="span">Search among them</Button>
            </AppLink>
            {canWrite && <Button onClick={forgetting.open}>Forget all</Button>}
            {canWrite && (
              <Button variant="filled" onClick={onImport}>
                Bring in customers
              </Button>
            )}
          </>
        }
      />
      <div className="discover-show">
        <Segments
          label="Show"
          value={state.show}
          options={[
            { value: 'matched', label: `Customers ${summary.matched}` },
            { value: 'possible', label: `Possible ${summary.possible}` },
            { value: 'rejected', label: 'Rejected' },
          ]}
          onChange={(show) => setState({ show }, { push: true })}
        />
      </div>
      <CustomerCreators show={state.show} sort={state.sort} onSort={(sort) => setState({ sort }, { push: true })} />
      <ConfirmDialog
        isOpen={isForgetting}
        onClose={forgetting.close}
        title={`Forget all ${formatPlural(summary.customers, 'customer')}?`}
        confirmLabel="Forget all"
        onConfirm={() => forget.mutateAsync({})}
        isDangerous
      >
        Matches, decisions and the fact that a creator is a customer go with them. Creators and lists stay.
      </ConfirmDialog>
    </>
  );
}
