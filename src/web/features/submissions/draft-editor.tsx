import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import {
  addFile,
  type DraftRound,
  fileBytesMax,
  removeFile,
  type Submission,
  submitDraft,
  writeDraft,
} from '#modules/submissions/api.ts';
import { useApiMutation, useInvalidate } from '#web/api/use-api-mutation.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { draftNouns } from './words.ts';

const accept = { 'image/*': ['.jpg', '.jpeg', '.png', '.webp', '.gif', '.avif'], 'video/*': ['.mp4', '.mov', '.webm'] };

/** What a member writes for a creator who sent the draft by other ways. */
export function DraftEditor({ draft, round }: { draft: Submission; round: DraftRound }) {
  const mayWrite = useCan('content:write');
  const [caption, setCaption] = useState(round.caption);
  const [videoUrl, setVideoUrl] = useState(round.videoUrl ?? '');
  const [ticks, setTicks] = useState(round.ticks);
  const write = useApiMutation(writeDraft, {});
  const submit = useApiMutation(submitDraft, {
    invalidate: draftNouns,
    onSuccess: () => sayDone('Handed in'),
  });
  const handIn = async () => {
    try {
      await write.mutateAsync({ submissionId: draft.id, caption, videoUrl: videoUrl === '' ? null : videoUrl, ticks });
      await submit.mutateAsync({ submissionId: draft.id, round: round.number });
    } catch {
      // Said above the form.
    }
  };
  const failure = write.error?.message ?? submit.error?.message ?? null;
  const lines = draft.guidelines.filter(
    (line) => line.kind === 'message' || line.kind === 'do' || line.kind === 'dont',
  );
  if (!mayWrite) return <p className="meta">The creator is still working on it.</p>;
  return (
    <Section title="The draft" note="not handed in yet">
      <div className="form">
        {failure !== null && <FormAlert>{failure}</FormAlert>}
        <Files draft={draft} round={round} />
        <TextInput
          label="Link to a private video, if any"
          value={videoUrl}
          onChange={(event) => setVideoUrl(event.currentTarget.value)}
          placeholder="https://"
        />
        <Textarea
          label="Caption"
          autosize
          minRows={4}
          value={caption}
          onChange={(event) => setCaption(event.currentTarget.value)}
        />
        {lines.length > 0 && (
          <Checkbox.Group label="Followed from the brief" value={ticks} onChange={setTicks}>
            <div className="stack">
              {lines.map((line) => (
                <Checkbox
                  key={line.key}
                  value={line.key}
                  label={line.kind === 'dont' ? `Not: ${line.text}` : line.text}
                />
              ))}
            </div>
          </Checkbox.Group>
        )}
        <div>
          <Button variant="filled" loading={write.isPending || submit.isPending} onClick={() => void handIn()}>
            Hand in for {draft.person.name}
          </Button>
        </div>
      </div>
    </Section>
  );
}

function Files({ draft, round }: { draft: Submission; round: DraftRound }) {
  const upload = useUpload(addFile);
  const invalidate = useInvalidate();
  const remove = useApiMutation(removeFile, {
    invalidate: ['submissions'],
    onError: (error) => sayFailed('Not taken out', error),
  });
  const send = (file: File) =>
    void upload
      .start({ submissionId: draft.id }, file)
      .then(() => invalidate(['submissions']))
      .catch((error) => sayFailed(`${file.name} was not taken`, error));
  return (
    <div className="stack">
      {round.files.map((file) => (
        <div key={file.id} className="spread">
          <span className="clip">{file.name}</span>
          <Button
            size="compact-md"
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
            onClick={() => remove.mutate({ submissionId: draft.id, fileId: file.id })}
          >
            Take out
          </Button>
        </div>
      ))}
      {upload.progress !== null ? (
        <ProgressBar label="Sending the file" percent={100 * upload.progress} onCancel={upload.cancel} />
      ) : (
        <FileDrop
          title="Drop a picture or video here, or choose one"
          note="JPEG, PNG, WebP, MP4 or MOV, to 500 MB"
          accept={accept}
          maxBytes={fileBytesMax}
          onFile={send}
        />
      )}
    </div>
  );
}
