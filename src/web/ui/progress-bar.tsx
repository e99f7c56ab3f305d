import { Button } from '@mantine/core';

interface Props {
  /** What is being done: "Reading row 3,400 of 12,000". */
  label: string;
  /** 0 to 100, or null while the size is not known. */
  percent: number | null;
  onCancel?: () => void;
}

export function ProgressBar({ label, percent, onCancel }: Props) {
  return (
    <div className="progress">
      <div className="spread">
        <span className="clip">{label}</span>
        <span className="row nowrap">
          {percent !== null && <span className="meta">{Math.round(percent)} %</span>}
          {onCancel && (
            <Button size="xs" variant="subtle" color="gray" onClick={onCancel}>
              Cancel
            </Button>
          )}
        </span>
      </div>
      <progress max={100} aria-label={label} {...(percent === null ? {} : { value: percent })} />
    </div>
  );
}
