import { Button } from '@mantine/core';
import { useState } from 'react';
import { z } from 'zod';
import { type DealPost, dealRules, listSponsoredPosts, type Vetting } from '#modules/vetting/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { VerdictTag } from '#web/ui/verdict-tag.tsx';
import { CorrectSponsoredDialog } from './correct-sponsored-dialog.tsx';
import { rate } from './words.ts';

const search = z.object({ paid: z.enum(['deal', 'likely', 'own']).default('deal') });

const labels = {
  clear: { verdict: 'yes', word: 'Clear label' },
  weak: { verdict: 'caution', word: 'Weak label' },
  none: { verdict: 'no', word: 'No label' },
} as const;

const emptyTexts = {
  deal: 'No post shows a label, tag, wording, code or link of a deal.',
  likely: 'No caption reads like an ad without being one by a rule.',
  own: 'Every post on record is part of a deal, or none has a caption.',
} as const;

/** Each post with the rule that took it for paid, what its text alone says, and a person's word above both. */
export function SponsoredPosts({ report }: { report: Vetting }) {
  const [{ paid }, setState] = useSearchState(search);
  const mayEdit = useCan('vetting:write');
  const [corrected, setCorrected] = useState<DealPost | null>(null);
  const { rows, query } = useApiPages(listSponsoredPosts, {
    personId: report.personId,
    profileId: report.profileId,
    state: paid,
    limit: 40,
  });
  return (
    <Section
      title="Posts"
      note={paid === 'likely' ? 'by their wording alone; counted nowhere until a person says so' : 'newest first'}
      end={
        <Segments
          label="Which posts"
          value={paid}
          onChange={(next) => setState({ paid: next })}
          options={[
            { value: 'deal', label: 'Paid' },
            { value: 'likely', label: 'Maybe' },
            { value: 'own', label: 'Own' },
          ]}
        />
      }
    >
      {query.error !== null && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <SkeletonLines count={6} label="Reading posts" />}
      {query.data !== undefined && rows.length === 0 && <EmptyState title="None here">{emptyTexts[paid]}</EmptyState>}
      <ul className="vt-paid" aria-label="Posts">
        {rows.map((post) => (
          <PostRow key={post.postId} post={post} onCorrect={mayEdit ? () => setCorrected(post) : undefined} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="subtle"
          color="gray"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more posts
        </Button>
      )}
      {corrected !== null && (
        <CorrectSponsoredDialog
          key={corrected.postId}
          personId={report.personId}
          post={corrected}
          onClose={() => setCorrected(null)}
        />
      )}
    </Section>
  );
}

function PostRow({ post, onCorrect }: { post: DealPost; onCorrect: (() => void) | undefined }) {
  const look = post.disclosure === null ? null : labels[post.disclosure];
  return (
    <li>
      <div className="vt-ev-text">
        {post.url !== null && /^https?:\/\//.test(post.url) ? (
          <a href={post.url} target="_blank" rel="noreferrer noopener" className="vt-clamp">
            {post.excerpt}
          </a>
        ) : (
          <span className="vt-clamp">{post.excerpt}</span>
        )}
        <span className="meta">
          {post.postedAt === null ? 'date not known' : formatDate(post.postedAt)}
          {post.brands.length > 0 && ` · ${post.brands.map((brand) => `@${brand}`).join(', ')}`}
          {post.rate !== null && ` · engagement ${rate(post.rate)}`}
        </span>
        <span className="meta">
          {post.rule === null ? 'no rule fired' : `${dealRules[post.rule.name]}: “${post.rule.wording}”`}
          {post.correction !== null &&
            ` · ${post.correction.isSponsored ? 'paid' : 'not paid'}, says ${post.correction.by}${post.correction.reason === '' ? '' : `: ${post.correction.reason}`}`}
        </span>
      </div>
      <div className="vt-paid-end">
        {look !== null && <VerdictTag verdict={look.verdict}>{look.word}</VerdictTag>}
        {post.correction !== null && <Tag tone="accent">by hand</Tag>}
        <span className="meta">
          text alone{' '}
          <Figure
            label="By its text alone"
            value={post.probability === null ? null : formatShare(post.probability)}
            missing="not known"
            meaning={{
              formula:
                'how likely a post with such a text discloses an ad, label and names left out of account; 1.9 % for any post',
              source: post.reasons.length === 0 ? 'nothing spoke for it' : post.reasons.join(', '),
              n: '1 post',
            }}
          />
        </span>
        {onCorrect !== undefined && (
          <Button size="compact-xs" variant="default" onClick={onCorrect}>
            Correct
          </Button>
        )}
      </div>
    </li>
  );
}
