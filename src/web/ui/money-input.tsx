import { TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { formatAmount, fromMoneyJson, type MoneyJson, parseAmount, toMoneyJson } from '#kernel/money.ts';
import { messageOf } from '#web/ui/form-errors.ts';

interface Props {
  label: string;
  value: MoneyJson | null;
  currency: string;
  onChange: (value: MoneyJson | null) => void;
}

/** An exact amount; empty is none. What is no amount holds the form back. */
export function MoneyInput({ label, value, currency, onChange }: Props) {
  const [text, setText] = useState(value === null ? '' : formatAmount(fromMoneyJson(value)));
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const change = (next: string) => {
    setText(next);
    let found: string | null = null;
    try {
      onChange(next.trim() === '' ? null : toMoneyJson(parseAmount(next, currency)));
    } catch (error) {
      found = messageOf(error);
    }
    setProblem(found);
    field.current?.setCustomValidity(found ?? '');
  };
  return (
    <TextInput
      ref={field}
      label={`${label}, ${currency}`}
      inputMode="decimal"
      value={text}
      error={problem}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
