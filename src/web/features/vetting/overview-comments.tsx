import { useState } from 'react';
import { type CommentKind, commentKinds, listVettedComments, type Vetting } from '#modules/vetting/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatCount, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { StackedBar, type StackPart } from '#web/ui/stacked-bar.tsx';
import { CommentRow } from './comment-row.tsx';
import { kindColours, kindWords } from './comment-words.ts';
import { useCreatorChoice } from './use-creator.ts';
import './comments.css';

/** Fewer comments than this give counts, but no shares. */
const commentsForShares = 20;
/** The newest comments among which one of each kind is looked for. */
const lookedAt = 200;
const order: readonly CommentKind[] = [
  'specific_praise',
  'conversation',
  'generic_praise',
  'emoji_only',
  'tag_only',
  'spam_promo',
];

/** What people write, the short of it: the mix of kinds, what of it is worth reading beside peers, and one comment of each kind. */
export function OverviewComments({ report }: { report: Vetting }) {
  const { comments, personId } = report;
  const all = (
    <AppLink to="/creators/$personId/comments" params={{ personId }}>
      All comments
    </AppLink>
  );
  if (comments == null || comments.n === 0)
    return (
      <Section title="Comments" end={all}>
        <p className="meta vt-empty">
          {comments == null || comments.unread === 0
            ? 'Not known: no comment is stored. Import a file of comments, or let a connection read them.'
            : `${formatPlural(comments.unread, 'comment')} still to be read.`}
        </p>
      </Section>
    );
  const newest = comments.newestAt === null ? '' : `, newest ${formatDate(comments.newestAt)}`;
  return (
    <Section title="Comments" note={`${formatPlural(comments.n, 'comment')} of readers${newest}`} end={all}>
      <Worthwhile report={report} />
      {comments.kinds !== undefined && <Mix kinds={comments.kinds} n={comments.n} />}
      <Examples />
    </Section>
  );
}

function Worthwhile({ report }: { report: Vetting }) {
  const found = report.besidePeers?.find((one) => one.name === 'comments_worthwhile');
  if (found === undefined) return null;
  const { peers } = found;
  return (
    <p className="vt-note">
      <b>{formatShare(found.value)}</b> worth reading{' '}
      <span className="meta">
        (conversation and praise that names a thing){' '}
        {peers === null
          ? '; fewer than 20 vetted peers have comments to compare with'
          : `; ${formatCount(peers.n)} vetted peers have ${formatShare(peers.median)} at the median`}
      </span>
    </p>
  );
}

function Mix({ kinds, n }: { kinds: Record<string, number>; n: number }) {
  const isEnough = n >= commentsForShares;
  const parts = order
    .map((kind): StackPart => {
      const count = kinds[kind] ?? 0;
      return {
        id: kind,
        label: kindWords[kind],
        size: count,
        value: isEnough ? formatShare(count / n, 0) : formatCount(count),
        note: isEnough ? `${formatCount(count)} of ${formatCount(n)}` : 'too few for shares',
        category: kindColours[kind],
      };
    })
    .filter((part) => part.size > 0);
  return <StackedBar label="Comments by kind" parts={parts} />;
}

/** The newest of each kind: not the best, not the worst. */
function Examples() {
  const { wanted } = useCreatorChoice();
  const [edited, setEdited] = useState<string | null>(null);
  const query = useApiQuery(listVettedComments, { ...wanted, limit: lookedAt });
  return (
    <>
      <h3 className="vt-h3">
        Evidence <span className="meta">the newest of each kind; correct a label and the shares change</span>
      </h3>
      <QueryState query={query}>
        {({ rows }) => (
          <ul className="vt-comment-list" aria-label="One comment of each kind">
            {commentKinds
              .toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
              .flatMap((kind) => rows.find((row) => row.kind === kind && !row.isOwn) ?? [])
              .map((comment) => (
                <CommentRow
                  key={comment.id}
                  comment={comment}
                  isEdited={edited === comment.id}
                  onEdit={(isEdited) => setEdited(isEdited ? comment.id : null)}
                />
              ))}
          </ul>
        )}
      </QueryState>
    </>
  );
}
