import type { DealsSection, TopPost } from '#modules/vetting/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatCompact } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { rate } from './words.ts';

/** What did best, own and paid, and the tags and names used most. */
export function TopContent({ top }: { top: DealsSection['top'] }) {
  return (
    <>
      <div className="cols">
        <TopPosts title="Best posts" posts={top.posts} empty="No post with figures." />
        <TopPosts title="Best paid posts" posts={top.sponsored} empty="No paid post with figures." />
      </div>
      <div className="cols">
        <TopWords title="Hashtags" sign="#" words={top.hashtags} />
        <TopWords title="Mentions" sign="@" words={top.mentions} />
      </div>
    </>
  );
}

function TopPosts({ title, posts, empty }: { title: string; posts: readonly TopPost[]; empty: string }) {
  return (
    <Section title={title} note="by engagement">
      {posts.length === 0 ? (
        <p className="meta vt-empty">{empty}</p>
      ) : (
        <ol className="vt-evidence">
          {posts.map((post) => (
            <li key={post.postId}>
              <span className="vt-ev-text">
                {post.url !== null && /^https?:\/\//.test(post.url) ? (
                  <a href={post.url} target="_blank" rel="noreferrer noopener" className="vt-clamp">
                    {post.excerpt}
                  </a>
                ) : (
                  <span className="vt-clamp">{post.excerpt}</span>
                )}
                <span className="meta">
                  {post.postedAt === null ? 'date not known' : formatDate(post.postedAt)}
                  {post.likes !== null && ` · ${formatCompact(post.likes)} likes`}{' '}
                  {post.isDeal && <Tag tone="accent">paid</Tag>}
                </span>
              </span>
              <b>
                <Figure
                  label="Engagement"
                  value={rate(post.rate)}
                  meaning={{ formula: 'by the definition the score uses', n: '1 post' }}
                />
              </b>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function TopWords({ title, sign, words }: { title: string; sign: string; words: DealsSection['top']['hashtags'] }) {
  return (
    <Section title={title} note="most used">
      {words.length === 0 ? (
        <p className="meta vt-empty">None in the posts on record.</p>
      ) : (
        <ul className="vt-words">
          {words.map(({ word, posts, deals }) => (
            <li key={word}>
              <span className="clip">
                {sign}
                {word}
              </span>
              <span className="meta">
                {posts}
                {deals > 0 && `, ${deals} paid`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
