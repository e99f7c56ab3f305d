import { Button } from '@mantine/core';
import { IconPin } from '@tabler/icons-react';
import { useRef } from 'react';
import { type CaptionVerdict, type DraftRound, proposeCaption, type Submission } from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { DisclosureFindings, MarkedCaption } from '#web/shell/disclosure-marks.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { DiffText } from './diff-text.tsx';
import { draftNouns } from './words.ts';

interface Props {
  draft: Submission;
  round: DraftRound;
  onSpan: (span: { start: number; end: number; text: string }) => void;
}

/** The caption that counts, what the rules found in it, and the repair one click away. */
export function CaptionSection({ draft, round, onSpan }: Props) {
  const mayWrite = useCan('content:write');
  const caption = round.proposal?.caption ?? round.caption;
  const propose = useApiMutation(proposeCaption, {
    invalidate: draftNouns,
    onSuccess: (_, { caption: laid }) =>
      sayDone(laid === null ? 'Taken back' : 'Repaired. Approve it, or ask the creator to use it'),
    onError: (error) => sayFailed('Not changed', error),
  });
  const canRepair = mayWrite && draft.state === 'pending_approval' && round.number === draft.round;
  const lay = (laid: string | null) => propose.mutate({ submissionId: draft.id, round: round.number, caption: laid });
  const { disclosure } = round;
  return (
    <Section
      title="Caption"
      note={`${formatPlural([...caption].length, 'character')}${disclosure === null ? '' : `, checked by the rules of ${disclosure.country}`}`}
    >
      {disclosure === null ? (
        <p className="dm-caption" dir="auto">
          {caption || 'No caption'}
        </p>
      ) : (
        <Marked caption={caption} verdict={disclosure} canPin={mayWrite && round.proposal === null} onSpan={onSpan} />
      )}
      {round.proposal !== null && (
        <Proposal round={round} draft={draft} canUndo={canRepair} onUndo={() => lay(null)} isBusy={propose.isPending} />
      )}
      {disclosure !== null && caption !== '' && (
        <DisclosureFindings
          caption={caption}
          verdict={disclosure}
          isBusy={propose.isPending}
          {...(canRepair ? { onRepair: (repaired: string) => lay(repaired) } : {})}
          actions={
            canRepair && <span className="meta">{draft.person.name.split(' ')[0]} sees the change and confirms it</span>
          }
        />
      )}
      {round.overruled !== null && (
        <p className="meta">
          Approved although the label fails: “{round.overruled.reason}”, {round.overruled.by}
        </p>
      )}
      {round.note !== '' && (
        <p>
          <span className="meta block">Note of the creator</span>
          {round.note}
        </p>
      )}
    </Section>
  );
}

interface MarkedProps {
  caption: string;
  verdict: CaptionVerdict;
  canPin: boolean;
  onSpan: Props['onSpan'];
}

/** The caption with its marks; words chosen in it can be remarked on. */
function Marked({ caption, verdict, canPin, onSpan }: MarkedProps) {
  const box = useRef<HTMLDivElement>(null);
  const pin = () => {
    const text = window.getSelection()?.toString().trim() ?? '';
    const isHere = box.current?.contains(window.getSelection()?.anchorNode ?? null) === true;
    const start = isHere && text !== '' ? caption.indexOf(text) : -1;
    if (start < 0) return sayFailed('Nothing chosen', new Error('Choose words of the caption first.'));
    onSpan({ start, end: start + text.length, text });
  };
  return (
    <div ref={box} className="stack">
      <MarkedCaption caption={caption} verdict={verdict} />
      {canPin && caption !== '' && (
        <div>
          <Button
            size="compact-md"
            variant="subtle"
            color="gray"
            leftSection={<IconPin size={16} stroke={1.6} aria-hidden />}
            onMouseDown={(event) => event.preventDefault()}
            onClick={pin}
          >
            Remark on the words chosen
          </Button>
        </div>
      )}
    </div>
  );
}

interface ProposalProps {
  round: DraftRound;
  draft: Submission;
  canUndo: boolean;
  onUndo: () => void;
  isBusy: boolean;
}

function Proposal({ round, draft, canUndo, onUndo, isBusy }: ProposalProps) {
  const { proposal } = round;
  if (proposal === null) return null;
  const name = draft.person.name.split(' ')[0] ?? '';
  const isAsked = round.outcome !== 'open';
  const words =
    proposal.confirmedAt !== null
      ? `${name} confirmed it`
      : isAsked
        ? `${name} has not confirmed it yet`
        : 'not sent yet';
  return (
    <div className="dm-card good sub-proposal">
      <div className="spread">
        <b>Changed by {proposal.by}</b>
        <span className="meta">{words}</span>
      </div>
      <DiffText before={round.caption} after={proposal.caption} />
      {canUndo && (
        <div>
          <Button size="compact-md" loading={isBusy} onClick={onUndo}>
            Take the change back
          </Button>
        </div>
      )}
    </div>
  );
}
