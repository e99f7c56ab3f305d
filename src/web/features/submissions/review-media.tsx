import { Button } from '@mantine/core';
import { IconCheck, IconExternalLink, IconPin } from '@tabler/icons-react';
import { type MouseEvent, useRef, useState } from 'react';
import type { DraftFile, DraftRound, ReviewComment, Submission } from '#modules/submissions/api.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { NoVideo } from './draft-video.tsx';
import { useDraftFile } from './use-draft-file.ts';
import { formatSecond } from './words.ts';

/** Where a remark is going to be pinned. */
export interface Pinning {
  fileId?: string;
  place?: { x: number; y: number };
  second?: number;
  span?: { start: number; end: number; text: string };
}

interface Props {
  draft: Submission;
  round: DraftRound;
  pinning: Pinning | null;
  onPin: (pinning: Pinning) => void;
}

/** The pictures and videos of a round, large, one at a time, with the remarks pinned to them. */
export function ReviewMedia({ draft, round, pinning, onPin }: Props) {
  const [chosen, setChosen] = useState<string | null>(null);
  const addressOf = useDraftFile(draft.id);
  const file = round.files.find((one) => one.id === chosen) ?? round.files[0];
  return (
    <div className="sub-media">
      {file === undefined ? (
        <p className="sub-frame sub-none meta">
          {round.videoUrl === null ? 'No picture or video in this round' : 'The video is at a private link'}
        </p>
      ) : file.kind === 'image' ? (
        <ImageFrame key={file.id} {...{ draft, round, pinning, onPin, file }} />
      ) : (
        <VideoFrame key={file.id} {...{ draft, round, pinning, onPin, file }} />
      )}
      {round.files.length > 1 && (
        <div className="sub-strip">
          {round.files.map((one, at) => (
            <button
              key={one.id}
              type="button"
              aria-label={`File ${at + 1}: ${one.name}`}
              aria-pressed={one.id === file?.id}
              onClick={() => setChosen(one.id)}
            >
              {one.kind === 'image' ? <img src={addressOf(one).small} alt="" /> : <span className="meta">video</span>}
            </button>
          ))}
        </div>
      )}
      {round.videoUrl !== null && (
        <a className="row" href={round.videoUrl} target="_blank" rel="noreferrer noopener">
          <IconExternalLink size={16} stroke={1.6} aria-hidden /> Open the private video
        </a>
      )}
    </div>
  );
}

interface FrameProps extends Props {
  file: DraftFile;
}

/** The remarks shown with a round: its own, and those of earlier ones that are still open. */
export function remarksOf(comments: readonly ReviewComment[], round: number): ReviewComment[] {
  return comments.filter(
    (one) => one.replyTo === null && (one.round === round || (one.round < round && one.resolvedAt === null)),
  );
}

function pinsOf(
  draft: Submission,
  of: { round: number; fileId: string },
): { comment: ReviewComment; number: number }[] {
  return remarksOf(draft.comments, of.round).flatMap((comment, at) =>
    comment.fileId === of.fileId ? [{ comment, number: at + 1 }] : [],
  );
}

function ImageFrame({ draft, round, pinning, onPin, file }: FrameProps) {
  const mayWrite = useCan('content:write');
  const addressOf = useDraftFile(draft.id);
  const pin = (event: MouseEvent<HTMLButtonElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    // A press of Enter has no place of its own: the middle then, from where it can be said in words.
    const isKey = event.detail === 0;
    const share = (at: number, from: number, size: number) => Math.min(1, Math.max(0, (at - from) / size));
    const place = isKey
      ? { x: 0.5, y: 0.5 }
      : { x: share(event.clientX, box.left, box.width), y: share(event.clientY, box.top, box.height) };
    onPin({ fileId: file.id, place });
  };
  const name = `${file.name}, ${file.width ?? '?'} by ${file.height ?? '?'} pixels`;
  const shown = pinning?.fileId === file.id ? pinning.place : undefined;
  return (
    <div className="sub-frame">
      <button
        type="button"
        className="sub-pinnable"
        disabled={!mayWrite}
        onClick={pin}
        aria-label="Pin a remark to the picture"
      >
        <img src={addressOf(file).small} alt={name} width={file.width ?? undefined} height={file.height ?? undefined} />
      </button>
      {pinsOf(draft, { round: round.number, fileId: file.id }).map(({ comment, number }) => (
        <Pin key={comment.id} comment={comment} number={number} />
      ))}
      {shown && <span className="sub-pin new" style={{ left: `${100 * shown.x}%`, top: `${100 * shown.y}%` }} />}
    </div>
  );
}

function Pin({ comment, number }: { comment: ReviewComment; number: number }) {
  if (comment.place === null) return null;
  const isSettled = comment.resolvedAt !== null;
  return (
    <a
      className={isSettled ? 'sub-pin done' : 'sub-pin'}
      style={{ left: `${100 * comment.place.x}%`, top: `${100 * comment.place.y}%` }}
      href={`#${comment.id}`}
      aria-label={`Remark ${number}${isSettled ? ', settled' : ''}`}
    >
      {isSettled ? <IconCheck size={14} stroke={2} aria-hidden /> : number}
    </a>
  );
}

function VideoFrame(props: FrameProps) {
  const { rightsEnded } = props.draft;
  return rightsEnded === null ? <VideoPlayer {...props} /> : <NoVideo name={props.file.name} why={rightsEnded.why} />;
}

function VideoPlayer({ draft, round, onPin, file }: FrameProps) {
  const mayWrite = useCan('content:write');
  const addressOf = useDraftFile(draft.id);
  const video = useRef<HTMLVideoElement>(null);
  const [length, setLength] = useState(0);
  const [at, setAt] = useState(0);
  const pins = pinsOf(draft, { round: round.number, fileId: file.id });
  const goTo = (second: number) => {
    if (video.current) video.current.currentTime = second;
  };
  return (
    <>
      <div className="sub-frame">
        {/* biome-ignore lint/a11y/useMediaCaption: a draft has none; what is said stands beside it when the creator wrote it down */}
        <video
          ref={video}
          controls
          preload="metadata"
          src={addressOf(file).whole}
          onLoadedMetadata={(event) => setLength(event.currentTarget.duration)}
          onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        />
      </div>
      {length > 0 && pins.length > 0 && (
        <div className="sub-track">
          {pins.map(({ comment, number }) =>
            comment.second === null ? null : (
              <button
                key={comment.id}
                type="button"
                className={comment.resolvedAt === null ? '' : 'done'}
                style={{ left: `${(100 * comment.second) / length}%` }}
                aria-label={`Remark ${number} at ${formatSecond(comment.second)}`}
                onClick={() => goTo(comment.second ?? 0)}
              />
            ),
          )}
        </div>
      )}
      {mayWrite && (
        <Button
          size="compact-md"
          leftSection={<IconPin size={16} stroke={1.6} aria-hidden />}
          onClick={() => {
            video.current?.pause();
            onPin({ fileId: file.id, second: Math.round(at * 10) / 10 });
          }}
        >
          Pin a remark at {formatSecond(at)}
        </Button>
      )}
    </>
  );
}
