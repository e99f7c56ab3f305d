import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { platformNames } from '#kernel/platform.ts';
import { type PortalSubmission, portalGetSubmission, portalWithdrawDraft } from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { Tag, type Tone } from '#web/ui/tag.tsx';
import { Begin } from './begin-button.tsx';
import { DraftForm } from './draft-form.tsx';
import { LiveForm } from './live-form.tsx';
import { ProposalCard } from './proposal-card.tsx';
import { Remarks } from './remarks.tsx';
import { SentRound } from './sent-round.tsx';
import './submissions.css';
import { stateWords, words } from './words.ts';

/** One piece: what to do now on top, then what was sent and what was said about it. */
export function PiecePage() {
  const { deliverableId = '' } = useParams({ strict: false });
  const query = useApiQuery(portalGetSubmission, { deliverableId });
  if (query.error?.kind === 'not_found')
    return (
      <EmptyState isPage title={words.gone}>
        {words.goneText}
      </EmptyState>
    );
  if (query.error)
    return (
      <>
        <h1 className="vh">{words.title}</h1>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </>
    );
  if (query.data === undefined) return <SkeletonLines count={8} label={words.loading} />;
  return <Piece piece={query.data} />;
}

function Piece({ piece }: { piece: PortalSubmission }) {
  const newest = piece.rounds.at(-1);
  const isOpen = piece.state === 'draft' && newest !== undefined;
  return (
    <>
      <header className="ps-head">
        <p className="meta">
          {piece.campaign.name}, {platformNames[piece.platform]} {piece.format}
          {piece.dueOn === null ? '' : `, due ${formatDate(`${piece.dueOn}T12:00:00Z`)}`}
        </p>
        <h1>{piece.title}</h1>
        <div className="row">
          <Tag tone={toneOf(piece)}>{stateWords[piece.state ?? 'none']}</Tag>
          {piece.round > 0 && <span className="meta">{sayRound(piece)}</span>}
        </div>
      </header>
      <Problems piece={piece} />
      {(piece.state === 'changes_requested' || (isOpen && piece.rounds.length > 1)) && piece.asked !== null && (
        <section className="ph-now" aria-labelledby="ps-asked">
          <p className="meta" id="ps-asked">
            {words.asked}
          </p>
          <p className="ph-text ps-ink">{piece.asked.note}</p>
          {!isOpen && newest?.proposal == null && <Begin piece={piece} label={words.again} />}
        </section>
      )}
      {newest !== undefined && newest.proposal !== null && <ProposalCard piece={piece} round={newest} />}
      {(piece.state === null || piece.state === 'withdrawn') && (
        <section className="ph-now">
          <p>Picture, video and caption, or a private link. You can save and come back.</p>
          <div className="acts">
            <Begin piece={piece} label={words.begin} />
          </div>
        </section>
      )}
      {isOpen && <DraftForm key={newest.number} piece={piece} round={newest} />}
      {piece.state === 'pending_approval' && <Waiting piece={piece} />}
      {piece.state !== 'draft' && piece.state !== 'pending_approval' && <LiveForm piece={piece} />}
      <Remarks piece={piece} />
      {!isOpen && newest !== undefined && <SentRound piece={piece} round={newest} />}
    </>
  );
}

function toneOf({ state }: PortalSubmission): Tone {
  if (state === 'changes_requested') return 'warn';
  return state === 'approved' || state === 'scheduled' || state === 'verified' ? 'good' : 'plain';
}

function sayRound(piece: PortalSubmission): string {
  const { used, max } = piece.revisions;
  return max === null ? `round ${piece.round}` : `round ${piece.round}, ${used} of ${max} rounds of changes used`;
}

function Waiting({ piece }: { piece: PortalSubmission }) {
  const isPreview = useIsPreview();
  const withdraw = useApiMutation(portalWithdrawDraft, {
    invalidate: ['portalSubmissions', 'portalHome'],
    onSuccess: () => sayDone('You have it back'),
    onError: (error) => sayFailed('Not taken back', error),
  });
  return (
    <section className="ph-card">
      <p>
        The brand looks at it.
        {piece.autoApproveAfter === null
          ? ''
          : ` If nobody answers by the end of ${formatDate(`${piece.autoApproveAfter}T12:00:00Z`)}, it counts as approved.`}
      </p>
      <Button
        variant="subtle"
        color="gray"
        disabled={isPreview}
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate({ deliverableId: piece.deliverableId, round: piece.round })}
      >
        {words.withdraw}
      </Button>
      <p className="meta">{words.withdrawText}</p>
    </section>
  );
}

function Problems({ piece }: { piece: PortalSubmission }) {
  const problems = piece.live?.problems ?? [];
  if (problems.length === 0) return null;
  return (
    <section className="ph-now" aria-labelledby="ps-mend">
      <p className="meta" id="ps-mend">
        Please mend the post
      </p>
      <ul className="ph-stays">
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
      <p>We look again by ourselves.</p>
    </section>
  );
}
