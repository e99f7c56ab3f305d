import { z } from 'zod';
import type { Post } from '#modules/creators/api.ts';
import { listCreatorPosts } from '#modules/creators/api.ts';
import type { Vetting } from '#modules/vetting/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatCompact, formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { StackedBar, type StackPart } from '#web/ui/stacked-bar.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { CampaignFitSection } from './campaign-fit-section.tsx';
import { FitSection } from './fit-section.tsx';
import { PostGrid } from './post-grid.tsx';
import { QualitySection } from './quality-section.tsx';
import { SafetySection } from './safety-section.tsx';
import { SignalList } from './signal-list.tsx';
import { useVetting } from './use-creator.ts';

const search = z.object({ view: z.enum(['table', 'grid']).default('table') });

/** What is posted, how steadily, in which forms, and how it fits the brand. */
export function ContentPage() {
  const { data: report } = useVetting();
  if (report === undefined) return null;
  const own = report.signals.filter(
    (signal) => signal.point === 'content_consistency' || signal.point === 'brand_alignment',
  );
  return (
    <>
      <div className="cols">
        <Section title="Consistency and fit">
          <SignalList
            label="Content consistency and brand alignment"
            signals={own}
            withPoints={report.score !== null}
          />
        </Section>
        <Mix report={report} />
      </div>
      {report.quality != null && (
        <>
          <hr className="vt-rule" />
          <QualitySection quality={report.quality} />
        </>
      )}
      <hr className="vt-rule" />
      <div className="cols">
        <SafetySection report={report} />
        <FitSection report={report} />
      </div>
      <hr className="vt-rule" />
      <CampaignFitSection personId={report.personId} />
      <hr className="vt-rule" />
      <Posts report={report} />
    </>
  );
}

function Mix({ report }: { report: Vetting }) {
  const { formats, stored, measured, stated } = report.content;
  const parts = formats.slice(0, 8).map(
    (one, i): StackPart => ({
      id: one.format,
      label: one.format,
      size: one.posts,
      value: String(one.posts),
      category: categories[i] ?? 'rest',
    }),
  );
  return (
    <Section title="Formats" note={formatPlural(stored, 'post')}>
      {parts.length === 0 ? (
        <p className="meta vt-empty">No posts are on record.</p>
      ) : (
        <StackedBar label="Posts by format" parts={parts} />
      )}
      <p className="meta vt-note">
        {measured} of {stored} have figures
        {stated === null ? '; how many were ever made is not known' : `; ${formatCompact(stated)} were ever made`}.
      </p>
    </Section>
  );
}

const categories = [1, 2, 3, 4, 5, 6, 7, 8] as const;

function Posts({ report }: { report: Vetting }) {
  const [{ view }, setState] = useSearchState(search);
  const { rows, query } = useApiPages(listCreatorPosts, {
    personId: report.personId,
    profileId: report.profileId,
    limit: 100,
  });
  const empty = (
    <EmptyState title="No posts on record">
      Import posts with their captions and figures, and the report will rest on them.
    </EmptyState>
  );
  const end = (
    <Segments
      label="Show posts as"
      value={view}
      onChange={(next) => setState({ view: next })}
      options={[
        { value: 'table', label: 'Table' },
        { value: 'grid', label: 'Grid' },
      ]}
    />
  );
  const onEnd = () => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  return (
    <Section title="Posts" note="newest first" end={end}>
      {view === 'grid' && query.data !== undefined && rows.length > 0 ? (
        <PostGrid posts={rows} onEnd={onEnd} hasMore={query.hasNextPage} />
      ) : (
        <DataTable
          label="Posts"
          columns={columns}
          rows={query.data === undefined ? undefined : rows}
          rowId={(post) => post.id}
          more={{
            empty,
            error: query.error,
            onRetry: () => void query.refetch(),
            onEnd,
            ...(rows.length > 40 && { height: 640 }),
          }}
        />
      )}
    </Section>
  );
}

const figure = (label: string, pick: (post: Post) => number | null) => (post: Post) => {
  const value = pick(post);
  return (
    <Figure
      label={label}
      value={value === null ? null : formatCompact(value)}
      meaning={{ formula: 'as observed on the post', source: post.source, n: '1 post', asOf: post.observedAt }}
      missing="–"
    />
  );
};

const columns: TableColumn<Post>[] = [
  {
    id: 'date',
    header: 'Posted',
    width: 112,
    cell: (post) => (post.postedAt === null ? <span className="ink-3">not known</span> : formatDate(post.postedAt)),
  },
  {
    id: 'format',
    header: 'Format',
    width: 90,
    from: 680,
    cell: (post) => post.format ?? <span className="ink-3">not known</span>,
  },
  {
    id: 'caption',
    header: 'Caption',
    cell: (post) =>
      post.url !== null && /^https?:\/\//.test(post.url) ? (
        <a href={post.url} target="_blank" rel="noreferrer noopener" className="clip vt-caption">
          {captionOf(post)}
        </a>
      ) : (
        <span className="clip vt-caption">{captionOf(post)}</span>
      ),
  },
  { id: 'likes', header: 'Likes', width: 84, align: 'end', cell: figure('Likes', (post) => post.likes) },
  {
    id: 'comments',
    header: 'Comments',
    width: 96,
    align: 'end',
    from: 680,
    cell: figure('Comments', (post) => post.comments),
  },
  { id: 'views', header: 'Views', width: 84, align: 'end', from: 900, cell: figure('Views', (post) => post.views) },
  {
    id: 'shares',
    header: 'Shares',
    width: 84,
    align: 'end',
    from: 1240,
    cell: figure('Shares', (post) => post.shares),
  },
  { id: 'saves', header: 'Saves', width: 84, align: 'end', from: 1240, cell: figure('Saves', (post) => post.saves) },
];

function captionOf(post: Post): string {
  return post.caption === null || post.caption.trim() === '' ? 'No caption' : post.caption.replaceAll(/\s+/g, ' ');
}
