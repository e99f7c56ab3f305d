import { type SubmissionState, submissionStates } from '#modules/submissions/api.ts';
import { Segments } from '#web/ui/segments.tsx';
import { stateNames } from './words.ts';

type Value = SubmissionState | 'all';

interface Props {
  value: Value;
  counts: Record<SubmissionState, number> | undefined;
  onChange: (value: Value) => void;
}

/** The states drafts stand in, each with how many; those nobody stands in are left out. */
export function StateFilter({ value, counts, onChange }: Props) {
  const shown = submissionStates.filter((state) => state === value || (counts?.[state] ?? 0) > 0);
  const options = [
    { value: 'all' as const, label: 'All' },
    ...shown.map((state) => ({ value: state, label: `${stateNames[state]} ${counts?.[state] ?? ''}` })),
  ];
  return <Segments<Value> label="Which drafts" value={value} options={options} onChange={onChange} />;
}
