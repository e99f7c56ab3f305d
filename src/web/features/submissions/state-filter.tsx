import { type SubmissionState, submissionStates } from '#modules/submissions/api.ts';
import { Segments } from '#web/ui/segments.tsx';
import { stateNames } from './words.ts';

/** All that is not taken back, and not live as approved: what somebody still has to do something with. */
const inWork: SubmissionState[] = ['draft', 'pending_approval', 'changes_requested', 'approved', 'scheduled', 'live'];

type DraftFilter = SubmissionState | 'work' | 'all';

/** The states a filter asks the list for. */
export function statesOf(filter: DraftFilter): { states?: SubmissionState[] } {
  if (filter === 'all') return {};
  return { states: filter === 'work' ? inWork : [filter] };
}

interface Props {
  value: DraftFilter;
  counts: Record<SubmissionState, number> | undefined;
  onChange: (value: DraftFilter) => void;
}

/** The states drafts stand in, each with how many; those nobody stands in are left out. */
export function StateFilter({ value, counts, onChange }: Props) {
  const shown = submissionStates.filter((state) => state === value || (counts?.[state] ?? 0) > 0);
  const options = [
    { value: 'work' as const, label: 'In work' },
    ...shown.map((state) => ({ value: state, label: `${stateNames[state]} ${counts?.[state] ?? ''}` })),
    { value: 'all' as const, label: 'All' },
  ];
  return <Segments<DraftFilter> label="Which drafts" value={value} options={options} onChange={onChange} />;
}
