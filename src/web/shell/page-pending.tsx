import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';

export function PagePending() {
  return (
    <div className="page">
      <SkeletonLines count={8} label="Loading the page" />
    </div>
  );
}
