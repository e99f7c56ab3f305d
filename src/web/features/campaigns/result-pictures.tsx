import { Button, FileButton } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import type { Deliverable } from '#modules/campaigns/api.ts';
import {
  addLiveScreenshot,
  getLivePost,
  type LivePost,
  listSubmissions,
  openLiveScreenshot,
  screenshotsMax,
} from '#modules/submissions/api.ts';
import { useInvalidate } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { sayFailed } from '#web/ui/say.ts';

/** The live post of a piece with its pictures; null while it is not live, or nobody said where. */
export function useLivePostOf(deliverable: Deliverable): LivePost | null {
  const isLive = deliverable.state === 'live';
  const { data: found } = useApiQuery(
    listSubmissions,
    { deliverableId: deliverable.id, limit: 1 },
    { enabled: isLive },
  );
  const submissionId = found?.rows[0]?.id;
  const { data } = useApiQuery(
    getLivePost,
    { submissionId: submissionId ?? '' },
    { enabled: submissionId !== undefined },
  );
  return data ?? null;
}

interface Props {
  live: LivePost;
  chosen: string | null;
  onChoose: (fileId: string | null) => void;
}

/** Pictures of insights, by creator or member: one is chosen, and the figures it shows are typed beside it. */
export function ResultPictures({ live, chosen, onChoose }: Props) {
  const { slug } = useWorkspace();
  const client = useClient();
  const invalidate = useInvalidate();
  const upload = useUpload(addLiveScreenshot);
  const { submissionId, screenshots } = live;
  const address = (fileId: string) =>
    client.url(openLiveScreenshot, { submissionId, fileId, isPreview: false, ...{ workspace: slug } });
  const send = (file: File | null) => {
    if (file === null) return;
    void upload
      .start({ submissionId }, file)
      .then((after) => {
        const added = after.screenshots.find((one) => !screenshots.some((known) => known.fileId === one.fileId));
        onChoose(added?.fileId ?? chosen);
        return invalidate(['livePosts']);
      })
      .catch((error: unknown) => sayFailed('Not kept', error));
  };
  return (
    <fieldset className="camp-pictures">
      <legend className="meta">Read from a picture</legend>
      {screenshots.map((shot, at) => (
        <Button
          key={shot.fileId}
          size="compact-sm"
          variant={chosen === shot.fileId ? 'filled' : 'default'}
          aria-pressed={chosen === shot.fileId}
          onClick={() => onChoose(chosen === shot.fileId ? null : shot.fileId)}
        >
          Picture {at + 1}, {shot.addedBy}, {formatDate(shot.addedAt)}
        </Button>
      ))}
      {screenshots.length < screenshotsMax && (
        <FileButton onChange={send} accept="image/png,image/jpeg,image/webp">
          {(props) => (
            <Button
              {...props}
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPhotoPlus size={16} stroke={1.6} aria-hidden />}
              loading={upload.progress !== null}
            >
              Add a picture of insights
            </Button>
          )}
        </FileButton>
      )}
      {chosen !== null && (
        <a href={address(chosen)} target="_blank" rel="noreferrer noopener">
          <img src={address(chosen)} alt="The insights the figures are typed from" />
        </a>
      )}
    </fieldset>
  );
}
