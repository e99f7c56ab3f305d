import { Popover } from '@mantine/core';
import { useRunningJobs } from '#web/shell/use-of-features.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';

/** What runs in the background now, with its share done; opens to all jobs and their "Cancel". */
export function JobsIndicator() {
  const jobs = useRunningJobs();
  const [first] = jobs;
  if (!first) return null;
  const label = jobs.length === 1 ? first.label : `${jobs.length} jobs running`;
  return (
    <Popover position="bottom-end" width={320} withArrow>
      <Popover.Target>
        <button type="button" className="job">
          <span className="job-label clip">{label}</span>
          <progress max={100} {...(first.percent === null ? {} : { value: first.percent })} aria-label={label} />
          {first.percent !== null && <span>{Math.round(first.percent)} %</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="stack">
          {jobs.map((job) => (
            <ProgressBar
              key={job.id}
              label={job.label}
              percent={job.percent}
              {...(job.cancel ? { onCancel: job.cancel } : {})}
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
