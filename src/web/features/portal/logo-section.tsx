import { Button, FileButton } from '@mantine/core';
import {
  type ApplicationPage,
  getApplicationLogo,
  logoBytesMax,
  putApplicationLogo,
  removeApplicationLogo,
} from '#modules/portal/api.ts';
import { useApiMutation, useInvalidate } from '#web/api/use-api-mutation.ts';
import { useClient } from '#web/api/use-client.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';

/** The brand's picture above the form; seen by visitors once the page is open or closed. */
export function LogoSection({ page, canWrite }: { page: ApplicationPage; canWrite: boolean }) {
  const { slug } = useWorkspace();
  const client = useClient();
  const invalidate = useInvalidate();
  const upload = useUpload(putApplicationLogo);
  const remove = useApiMutation(removeApplicationLogo, {
    invalidate: ['applicationPages'],
    onSuccess: () => sayDone('The logo is off the page'),
    onError: (error) => sayFailed('Not taken off', error),
  });
  const send = async (file: File | null) => {
    if (file === null) return;
    try {
      await upload.start({ pageId: page.id }, file);
      sayDone('The logo is on the page');
    } catch (error) {
      sayFailed('Not taken', error);
    }
    await invalidate(['applicationPages']);
  };
  const address = client.url(getApplicationLogo, { workspaceSlug: slug, pageSlug: page.slug });
  return (
    <Section title="Logo" note={`picture of at most ${logoBytesMax / 1024 / 1024} MB`}>
      <div className="prt-logo">
        {page.hasLogo && page.state !== 'draft' && (
          <img
            key={page.updatedAt}
            src={`${address}?at=${encodeURIComponent(page.updatedAt)}`}
            alt="Logo of the page"
          />
        )}
        {page.hasLogo && page.state === 'draft' && (
          <p className="meta">There is a logo; it shows once the page is open.</p>
        )}
        {canWrite && (
          <div className="row">
            <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => void send(file)}>
              {(props) => (
                <Button {...props} size="compact-md" loading={upload.progress !== null}>
                  {page.hasLogo ? 'Replace it' : 'Choose a logo'}
                </Button>
              )}
            </FileButton>
            {page.hasLogo && (
              <Button
                size="compact-md"
                variant="subtle"
                color="gray"
                loading={remove.isPending}
                onClick={() => remove.mutate({ pageId: page.id })}
              >
                Take it off
              </Button>
            )}
          </div>
        )}
      </div>
    </Section>
  );
}
