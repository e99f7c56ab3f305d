import { NumberInput, Select } from '@mantine/core';
import { type OwnWeight, pointNames, points, type VettingRules } from '#modules/vetting/api.ts';
import { formatDecimal } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';

interface Props {
  rules: VettingRules;
  weights: readonly OwnWeight[];
  isReadOnly: boolean;
  onChange: (next: OwnWeight[]) => void;
}

/** Points of every signal, by the five points a marketer checks. */
export function WeightTable({ rules, weights, isReadOnly, onChange }: Props) {
  const up = weights.reduce((sum, one) => sum + one.max, 0);
  const down = -weights.reduce((sum, one) => sum + (one.signal === 'engagement_implausible' ? 0 : one.min), 0);
  const edit = (signal: string, change: Partial<OwnWeight>) =>
    onChange(weights.map((one) => (one.signal === signal ? { ...one, ...change } : one)));
  return (
    <Section
      title="Points"
      note={`from 50 on; all together add up to ${formatDecimal(up, 1)} and take up to ${formatDecimal(down, 1)}`}
    >
      <p className="meta">
        A score ends at 0 and at 100; where the sum would go on, the report says so in a row of its own.
      </p>
      <table className="vt-weights">
        <caption className="vh">Points of every signal</caption>
        <thead>
          <tr>
            <th scope="col">Signal</th>
            <th scope="col">Takes at most</th>
            <th scope="col">Adds at most</th>
            <th scope="col">While not known</th>
          </tr>
        </thead>
        {points.map((point) => (
          <tbody key={point}>
            <tr>
              <th scope="colgroup" colSpan={4}>
                {pointNames[point]}
              </th>
            </tr>
            {rules.weights
              .filter((row) => row.point === point)
              .map((row) => {
                const own = weights.find((one) => one.signal === row.signal) ?? row;
                return (
                  <tr key={row.signal}>
                    <th scope="row" title={row.formula}>
                      {row.title}
                      {(own.min !== row.defaults.min || own.max !== row.defaults.max) && (
                        <span className="meta vt-block">
                          default {formatDecimal(row.defaults.min, 1)} to {formatDecimal(row.defaults.max, 1)}
                        </span>
                      )}
                    </th>
                    <td>
                      <NumberInput
                        aria-label={`${row.title}: takes at most`}
                        value={own.min}
                        min={-50}
                        max={0}
                        step={0.5}
                        decimalScale={1}
                        disabled={isReadOnly}
                        onChange={(value) => edit(row.signal, { min: Math.min(0, Number(value)) })}
                      />
                    </td>
                    <td>
                      <NumberInput
                        aria-label={`${row.title}: adds at most`}
                        value={own.max}
                        min={0}
                        max={50}
                        step={0.5}
                        decimalScale={1}
                        disabled={isReadOnly}
                        onChange={(value) => edit(row.signal, { max: Math.max(0, Number(value)) })}
                      />
                    </td>
                    <td>
                      <Select
                        aria-label={`${row.title}: while not known`}
                        value={own.unknown}
                        disabled={isReadOnly}
                        allowDeselect={false}
                        data={[
                          { value: 'worst', label: 'Counts as its worst' },
                          { value: 'nothing', label: 'Lowers the confidence' },
                        ]}
                        onChange={(value) => edit(row.signal, { unknown: value === 'nothing' ? 'nothing' : 'worst' })}
                      />
                    </td>
                  </tr>
                );
              })}
          </tbody>
        ))}
      </table>
    </Section>
  );
}
