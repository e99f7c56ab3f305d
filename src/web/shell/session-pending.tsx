import { OutsideFrame } from '#web/shell/outside-frame.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';

export function SessionPending() {
  return (
    <OutsideFrame>
      <SkeletonLines count={4} label="Loading Rapport" />
    </OutsideFrame>
  );
}
