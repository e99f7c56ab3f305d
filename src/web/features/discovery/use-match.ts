import { useMemo } from 'react';
import { type Filter, type Hit, type MatchAnswer, type MatchRow, matchCreators } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';

const rowsMax = 100;

export interface MatchRun {
  answer: MatchAnswer | undefined;
  hits: Hit[] | undefined;
  rows: ReadonlyMap<string, MatchRow>;
  error: ReturnType<typeof useApiQuery<typeof matchCreators>>['error'];
  isStale: boolean;
  refetch: () => void;
}

/** Creators ranked for a brief, within the filters; null when there is no brief. */
export function useMatch(brief: string | undefined, filters: Filter[]): MatchRun | null {
  const run = useApiQuery(
    matchCreators,
    { text: brief ?? '', filters, limit: rowsMax },
    { enabled: brief !== undefined, keepPrevious: true },
  );
  const answer = run.data;
  const rows = useMemo(() => new Map((answer?.rows ?? []).map((row) => [row.personId, row])), [answer]);
  const hits = useMemo(() => answer?.rows.flatMap((row) => (row.hit === null ? [] : [row.hit])), [answer]);
  if (brief === undefined) return null;
  return { answer, hits, rows, error: run.error, isStale: run.isPlaceholderData, refetch: () => void run.refetch() };
}
