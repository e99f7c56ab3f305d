import { Link } from '@tanstack/react-router';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { Brand } from '#web/shell/brand.tsx';
import type { RailCount, RailEntry } from '#web/shell/feature.ts';
import { useFeatures } from '#web/shell/features-context.ts';
import { useRailCounts } from '#web/shell/use-of-features.ts';

interface Props {
  /** Called after a page was chosen: closes the drawer on a phone. */
  onChoose?: () => void;
}

/** The main navigation: one entry for each part of the product, with what waits there. */
export function Rail({ onChoose }: Props) {
  const entries = useFeatures().flatMap((feature) => feature.rail ?? []);
  const counts = new Map(useRailCounts().map((count) => [count.to, count]));
  const draw = (entry: RailEntry) => (
    <RailLink key={entry.to} entry={entry} count={counts.get(entry.to)} onChoose={onChoose} />
  );
  return (
    <nav className="rail" aria-label="Main">
      <Brand />
      {entries.filter((entry) => entry.place !== 'foot').map(draw)}
      <div className="gap" />
      {entries.filter((entry) => entry.place === 'foot').map(draw)}
    </nav>
  );
}

interface LinkProps {
  entry: RailEntry;
  count: RailCount | undefined;
  onChoose: (() => void) | undefined;
}

function RailLink({ entry, count, onChoose }: LinkProps) {
  const { slug } = useWorkspace();
  const Icon = entry.icon;
  return (
    <Link
      to={`/$workspace${entry.to === '/' ? '' : entry.to}`}
      params={{ workspace: slug }}
      activeOptions={{ exact: entry.to === '/', includeSearch: false }}
      activeProps={{ 'aria-current': 'page' }}
      title={entry.label}
      onClick={onChoose}
    >
      <Icon className="i" stroke={1.6} aria-hidden />
      <span>{entry.label}</span>
      {count && count.count > 0 && (
        <span className={count.isUrgent ? 'count hot' : 'count'}>
          <span aria-hidden="true">{count.count}</span>
          <span className="vh">{count.label}</span>
        </span>
      )}
    </Link>
  );
}
