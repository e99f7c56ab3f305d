import { Button } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import { type DiscountCode, type Link, listCodes, listLinks } from '#modules/tracking/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useParam } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';
import { Spark } from '#web/ui/spark.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { LinkPanel } from './link-panel.tsx';
import { RosterDialog } from './roster-dialog.tsx';
import { Who } from './who.tsx';
import { worthOf } from './words.ts';
import './tracking.css';

interface Row {
  id: string;
  link: Link | null;
  code: DiscountCode | null;
}

const columns: TableColumn<Row>[] = [
  {
    id: 'creator',
    header: 'Creator',
    cell: (row) => <Who creator={row.link?.creator ?? row.code?.creator ?? null} none="Whole campaign" />,
  },
  {
    id: 'link',
    header: 'Link',
    width: 260,
    from: 680,
    cell: (row) =>
      row.link === null ? (
        <span className="ink-3">None</span>
      ) : (
        <CopyField label={`link ${row.link.slug}`} value={row.link.shortUrl} />
      ),
  },
  {
    id: 'code',
    header: 'Code',
    width: 190,
    from: 680,
    cell: (row) =>
      row.code === null ? (
        <span className="ink-3">None</span>
      ) : (
        <CopyField label={`code ${row.code.code}`} value={row.code.code} />
      ),
  },
  {
    id: 'worth',
    header: 'Gives',
    width: 90,
    from: 1240,
    cell: (row) => (row.code === null ? null : worthOf(row.code)),
  },
  {
    id: 'shape',
    header: 'Seven days',
    width: 90,
    from: 1240,
    cell: (row) =>
      row.link === null ? null : (
        <Spark
          values={row.link.lastSevenDays.map((day) => day.clicks)}
          label={`Clicks of the last seven days: ${row.link.lastSevenDays.map((day) => day.clicks).join(', ')}`}
          look="up"
        />
      ),
  },
  {
    id: 'clicks',
    header: 'Clicks',
    width: 80,
    align: 'end',
    cell: (row) => (row.link === null ? null : formatCount(row.link.clicks)),
  },
  {
    id: 'orders',
    header: 'Code used',
    width: 90,
    align: 'end',
    cell: (row) => (row.code === null ? null : formatCount(row.code.orders)),
  },
];

const search = z.object({ open: z.string().optional() });

/** Links and codes of one campaign, a line a creator. */
export function CampaignTrackingPage() {
  const campaignId = useParam('campaignId');
  const [state, setState] = useSearchState(search);
  const [isMaking, setMaking] = useState(false);
  const canWrite = useCan('tracking:write');
  const links = useApiQuery(listLinks, { campaignId, limit: 500, sort: 'clicks' });
  const codes = useApiQuery(listCodes, { campaignId, limit: 500 });
  const rows =
    links.data === undefined || codes.data === undefined ? undefined : pair(links.data.rows, codes.data.rows);
  const open = rows?.find((row) => row.id === state.open)?.link ?? null;
  const make = (
    <Button variant="filled" onClick={() => setMaking(true)}>
      Make links and codes
    </Button>
  );
  const clicks = (rows ?? []).reduce((sum, row) => sum + (row.link?.clicks ?? 0), 0);
  return (
    <>
      <Section
        title="Links and codes"
        note={rows === undefined ? undefined : `${formatPlural(clicks, 'click')} counted`}
        end={
          canWrite && rows !== undefined && rows.length > 0 ? (
            <Button onClick={() => setMaking(true)}>For new creators</Button>
          ) : null
        }
      >
        <div className={open === null ? undefined : 'with-side'}>
          <DataTable
            label="Links and codes of the campaign"
            columns={columns}
            rows={rows}
            rowId={(row) => row.id}
            tall
            more={{
              onOpen: (row) => setState({ open: row.id }),
              currentId: state.open ?? null,
              hidden: open === null ? [] : ['worth', 'shape', 'code'],
              error: links.error ?? codes.error,
              onRetry: () => void Promise.all([links.refetch(), codes.refetch()]),
              empty: (
                <EmptyState icon={IconLink} title="No links or codes yet" action={canWrite ? make : undefined}>
                  Give each creator a link and a code of their own, in one go. Who has one keeps it.
                </EmptyState>
              ),
            }}
          />
          {open !== null && (
            <LinkPanel
              link={open}
              onClose={() => setState({ open: undefined })}
              onPrevious={undefined}
              onNext={undefined}
            />
          )}
        </div>
      </Section>
      {isMaking && <RosterDialog campaignId={campaignId} onClose={() => setMaking(false)} />}
    </>
  );
}

/** One row an enrolment: its link beside its code; further ones get rows of their own. */
function pair(links: readonly Link[], codes: readonly DiscountCode[]): Row[] {
  const free = [...codes];
  const rows: Row[] = links.map((link) => {
    const at = link.enrolmentId === null ? -1 : free.findIndex((code) => code.enrolmentId === link.enrolmentId);
    const code = at === -1 ? null : (free.splice(at, 1)[0] ?? null);
    return { id: link.id, link, code };
  });
  return [...rows, ...free.map((code) => ({ id: code.id, link: null, code }))];
}
