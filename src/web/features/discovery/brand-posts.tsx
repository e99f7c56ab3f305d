import { Button } from '@mantine/core';
import { platformNames } from '#kernel/platform.ts';
import { type BrandPost, listBrandPosts, type Payment } from '#modules/discovery/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { formatCompact } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { Tag } from '#web/ui/tag.tsx';
import type { BrandAsked } from './brand-creators.tsx';

/** The posts that name a brand, newest first: the evidence behind every figure. */
export function BrandPosts({ asked, payment }: { asked: BrandAsked; payment: Payment | undefined }) {
  const { rows, query } = useApiPages(listBrandPosts, {
    ...asked,
    limit: 50,
    ...(payment === undefined ? {} : { payment }),
  });
  if (query.isPending) return <SkeletonLines />;
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0)
    return (
      <EmptyState title="No posts in this period">No post of this workspace names the brand on these days.</EmptyState>
    );
  return (
    <div>
      <ul>
        {rows.map((post) => (
          <Post key={post.id} post={post} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button mt={12} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more posts
        </Button>
      )}
    </div>
  );
}

function Post({ post }: { post: BrandPost }) {
  const figures = [
    post.likes === null ? null : `${formatCompact(post.likes)} likes`,
    post.comments === null ? null : `${formatCompact(post.comments)} comments`,
    post.views === null ? null : `${formatCompact(post.views)} views`,
  ].filter((part) => part !== null);
  return (
    <li className="discover-post">
      <div className="row">
        <b>
          <AppLink to="/creators/$personId" params={{ personId: post.personId }}>
            {post.name}
          </AppLink>
        </b>
        <span className="meta">
          @{post.handle}, {platformNames[post.platform]},{' '}
          {post.postedAt === null ? 'date not known' : formatDate(post.postedAt)}
        </span>
        <PaymentTag post={post} />
      </div>
      <p>{post.caption ?? 'The caption is not known.'}</p>
      <span className="meta">{figures.length === 0 ? 'figures not known' : figures.join(' · ')}</span>
    </li>
  );
}

function PaymentTag({ post }: { post: BrandPost }) {
  switch (post.payment) {
    case 'paid':
      return <Tag tone="accent">{`paid: ${post.paymentSign ?? 'labelled'}`}</Tag>;
    case 'organic':
      return <Tag>organic</Tag>;
    case 'unknown':
      return <span className="meta">paid or not: not said</span>;
  }
}
