import { Button, FileButton } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import { type PortalSubmission, portalAddScreenshot, screenshotsMax } from '#modules/submissions/api.ts';
import { useInvalidate } from '#web/api/use-api-mutation.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { FiguresForm } from './figures-form.tsx';
import { useFileUrl } from './use-file-url.ts';
import { words } from './words.ts';

/** Pictures of the post as the creator sees it, such as a story before it is over. */
export function ScreenshotForm({ piece }: { piece: PortalSubmission }) {
  const isPreview = useIsPreview();
  const upload = useUpload(portalAddScreenshot);
  const invalidate = useInvalidate();
  const urlOf = useFileUrl(piece.deliverableId);
  const { screenshots } = piece;
  const send = async (file: File | null) => {
    if (file === null) return;
    try {
      await upload.start({ deliverableId: piece.deliverableId }, file);
      sayDone(words.screenshotKept);
    } catch (error) {
      sayFailed(words.screenshotRefused, error);
    }
    await invalidate(['portalSubmissions']);
  };
  return (
    <div className="form">
      <p className="meta">{words.screenshotHint}</p>
      {screenshots.length > 0 && (
        <ul className="ps-shots">
          {screenshots.map(({ fileId }, at) => (
            <li key={fileId}>
              <img src={urlOf({ id: fileId, kind: 'image' })} alt={`${words.screenshot} ${at + 1}`} />
              <FiguresForm deliverableId={piece.deliverableId} fileId={fileId} isOff={isPreview} />
            </li>
          ))}
        </ul>
      )}
      {upload.progress !== null ? (
        <ProgressBar label={words.sending} percent={100 * upload.progress} onCancel={upload.cancel} />
      ) : (
        <FileButton
          accept="image/png,image/jpeg,image/webp"
          disabled={isPreview || screenshots.length >= screenshotsMax}
          onChange={(file) => void send(file)}
        >
          {(props) => (
            <Button
              {...props}
              fullWidth
              disabled={isPreview || screenshots.length >= screenshotsMax}
              leftSection={<IconPhotoPlus size={20} stroke={1.6} aria-hidden />}
            >
              {words.screenshotAdd}
            </Button>
          )}
        </FileButton>
      )}
    </div>
  );
}
