import { Button } from '@mantine/core';
import { IconHeart, IconMessageCircle, IconPlayerPlay } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Post } from '#modules/creators/api.ts';
import { formatCompact } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Tag } from '#web/ui/tag.tsx';

interface Props {
  posts: readonly Post[];
  hasMore: boolean;
  onEnd: () => void;
}

/** Posts as cards of words and figures; pictures are not stored, so none are shown. */
export function PostGrid({ posts, hasMore, onEnd }: Props) {
  return (
    <>
      <ul className="vt-grid" aria-label="Posts">
        {posts.map((post) => (
          <li key={post.id} className="card">
            <div className="spread">
              <span className="meta">{post.postedAt === null ? 'date not known' : formatDate(post.postedAt)}</span>
              <span className="row">
                {post.isPaidLabel === true && <Tag tone="accent">paid label</Tag>}
                {post.format !== null && <Tag>{post.format}</Tag>}
              </span>
            </div>
            <p className="vt-clamp">{post.caption ?? 'No caption'}</p>
            <div className="row meta">
              <Count icon={<IconHeart size={14} stroke={1.6} aria-hidden />} word="likes" value={post.likes} />
              <Count
                icon={<IconMessageCircle size={14} stroke={1.6} aria-hidden />}
                word="comments"
                value={post.comments}
              />
              <Count icon={<IconPlayerPlay size={14} stroke={1.6} aria-hidden />} word="views" value={post.views} />
            </div>
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button variant="subtle" color="gray" onClick={onEnd}>
          Show more posts
        </Button>
      )}
    </>
  );
}

function Count({ icon, word, value }: { icon: ReactNode; word: string; value: number | null }) {
  return (
    <span className="vt-count">
      {icon} {value === null ? 'not known' : formatCompact(value)}
      <span className="vh"> {word}</span>
    </span>
  );
}
