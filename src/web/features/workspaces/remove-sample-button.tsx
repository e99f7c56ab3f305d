import { Button } from '@mantine/core';
import { useState } from 'react';
import { removeSample } from '#modules/workspaces/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';

/** In the sample's banner: takes it away with everything in it, then opens what is left. */
export function RemoveSampleButton() {
  const { name } = useWorkspace();
  const client = useClient();
  const canRemove = useCan('workspace:write');
  const [isAsking, setAsking] = useState(false);
  if (!canRemove) return null;
  return (
    <>
      <Button size="xs" onClick={() => setAsking(true)}>
        Remove sample
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={`Remove ${name}?`}
        confirmLabel="Remove sample"
        onConfirm={async () => {
          await client.call(removeSample, {});
          // A whole new page: nothing of the sample stays in memory.
          window.location.assign('/app/');
        }}
        isDangerous
      >
        Its invented creators, campaigns, clicks and orders go, and do not come back. Your own workspaces stay as they
        are.
      </ConfirmDialog>
    </>
  );
}
