import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  type OrderImport,
  type OrderImportPreview,
  type OrderMapping,
  orderFieldNames,
  orderFieldSchema,
  orderFields,
  previewOrderFile,
  startOrderImport,
} from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { RowFaults } from './row-faults.tsx';
import { nameOfField, trackingNouns } from './words.ts';

interface Props {
  run: OrderImport;
  sourceId: string | undefined;
  onStarted: () => void;
  onAgain: () => void;
}

/** What each column is, how the first rows are read, what is wrong, and the start. */
export function OrderMappingStep({ run, sourceId, onStarted, onAgain }: Props) {
  const [mapping, setMapping] = useState<OrderMapping | undefined>(undefined);
  const [isRemembered, setRemembered] = useState(true);
  const input = {
    importId: run.id,
    ...(sourceId === undefined ? {} : { sourceId }),
    ...(mapping === undefined ? {} : { mapping }),
  };
  const start = useApiMutation(startOrderImport, { invalidate: trackingNouns, onSuccess: onStarted });
  // Once it runs its file may be gone before this step is.
  const isOpen = start.isIdle || start.isError;
  const preview = useApiQuery(previewOrderFile, input, { keepPrevious: true, enabled: isOpen });
  return (
    <QueryState query={preview}>
      {(found) => (
        <>
          <PageHeader
            title={titleOf(found)}
            sub={found.isRemembered ? `${found.fileName}, read as the last file of this source` : found.fileName}
            actions={
              <>
                <Button variant="subtle" color="gray" onClick={onAgain}>
                  Another file
                </Button>
                <Button
                  variant="filled"
                  loading={start.isPending}
                  disabled={found.problems.length > 0}
                  onClick={() => start.mutate({ ...input, mapping: mapping ?? found.mapping, isRemembered })}
                >
                  Import
                </Button>
              </>
            }
          />
          {start.error && <FormAlert>{start.error.message}</FormAlert>}
          {found.problems.length > 0 && (
            <FormAlert>
              {found.problems.map((problem) => (
                <span className="block" key={problem}>
                  {problem}
                </span>
              ))}
            </FormAlert>
          )}
          <Ways mapping={found.mapping} onChange={setMapping} isRemembered={isRemembered} onRemember={setRemembered} />
          <Section title="What each column is" note={`by its heading and ${formatPlural(found.rowsLookedAt, 'row')}`}>
            <Columns preview={found} onChange={setMapping} />
          </Section>
          <RowFaults answer={found} isAhead nameOf={nameOfField} />
          {found.problems.length === 0 && (
            <Section title="First rows" note="as they will be read">
              <FirstRows preview={found} />
            </Section>
          )}
        </>
      )}
    </QueryState>
  );
}

function titleOf(preview: OrderImportPreview): string {
  const of = preview.isWhole
    ? formatPlural(preview.rowsLookedAt, 'row')
    : `the first ${formatPlural(preview.rowsLookedAt, 'row')}`;
  if (preview.rowsLookedAt === 0) return 'The file holds no rows';
  if (preview.problems.length > 0) return 'Say what the columns are';
  return `${formatCount(preview.rowsReadable)} of ${of} can be read`;
}

function Ways(of: {
  mapping: OrderMapping;
  onChange: (mapping: OrderMapping) => void;
  isRemembered: boolean;
  onRemember: (isRemembered: boolean) => void;
}) {
  const { mapping, onChange } = of;
  const [currency, setCurrency] = useState(mapping.currency ?? '');
  const changeCurrency = (text: string) => {
    const value = text.toUpperCase();
    setCurrency(value);
    if (value === '' || /^[A-Z]{3}$/.test(value)) onChange({ ...mapping, currency: value === '' ? null : value });
  };
  return (
    <div className="trk-import-ways">
      <Select
        label="Dates such as 03/04/2026"
        placeholder="Refuse them"
        clearable
        data={[
          { value: 'day-first', label: 'Day first: 3 April' },
          { value: 'month-first', label: 'Month first: 4 March' },
        ]}
        value={mapping.dateOrder}
        onChange={(value) =>
          onChange({ ...mapping, dateOrder: value === 'day-first' || value === 'month-first' ? value : null })
        }
      />
      <TextInput
        label="Currency of rows that name none"
        placeholder="EUR"
        maxLength={3}
        value={currency}
        onChange={(event) => changeCurrency(event.currentTarget.value)}
      />
      <Checkbox
        label="Read the next such file of this source the same way"
        checked={of.isRemembered}
        onChange={(event) => of.onRemember(event.currentTarget.checked)}
      />
    </div>
  );
}

const leaveOut = '';

function Columns({ preview, onChange }: { preview: OrderImportPreview; onChange: (mapping: OrderMapping) => void }) {
  const change = (column: string, value: string | null) => {
    const field = orderFieldSchema.nullable().catch(null).parse(value);
    const columns = preview.columns.map((one) => ({
      column: one.column,
      // One field is read from one column: the one before is left out.
      field: one.column === column ? field : one.field === field ? null : one.field,
    }));
    onChange({ ...preview.mapping, columns });
  };
  const data = [
    { value: leaveOut, label: 'Leave out' },
    ...orderFields.map((field) => ({ value: field, label: orderFieldNames[field] })),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="Columns of the file" tabIndex={0}>
      <table className="table trk-import-columns">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Read as</th>
            <th scope="col">Cells</th>
          </tr>
        </thead>
        <tbody>
          {preview.columns.map((column) => (
            <tr key={column.column}>
              <th scope="row">
                {column.column}
                <span className="meta block">
                  {column.filled === 0 ? 'empty' : `${formatCount(column.filled)} filled`}
                </span>
              </th>
              <td>
                <Select
                  aria-label={`What ${column.column} is read as`}
                  data={data}
                  allowDeselect={false}
                  searchable
                  title={column.reason}
                  value={column.field ?? leaveOut}
                  onChange={(value) => change(column.column, value)}
                />
              </td>
              <td className="ink-2">{column.samples.join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function FirstRows({ preview }: { preview: OrderImportPreview }) {
  const { timeZone } = useWorkspace();
  const faultOf = new Map(preview.errors.map((error) => [error.row, error.message]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="First rows of the file" tabIndex={0}>
      <table className="table trk-faults">
        <thead>
          <tr>
            <th scope="col" className="num">
              Row
            </th>
            <th scope="col">Order</th>
            <th scope="col">Ordered</th>
            <th scope="col" className="num">
              Total
            </th>
            <th scope="col">Codes</th>
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) => (
            <tr key={row.row}>
              <td className="num meta">{row.row}</td>
              {row.order === null ? (
                <td colSpan={4}>
                  {row.isLine ? (
                    <span className="meta">a further line of the order above</span>
                  ) : (
                    <>
                      <Tag tone="bad">not taken</Tag> <span className="meta">{faultOf.get(row.row)}</span>
                    </>
                  )}
                </td>
              ) : (
                <>
                  <td>{row.order.id}</td>
                  <td>{formatDateTime(row.order.orderedAt, timeZone)}</td>
                  <td className="num">{row.order.total}</td>
                  <td>{row.order.codes.join(', ')}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
