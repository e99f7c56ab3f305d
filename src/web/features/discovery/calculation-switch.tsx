import { SegmentedControl } from '@mantine/core';
import type { Averaging } from './hit-figures.tsx';

interface Props {
  value: Averaging['calculation'];
  onChange: (value: Averaging['calculation']) => void;
}

/** Whether likes, comments, views and engagement are means or medians: in filters, order, counts and figures alike. */
export function CalculationSwitch({ value, onChange }: Props) {
  return (
    <SegmentedControl
      className="discover-calculation"
      size="xs"
      aria-label="Figures of posts as"
      value={value}
      onChange={(next) => onChange(next === 'median' ? 'median' : 'average')}
      data={[
        { value: 'average', label: 'Averages' },
        { value: 'median', label: 'Medians' },
      ]}
    />
  );
}
