import { Select } from '@mantine/core';
import type { ColumnPlanJson, ImportPreview } from '#modules/creators/api.ts';
import { formatCount } from '#web/ui/format-number.ts';
import { Tag } from '#web/ui/tag.tsx';
import { fieldOptions } from './field-options.ts';
import { platformOptions } from './words.ts';

type Column = ImportPreview['columns'][number];

interface Props {
  preview: ImportPreview;
  onChange: (columns: ColumnPlanJson[]) => void;
}

const leaveOut = '';
const sureFrom = 0.7;

/** One line a column: samples of its cells, what it is read as, how its numbers are written, and what cannot be read. */
export function MappingTable({ preview, onChange }: Props) {
  const change = (column: string, patch: Partial<ColumnPlanJson>) =>
    onChange(preview.columns.map((one) => ({ ...toPlan(one), ...(one.column === column ? patch : {}) })));
  return (
    <div className="table-scroll">
      <table className="table creators-mapping" aria-label="Columns of the file">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Cells</th>
            <th scope="col">Read as</th>
            <th scope="col">Written</th>
            <th scope="col">Cannot be read</th>
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
                <span className="creators-samples" title={column.samples.join('\n')}>
                  {column.samples.slice(0, 3).join(' · ')}
                </span>
              </td>
              <td>
                <ReadAs preview={preview} column={column} onChange={(patch) => change(column.column, patch)} />
              </td>
              <td>
                <Written column={column} onChange={(patch) => change(column.column, patch)} />
              </td>
              <td>{column.problems > 0 && <Problems column={column} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// What the file itself tells about numbers and dates is told anew each time; only a choice of the reader is sent.
function toPlan({ column, target, platform }: Column): ColumnPlanJson {
  return { column, target, platform, decimal: null, scale: null, dateOrder: null };
}

function ReadAs({
  preview,
  column,
  onChange,
}: {
  preview: ImportPreview;
  column: Column;
  onChange: (patch: Partial<ColumnPlanJson>) => void;
}) {
  const unsure = column.target !== null && column.target !== 'custom' && column.confidence < sureFrom;
  return (
    <div className="creators-read-as">
      <Select
        aria-label={`What ${column.column} is read as`}
        data={[{ value: leaveOut, label: 'Leave out' }, ...fieldOptions(preview.kind, column.target)]}
        allowDeselect={false}
        searchable
        value={column.target ?? leaveOut}
        onChange={(value) => onChange({ target: value === leaveOut ? null : value, platform: null })}
        title={column.reason}
      />
      {column.platform !== null && (
        <Select
          aria-label={`Platform of ${column.column}`}
          data={platformOptions}
          allowDeselect={false}
          value={column.platform}
          onChange={(value) =>
            onChange({ platform: platformOptions.find((one) => one.value === value)?.value ?? null })
          }
        />
      )}
      {unsure && <Tag tone="warn">Please check</Tag>}
    </div>
  );
}

function Written({ column, onChange }: { column: Column; onChange: (patch: Partial<ColumnPlanJson>) => void }) {
  if (column.target?.endsWith('At')) {
    return (
      <Select
        aria-label={`Dates of ${column.column}`}
        data={[
          { value: 'day-first', label: '31/12/2026' },
          { value: 'month-first', label: '12/31/2026' },
        ]}
        allowDeselect={false}
        value={column.dateOrder ?? 'day-first'}
        onChange={(value) => onChange({ dateOrder: value === 'month-first' ? 'month-first' : 'day-first' })}
      />
    );
  }
  if (column.target === 'engagementRate') {
    return (
      <Select
        aria-label={`Rates of ${column.column}`}
        data={[
          { value: 'percent', label: '3.4 is 3.4 %' },
          { value: 'fraction', label: '0.034 is 3.4 %' },
        ]}
        allowDeselect={false}
        value={column.scale ?? 'percent'}
        onChange={(value) => onChange({ scale: value === 'fraction' ? 'fraction' : 'percent' })}
      />
    );
  }
  return column.decimal === ',' ? <span className="meta">comma for decimals</span> : null;
}

function Problems({ column }: { column: Column }) {
  return (
    <div>
      <Tag tone="bad">{formatCount(column.problems)}</Tag>
      <span className="meta block">{column.firstProblem}</span>
    </div>
  );
}
