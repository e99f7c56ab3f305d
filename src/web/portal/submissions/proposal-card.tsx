import { Button } from '@mantine/core';
import { diffWordsWithSpace } from 'diff';
import { type PortalSubmission, portalUseCaption } from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Begin } from './begin-button.tsx';
import { words } from './words.ts';

interface Props {
  piece: PortalSubmission;
  round: PortalSubmission['rounds'][number];
}

/** A caption the brand changed: taken over with one tap, or written anew. */
export function ProposalCard({ piece, round }: Props) {
  const isPreview = useIsPreview();
  const { proposal } = round;
  const take = useApiMutation(portalUseCaption, {
    invalidate: ['portalSubmissions', 'portalHome'],
    onSuccess: () => sayDone('Thank you'),
    onError: (error) => sayFailed('Not taken over', error),
  });
  if (proposal === null) return null;
  const isAsked = piece.state === 'changes_requested';
  const isDone = !isAsked && proposal.confirmedAt !== null;
  const intlSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  const parts = diffWordsWithSpace(round.caption, proposal.caption, { intlSegmenter });
  return (
    <section className="ph-now" aria-labelledby="ps-proposal">
      <p className="meta" id="ps-proposal">
        {isAsked ? words.proposed : words.repaired}
      </p>
      <p className="ps-diff ps-ink" dir="auto">
        {parts.map((part, at) => {
          const key = `${at} ${part.value.length}`;
          if (part.added) return <ins key={key}>{part.value}</ins>;
          if (part.removed) return <del key={key}>{part.value}</del>;
          return <span key={key}>{part.value}</span>;
        })}
      </p>
      {isDone ? (
        <p>{words.confirmed}</p>
      ) : (
        <div className="acts">
          <Button
            variant="filled"
            fullWidth
            disabled={isPreview}
            loading={take.isPending}
            onClick={() => take.mutate({ deliverableId: piece.deliverableId, round: round.number })}
          >
            {words.useIt}
          </Button>
          {isAsked && <Begin piece={piece} label={words.writeMyself} />}
        </div>
      )}
    </section>
  );
}
