import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type PortalSubmission, portalGiveLive } from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { sayDone } from '#web/ui/say.ts';
import { ScreenshotForm } from './screenshot-form.tsx';
import { words } from './words.ts';

/** Where it is live, in one step. */
export function LiveForm({ piece }: { piece: PortalSubmission }) {
  const isPreview = useIsPreview();
  const [url, setUrl] = useState(piece.live?.url ?? '');
  const give = useApiMutation(portalGiveLive, {
    invalidate: ['portalSubmissions', 'portalHome'],
    onSuccess: () => sayDone('Thank you, we have the link'),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    give.mutate({ deliverableId: piece.deliverableId, url: url.trim() });
  };
  const isNews = url.trim() !== '' && url.trim() !== piece.live?.url;
  return (
    <section className="ph-card" aria-labelledby="ps-live">
      <h2 id="ps-live">{words.live}</h2>
      <form className="form" onSubmit={onSubmit}>
        {give.error !== null && <FormAlert>{give.error.message}</FormAlert>}
        <TextInput
          label={words.liveUrl}
          description={words.liveHint}
          placeholder="https://"
          inputMode="url"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Button
          type="submit"
          fullWidth
          {...(piece.state === 'approved' || piece.state === 'scheduled' ? { variant: 'filled' } : {})}
          disabled={isPreview || !isNews}
          loading={give.isPending}
        >
          {words.liveSend}
        </Button>
      </form>
      {piece.live !== null && <ScreenshotForm piece={piece} />}
    </section>
  );
}
