import { Select } from '@mantine/core';
import type { ComponentProps } from 'react';

const currencyNames = new Intl.DisplayNames('en', { type: 'currency' });
const first = ['USD', 'EUR', 'GBP', 'CAD', 'AUD', 'JPY', 'CHF', 'SEK', 'INR', 'BRL'];
const option = (code: string) => ({ value: code, label: `${code}, ${currencyNames.of(code) ?? code}` });
const currencies = [...new Set([...first, ...Intl.supportedValuesOf('currency')])].map(option);

const timeZones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

/** The zone of this browser, as a first guess. */
export function ownTimeZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return timeZones.includes(zone) ? zone : 'UTC';
}

type Props = Omit<ComponentProps<typeof Select>, 'data'>;

export function CurrencySelect(props: Props) {
  return <Select label="Currency" data={currencies} searchable nothingFoundMessage="No such currency" {...props} />;
}

export function TimeZoneSelect(props: Props) {
  return (
    <Select label="Time zone" data={timeZones} searchable limit={60} nothingFoundMessage="No such zone" {...props} />
  );
}
