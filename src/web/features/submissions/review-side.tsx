import { Button } from '@mantine/core';
import { useState } from 'react';
import { compareRounds, type DraftRound, type Submission } from '#modules/submissions/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { Checklist, type ChecklistItem } from '#web/ui/checklist.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { DiffParts } from './diff-text.tsx';
import { DraftVideo } from './draft-video.tsx';
import { ExpectationSection } from './expectation-section.tsx';
import { useDraftFile } from './use-draft-file.ts';
import { roleNames } from './words.ts';

interface Props {
  draft: Submission;
  round: DraftRound;
  onRound: (number: number) => void;
}

/** Beside the draft: the brief's points, who decided, and the rounds before. */
export function ReviewSide({ draft, round, onRound }: Props) {
  const met = draft.checklist.filter((point) => point.result === 'met').length;
  return (
    <aside className="sub-side">
      {round.number === draft.round && draft.checklist.length > 0 && (
        <Section
          title={round.briefVersion === 0 ? 'Checks' : `Brief v${round.briefVersion}`}
          end={
            <span className="meta">
              {met} of {draft.checklist.length} met
            </span>
          }
        >
          <Checklist label="What the brief asks for" items={draft.checklist.map(toItem)} />
        </Section>
      )}
      <Reviewers draft={draft} />
      <ExpectationSection draft={draft} />
      <Rounds draft={draft} round={round} onRound={onRound} />
    </aside>
  );
}

const checkStates = { met: 'met', missing: 'failed', unknown: 'open' } as const;

function toItem(point: Submission['checklist'][number]): ChecklistItem {
  return { id: point.point, state: checkStates[point.result], title: point.title, note: point.detail };
}

function Reviewers({ draft }: { draft: Submission }) {
  return (
    <Section title="Who decides">
      <ul className="sub-reviewers">
        {draft.reviewers.map((one) => (
          <li key={one.role}>
            <div className="spread">
              <b>{roleNames[one.role]}</b>
              {one.decision === null ? (
                <Tag>{one.isRequired ? 'waited for' : 'may say something'}</Tag>
              ) : (
                <Tag tone={one.decision.decision === 'approved' ? 'good' : 'warn'}>
                  {one.decision.decision === 'approved' ? 'approved' : 'asks for changes'}
                </Tag>
              )}
            </div>
            <span className="meta block">
              {one.decision === null
                ? one.names.join(', ') || 'any member who may decide'
                : `${one.decision.isAutomatic ? 'by silence' : one.decision.by}, ${formatWhen(one.decision.at)}`}
            </span>
            {one.decision !== null && one.decision.note !== '' && <p className="ink-2">{one.decision.note}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

const outcomeWords = {
  draft: 'not handed in',
  open: 'waits',
  changes_requested: 'changes asked',
  approved: 'approved',
  withdrawn: 'withdrawn',
} as const;

function Rounds({ draft, round, onRound }: Props) {
  const [isBeside, setBeside] = useState(false);
  const before = draft.rounds.filter((one) => one.number < round.number).at(-1);
  if (draft.rounds.length < 2) return null;
  return (
    <Section
      title={before === undefined ? 'Rounds' : `Since round ${before.number}`}
      end={
        before !== undefined && (
          <Button size="compact-md" variant="subtle" color="gray" onClick={() => setBeside(!isBeside)}>
            {isBeside ? 'Close' : 'Side by side'}
          </Button>
        )
      }
    >
      {before !== undefined && <Since draft={draft} from={before} to={round} isBeside={isBeside} />}
      <div className="row sub-wrap">
        {draft.rounds.map((one) => (
          <Button
            key={one.number}
            size="compact-md"
            aria-pressed={one.number === round.number}
            variant={one.number === round.number ? 'light' : 'default'}
            onClick={() => onRound(one.number)}
          >
            Round {one.number}: {outcomeWords[one.outcome]}
          </Button>
        ))}
      </div>
    </Section>
  );
}

function Since({
  draft,
  from,
  to,
  isBeside,
}: {
  draft: Submission;
  from: DraftRound;
  to: DraftRound;
  isBeside: boolean;
}) {
  const query = useApiQuery(compareRounds, { submissionId: draft.id, from: from.number, to: to.number });
  const addressOf = useDraftFile(draft.id);
  return (
    <QueryState query={query}>
      {(compared) => {
        const changed = compared.files.filter((one) => one.change !== 'same');
        const isSame = compared.caption.every((part) => part.kind === 'same');
        return (
          <div className="stack">
            <ul className="sub-since">
              <li>{isSame ? 'Caption unchanged' : 'Caption changed'}</li>
              <li>{changed.length === 0 ? 'The same files' : `${formatPlural(changed.length, 'file')} changed`}</li>
              {compared.videoUrl.from !== compared.videoUrl.to && <li>Another link to the video</li>}
            </ul>
            {!isSame && <DiffParts parts={compared.caption} />}
            {isBeside && (
              <div className="sub-beside">
                {[from, to].map((one) => (
                  <figure key={one.number}>
                    {one.files
                      .slice(0, 4)
                      .map((file) =>
                        file.kind === 'image' ? (
                          <img key={file.id} src={addressOf(file).small} alt={`Round ${one.number}: ${file.name}`} />
                        ) : (
                          <DraftVideo key={file.id} name={file.name} src={addressOf(file).whole} />
                        ),
                      )}
                    <figcaption className="meta">Round {one.number}</figcaption>
                  </figure>
                ))}
              </div>
            )}
          </div>
        );
      }}
    </QueryState>
  );
}
