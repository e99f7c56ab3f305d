import { Button, Checkbox, FileButton, Textarea, TextInput } from '@mantine/core';
import { IconPhotoUp } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import {
  filesMax,
  type PortalSubmission,
  portalAddFile,
  portalSubmitDraft,
  portalWriteDraft,
} from '#modules/submissions/api.ts';
import { useApiMutation, useInvalidate } from '#web/api/use-api-mutation.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { DisclosureMarks, useDisclosure } from '#web/shell/disclosure-marks.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { FileTiles } from './file-tiles.tsx';
import { words } from './words.ts';

type Round = PortalSubmission['rounds'][number];

/** The open draft: files, caption with the check while one types, guidelines to tick, and one button that sends. */
export function DraftForm({ piece, round }: { piece: PortalSubmission; round: Round }) {
  const isPreview = useIsPreview();
  const draft = useDraftWords(piece, round);
  const { value, set } = draft;
  const submit = useApiMutation(portalSubmitDraft, {
    invalidate: ['portalSubmissions', 'portalHome'],
    onSuccess: () => sayDone('Sent'),
  });
  const asked = piece.rightsToAccept;
  const [agrees, setAgrees] = useState(false);
  const isVideo = round.files.some((file) => file.kind === 'video') || value.videoUrl !== '';
  const send = async () => {
    try {
      await draft.save();
      await submit.mutateAsync({
        deliverableId: piece.deliverableId,
        round: round.number,
        ...(asked === null || !agrees ? {} : { acceptsRights: { version: asked.version, textHash: asked.textHash } }),
      });
    } catch {
      // Said above the button.
    }
  };
  const failure = submit.error?.message ?? draft.failure;
  return (
    <>
      <section className="ph-card" aria-label="Files">
        <Files piece={piece} round={round} />
        <TextInput
          label={words.videoUrl}
          description={words.videoHint}
          placeholder="https://"
          inputMode="url"
          value={value.videoUrl}
          onChange={(event) => set({ videoUrl: event.currentTarget.value })}
        />
      </section>
      <CaptionCard
        piece={piece}
        round={round}
        caption={value.caption}
        spoken={value.spoken}
        onCaption={(caption) => set({ caption })}
      />
      {isVideo && (
        <section className="ph-card">
          <Textarea
            label={words.spoken}
            description={words.spokenHint}
            autosize
            minRows={2}
            value={value.spoken}
            onChange={(event) => set({ spoken: event.currentTarget.value })}
          />
        </section>
      )}
      <Ticks piece={piece} value={value.ticks} onChange={(ticks) => set({ ticks })} />
      <section className="ph-card">
        <Textarea
          label={words.note}
          autosize
          minRows={2}
          maxLength={4000}
          value={value.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
      </section>
      {asked !== null && (
        <section className="ph-card" aria-label={words.rights}>
          <h2>{words.rights}</h2>
          {asked.shown.split('\n\n').map((part) => (
            <p key={part}>{part}</p>
          ))}
          <Checkbox
            label={words.acceptRights}
            checked={agrees}
            onChange={(event) => setAgrees(event.currentTarget.checked)}
          />
        </section>
      )}
      <section className="ps-send">
        {failure !== null && <FormAlert>{failure}</FormAlert>}
        <Button variant="filled" fullWidth disabled={isPreview} loading={submit.isPending} onClick={() => void send()}>
          {words.submit}
        </Button>
        <p className="meta" role="status">
          {draft.isSaving ? words.saving : words.saved}
        </p>
      </section>
    </>
  );
}

const saveAfterMs = 800;

/** What is written is kept a moment after the last key, so that nothing is lost on a phone that rings. */
function useDraftWords(piece: PortalSubmission, round: Round) {
  const [value, setValue] = useState({
    caption: round.caption,
    note: round.note,
    videoUrl: round.videoUrl ?? '',
    spoken: round.spokenText ?? '',
    ticks: round.ticks,
  });
  const [isDirty, setDirty] = useState(false);
  const write = useApiMutation(portalWriteDraft, {});
  const { mutateAsync } = write;
  const latest = useRef(value);
  latest.current = value;
  const save = async () => {
    const sent = latest.current;
    await mutateAsync({
      deliverableId: piece.deliverableId,
      caption: sent.caption,
      note: sent.note,
      videoUrl: sent.videoUrl.trim() === '' ? null : sent.videoUrl.trim(),
      spokenText: sent.spoken.trim() === '' ? null : sent.spoken,
      ticks: sent.ticks,
    });
    if (latest.current === sent) setDirty(false);
  };
  const saveNow = useRef(save);
  saveNow.current = save;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the value is what starts the wait anew
  useEffect(() => {
    if (!isDirty) return undefined;
    const timer = setTimeout(() => void saveNow.current().catch(() => undefined), saveAfterMs);
    return () => clearTimeout(timer);
  }, [isDirty, value]);
  return {
    value,
    set: (change: Partial<typeof value>) => {
      setValue({ ...value, ...change });
      setDirty(true);
    },
    save,
    isSaving: isDirty,
    failure: write.error?.message ?? null,
  };
}

const accept = 'image/jpeg,image/png,image/webp,image/gif,image/avif,video/mp4,video/quicktime,video/webm';

function Files({ piece, round }: { piece: PortalSubmission; round: Round }) {
  const isPreview = useIsPreview();
  const upload = useUpload(portalAddFile);
  const invalidate = useInvalidate();
  const [left, setLeft] = useState(0);
  const sendAll = async (files: File[]) => {
    for (const [at, file] of files.entries()) {
      setLeft(files.length - at);
      try {
        await upload.start({ deliverableId: piece.deliverableId }, file);
      } catch (error) {
        sayFailed(`${file.name} was not taken`, error);
        break;
      }
    }
    setLeft(0);
    await invalidate(['portalSubmissions']);
  };
  return (
    <>
      <FileTiles piece={piece} files={round.files} canRemove={!isPreview} />
      {upload.progress !== null ? (
        <ProgressBar
          label={left > 1 ? `${words.sending}, ${left} left` : words.sending}
          percent={100 * upload.progress}
          onCancel={upload.cancel}
        />
      ) : (
        <FileButton
          accept={accept}
          multiple
          disabled={isPreview || round.files.length >= filesMax}
          onChange={(files) => void sendAll(files)}
        >
          {(props) => (
            <Button {...props} fullWidth leftSection={<IconPhotoUp size={20} stroke={1.6} aria-hidden />}>
              {words.addFile}
            </Button>
          )}
        </FileButton>
      )}
    </>
  );
}

interface CaptionProps {
  piece: PortalSubmission;
  round: Round;
  caption: string;
  spoken: string;
  onCaption: (caption: string) => void;
}

function CaptionCard({ piece, round, caption, spoken, onCaption }: CaptionProps) {
  const videos = round.files.filter((file) => file.kind === 'video').length;
  const verdict = useDisclosure({
    ...piece.labelRules,
    caption: caption.slice(0, 10_000),
    platform: piece.platform,
    media: {
      kind:
        videos > 0 || /reel|video|short/i.test(piece.format) ? 'video' : round.files.length > 1 ? 'carousel' : 'image',
      spokenText: spoken === '' ? null : spoken,
      onScreenText: null,
    },
    platformLabel: null,
  });
  return (
    <section className="ph-card">
      <Textarea
        label={words.caption}
        autosize
        minRows={4}
        maxLength={10_000}
        value={caption}
        onChange={(event) => onCaption(event.currentTarget.value)}
      />
      {caption.trim() !== '' && <DisclosureMarks caption={caption} verdict={verdict} onRepair={onCaption} />}
    </section>
  );
}

function Ticks({
  piece,
  value,
  onChange,
}: {
  piece: PortalSubmission;
  value: string[];
  onChange: (ticks: string[]) => void;
}) {
  const lines = piece.guidelines.filter(
    (line) => line.kind === 'message' || line.kind === 'do' || line.kind === 'dont',
  );
  if (lines.length === 0) return null;
  return (
    <section className="ph-card">
      <Checkbox.Group label={words.ticks} value={value} onChange={onChange}>
        <div className="ps-ticks">
          {lines.map((line) => (
            <Checkbox
              key={line.key}
              value={line.key}
              label={line.kind === 'dont' ? `Not: ${line.text}` : line.text}
              size="md"
            />
          ))}
        </div>
      </Checkbox.Group>
    </section>
  );
}
