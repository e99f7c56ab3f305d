import { Button } from '@mantine/core';
import { type PortalSubmission, portalStartDraft } from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { sayFailed } from '#web/ui/say.ts';

/** Begins a draft or its next round. */
export function Begin({ piece, label }: { piece: PortalSubmission; label: string }) {
  const isPreview = useIsPreview();
  const start = useApiMutation(portalStartDraft, {
    invalidate: ['portalSubmissions', 'portalHome'],
    onError: (error) => sayFailed('Not begun', error),
  });
  return (
    <Button
      variant="filled"
      fullWidth
      disabled={isPreview}
      loading={start.isPending}
      onClick={() => start.mutate({ deliverableId: piece.deliverableId })}
    >
      {label}
    </Button>
  );
}
