import { Button, CopyButton } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { PortalSubmission } from '#modules/submissions/api.ts';
import { MarkedCaption } from '#web/shell/disclosure-marks.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { FileTiles } from './file-tiles.tsx';
import { words } from './words.ts';

/** What was sent last, as it stands. */
export function SentRound({ piece, round }: { piece: PortalSubmission; round: PortalSubmission['rounds'][number] }) {
  const caption =
    round.proposal !== null && piece.state !== 'changes_requested' ? round.proposal.caption : round.caption;
  return (
    <section aria-labelledby="ps-sent">
      <header>
        <h2 id="ps-sent">{words.earlier}</h2>
        <span className="meta">
          round {round.number}
          {round.submittedAt === null ? '' : `, ${formatDate(round.submittedAt)}`}
        </span>
      </header>
      <div className="ph-card">
        <FileTiles piece={piece} files={round.files} canRemove={false} />
        {round.videoUrl !== null && (
          <a href={round.videoUrl} target="_blank" rel="noreferrer noopener">
            {round.videoUrl}
          </a>
        )}
        {caption !== '' && (piece.state === 'approved' || piece.state === 'scheduled') && (
          <CopyButton value={caption}>
            {({ copied, copy }) => (
              <Button leftSection={<IconCopy size={18} stroke={1.6} aria-hidden />} onClick={copy}>
                {copied ? words.copied : words.copy}
              </Button>
            )}
          </CopyButton>
        )}
        {caption !== '' &&
          (round.disclosure === null ? (
            <p className="ph-text">{caption}</p>
          ) : (
            <MarkedCaption caption={caption} verdict={round.disclosure} />
          ))}
      </div>
    </section>
  );
}
