import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import {
  type CommentSummary,
  exportVettedComments,
  listVettedComments,
  summariseComments,
} from '#modules/vetting/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { CommentFilters } from './comment-filters.tsx';
import { CommentList } from './comment-list.tsx';
import { CommentSumsSection } from './comment-sums.tsx';
import { commentSearch, filtersOf } from './comment-words.ts';
import { CopiesSection } from './copies-section.tsx';
import { PodsSection } from './pods-section.tsx';
import { SentimentSection } from './sentiment-section.tsx';
import { useCreatorChoice } from './use-creator.ts';
import './comments.css';

const readingMs = 2000;

/** What people write below the posts, what each comment is, and who meets here too often. */
export function CommentsPage() {
  const { wanted } = useCreatorChoice();
  const summary = useApiQuery(summariseComments, wanted, {
    keepPrevious: true,
    refetchInterval: ({ state }) => (isReading(state.data) ? readingMs : false),
  });
  return <QueryState query={summary}>{(answer) => <Comments summary={answer} />}</QueryState>;
}

function isReading(summary: CommentSummary | undefined): boolean {
  return summary !== undefined && summary.progress.read < summary.progress.total;
}

function Comments({ summary }: { summary: CommentSummary }) {
  const [search, setSearch] = useSearchState(commentSearch);
  const { progress } = summary;
  if (progress.total === 0) {
    return (
      <EmptyState title="No comments yet">
        Import a file of comments, or let a connection read them; each is read here as it comes in. Without comments
        nothing is said about them: not known is not clean.
      </EmptyState>
    );
  }
  const sums = search.period === '90d' ? summary.recent : summary.allTime;
  return (
    <div className="stack vt-comments">
      {isReading(summary) && (
        <div className="alert info" role="status">
          <span>
            {formatCount(progress.read)} of {formatPlural(progress.total, 'comment')} are read; the sums below grow as
            the others are.
          </span>
          <ProgressBar label="Comments read" percent={(100 * progress.read) / progress.total} />
        </div>
      )}
      <CommentSumsSection
        sums={sums}
        period={search.period}
        onPeriod={(period) => setSearch({ period })}
        onKind={(kind) => setSearch({ kinds: [kind] })}
      />
      <hr className="vt-rule" />
      <div className="cols">
        <SentimentSection weeks={summary.weeks} />
        <PodsSection summary={summary} chosen={search.pod} onChoose={(pod) => setSearch({ pod, group: undefined })} />
      </div>
      <CopiesSection
        summary={summary}
        chosen={search.group}
        onChoose={(group) => setSearch({ group, pod: undefined, period: 'all' })}
      />
      <hr className="vt-rule" />
      <Rows summary={summary} />
    </div>
  );
}

function Rows({ summary }: { summary: CommentSummary }) {
  const { wanted } = useCreatorChoice();
  const [search, setSearch] = useSearchState(commentSearch);
  const filters = filtersOf(search);
  const isGrouped = search.group === undefined;
  const { rows, query } = useApiPages(listVettedComments, { ...wanted, ...filters, isGrouped, limit: 50 });
  const download = useDownload(exportVettedComments);
  const save = () =>
    download
      .start({ ...wanted, ...filters }, `comments-${summary.handle}.csv`)
      .catch((error: Error) => sayFailed('Not saved', error));
  return (
    <Section
      title="Comments"
      note={isGrouped ? 'newest first; of nearly the same ones only the newest' : 'nearly the same, newest first'}
      end={
        <Button
          size="compact-sm"
          leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
          loading={download.isRunning}
          onClick={() => void save()}
        >
          Save as CSV
        </Button>
      }
    >
      <CommentFilters summary={summary} search={search} onChange={setSearch} />
      <CommentList
        rows={query.data === undefined ? undefined : rows}
        error={query.error}
        onRetry={() => void query.refetch()}
        hasMore={query.hasNextPage}
        isFetchingMore={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
        onGroup={(group) => setSearch({ group, pod: undefined, period: 'all' })}
      />
    </Section>
  );
}
