import { Button, FileButton } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import {
  addLiveScreenshot,
  type LivePost,
  openLiveScreenshot,
  screenshotBytesMax,
  screenshotsMax,
} from '#modules/submissions/api.ts';
import { useInvalidate } from '#web/api/use-api-mutation.ts';
import { useClient } from '#web/api/use-client.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { draftNouns } from './words.ts';

/** Pictures of the post as somebody saw it: evidence beside the check, each by its digest. */
export function LiveScreenshots({ live, mayWrite }: { live: LivePost; mayWrite: boolean }) {
  const { slug, timeZone } = useWorkspace();
  const client = useClient();
  const invalidate = useInvalidate();
  const upload = useUpload(addLiveScreenshot);
  const { submissionId, screenshots } = live;
  const send = (file: File | null) => {
    if (file === null) return;
    if (file.size > screenshotBytesMax) {
      sayFailed('Not kept', new Error(`It is larger than ${screenshotBytesMax / 1024 / 1024} MB.`));
      return;
    }
    void upload
      .start({ submissionId }, file)
      .then(() => invalidate(draftNouns))
      .then(() => sayDone('Kept as evidence'))
      .catch((error: unknown) => sayFailed('Not kept', error));
  };
  const address = (fileId: string, isPreview: boolean) =>
    client.url(openLiveScreenshot, { submissionId, fileId, isPreview, ...{ workspace: slug } });
  if (screenshots.length === 0 && !mayWrite) return null;
  return (
    <div className="stack">
      {screenshots.length > 0 && (
        <ul className="sub-shots">
          {screenshots.map((shot) => (
            <li key={shot.fileId}>
              <a href={address(shot.fileId, false)} target="_blank" rel="noreferrer noopener">
                <img src={address(shot.fileId, true)} alt={`The post as ${shot.addedBy} saw it`} loading="lazy" />
              </a>
              <span className="meta">
                {shot.addedBy}
                {shot.side === 'creator' ? ', the creator' : ''}, {formatDateTime(shot.addedAt, timeZone)}
                {shot.checkId === null ? ', waits for a look that can read the post' : ''}
              </span>
              <span className="meta sub-digest">SHA-256 {shot.sha256}</span>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && screenshots.length < screenshotsMax && (
        <FileButton onChange={send} accept="image/png,image/jpeg,image/webp">
          {(props) => (
            <Button
              {...props}
              className="sub-add-shot"
              size="compact-md"
              leftSection={<IconPhotoPlus size={16} stroke={1.6} aria-hidden />}
              loading={upload.progress !== null}
            >
              Add a screenshot
            </Button>
          )}
        </FileButton>
      )}
    </div>
  );
}
