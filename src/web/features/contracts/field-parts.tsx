import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Terms } from '#modules/contracts/api.ts';

export interface FieldsProps {
  terms: Terms;
  currency: string;
  onChange: (change: Partial<Terms>) => void;
}

/** A day, or none. */
export function DayInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | null;
  onChange: (day: string | null) => void;
}) {
  return (
    <TextInput
      type="date"
      label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  );
}

interface CountProps {
  label: string;
  value: number | null;
  min?: number;
  max: number;
  description?: string;
  onChange: (value: number | null) => void;
}

/** A whole number, or none. */
export function CountInput({ label, value, min = 0, max, description, onChange }: CountProps) {
  return (
    <NumberInput
      label={label}
      {...(description === undefined ? {} : { description })}
      min={min}
      max={max}
      allowDecimal={false}
      value={value ?? ''}
      onChange={(next) => onChange(next === '' ? null : Number(next))}
    />
  );
}

interface RowsProps<Row> {
  rows: readonly Row[];
  addLabel: string;
  removeLabel: string;
  fresh: () => Row;
  onChange: (rows: Row[]) => void;
  children: (row: Row, change: (part: Partial<Row>) => void) => ReactNode;
}

/** Rows that are added, changed and removed. */
export function Rows<Row extends object>({ rows, addLabel, removeLabel, fresh, onChange, children }: RowsProps<Row>) {
  const change = (at: number, part: Partial<Row>) =>
    onChange(rows.map((row, place) => (place === at ? { ...row, ...part } : row)));
  return (
    <>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own
        <div key={at} className="ctr-line">
          <div className="ctr-row">{children(row, (part) => change(at, part))}</div>
          <div>
            <ActionIcon
              aria-label={`${removeLabel} ${at + 1}`}
              onClick={() => onChange(rows.filter((_, place) => place !== at))}
            >
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </div>
        </div>
      ))}
      <div>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          onClick={() => onChange([...rows, fresh()])}
        >
          {addLabel}
        </Button>
      </div>
    </>
  );
}
