import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import {
  type Hashtag,
  type HashtagPost,
  listConnections,
  listHashtagPosts,
  listHashtags,
  syncConnection,
} from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDate, formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import './creators.css';

const platform = 'instagram';
const search = z.object({ tag: z.string().optional() });

/** What was posted under hashtags, as the platform tells it: without who wrote it. */
export function HashtagsPage() {
  const [state, setState] = useSearchState(search);
  const connections = useApiQuery(listConnections, {});
  const tags = useApiQuery(listHashtags, { platform });
  const tag = state.tag ?? tags.data?.[0]?.hashtag;
  const isOn = connections.data?.some((one) => one.platform === platform && one.state !== 'off') === true;
  const posts = (tags.data ?? []).reduce((sum, one) => sum + one.posts, 0);
  return (
    <div className="page">
      <PageHeader
        title={
          tags.data === undefined || posts === 0 ? 'Posts by hashtag' : `${formatPlural(posts, 'post')} under hashtags`
        }
        sub="Instagram tells what was posted under a hashtag, not by whom: open a post to see its creator, then capture the profile."
      />
      {isOn && <ReadHashtag onRead={(next) => setState({ tag: next })} />}
      <QueryState query={tags}>
        {(rows) =>
          rows.length === 0 && state.tag === undefined ? (
            <Nothing isOn={isOn} />
          ) : (
            <div className="stack">
              <Tags tags={rows} chosen={tag} onChoose={(next) => setState({ tag: next })} />
              {tag !== undefined && <Posts key={tag} tag={tag} />}
            </div>
          )
        }
      </QueryState>
    </div>
  );
}

function Nothing({ isOn }: { isOn: boolean }) {
  const go = useGo();
  if (isOn)
    return (
      <EmptyState title="No hashtag was read yet">
        Name one above. The platform answers for 30 different hashtags a week; posts come in within a minute.
      </EmptyState>
    );
  return (
    <EmptyState
      title="Instagram is not connected"
      action={<Button onClick={() => go('/settings/connections')}>See what it needs</Button>}
    >
      Hashtags are read through its Graph API. Everything else works without.
    </EmptyState>
  );
}

function ReadHashtag({ onRead }: { onRead: (tag: string) => void }) {
  const canRead = useCan('creators:write');
  const [text, setText] = useState('');
  const tag = text.trim().replace(/^#+/, '').toLowerCase();
  const sync = useApiMutation(syncConnection, {
    invalidate: ['connections'],
    onSuccess: () => {
      sayDone(`#${tag} is read in the background`);
      setText('');
      onRead(tag);
    },
  });
  if (!canRead) return null;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (tag !== '') sync.mutate({ platform, hashtags: [tag] });
  };
  return (
    <form className="row row-3 creators-hashtag" onSubmit={onSubmit}>
      <TextInput
        label="Hashtag"
        placeholder="#sourdough"
        value={text}
        maxLength={100}
        error={sync.error?.message}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" loading={sync.isPending} disabled={tag === ''}>
        Read posts
      </Button>
    </form>
  );
}

interface TagsProps {
  tags: readonly Hashtag[];
  chosen: string | undefined;
  onChoose: (tag: string) => void;
}

function Tags({ tags, chosen, onChoose }: TagsProps) {
  return (
    <ul className="row creators-hashtags" aria-label="Hashtags read">
      {tags.map((one) => (
        <li key={one.hashtag}>
          <Button
            size="compact-md"
            variant={one.hashtag === chosen ? 'light' : 'default'}
            aria-pressed={one.hashtag === chosen}
            title={`read ${formatWhen(one.readAt)}`}
            onClick={() => onChoose(one.hashtag)}
          >
            #{one.hashtag} {formatCount(one.posts)}
          </Button>
        </li>
      ))}
    </ul>
  );
}

const unknown = <span className="ink-3">not told</span>;
const count = (value: number | null) => (value === null ? unknown : formatCount(value));

const columns: TableColumn<HashtagPost>[] = [
  {
    id: 'caption',
    header: 'Post',
    cell: (post) => (
      <span className="clip block">
        {post.url === null ? (
          (post.caption ?? 'without words')
        ) : (
          <a href={post.url} target="_blank" rel="noopener noreferrer nofollow">
            {post.caption ?? 'without words'}
          </a>
        )}
      </span>
    ),
  },
  { id: 'format', header: 'Format', width: 110, from: 680, cell: (post) => post.format ?? unknown },
  { id: 'likes', header: 'Likes', width: 90, align: 'end', cell: (post) => count(post.likes) },
  { id: 'comments', header: 'Comments', width: 110, align: 'end', from: 680, cell: (post) => count(post.comments) },
  {
    id: 'posted',
    header: 'Posted',
    width: 120,
    align: 'end',
    cell: (post) => (post.postedAt === null ? unknown : formatDate(post.postedAt)),
  },
  { id: 'read', header: 'Read', width: 120, align: 'end', from: 900, cell: (post) => formatWhen(post.observedAt) },
];

function Posts({ tag }: { tag: string }) {
  const { rows, query } = useApiPages(listHashtagPosts, { platform, hashtag: tag });
  return (
    <Section title={`#${tag}`} note="newest first">
      <DataTable
        label={`Posts under #${tag}`}
        columns={columns}
        rows={query.data === undefined ? undefined : rows}
        rowId={(post) => post.externalId}
        more={{
          height: 560,
          error: query.error,
          onRetry: () => void query.refetch(),
          onEnd: () => void (query.hasNextPage && query.fetchNextPage()),
          empty: (
            <EmptyState title="No post of it is here yet">
              It may wait its turn: the connection’s page says what is read and what could not be.
            </EmptyState>
          ),
        }}
      />
    </Section>
  );
}
