import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { noPostWords, ownNoPostReasons, portalSayNoPost, type SeedingOffer } from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { sayDone } from '#web/ui/say.ts';
import { words } from './words.ts';

/** Who does not want to post may say why, in two taps; nobody has to. */
export function NoPostCard({ offer }: { offer: SeedingOffer }) {
  const { noPost, enrolmentId } = offer;
  const isPreview = useIsPreview();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState<string | null>(noPost?.reason ?? null);
  const [note, setNote] = useState(noPost?.note ?? '');
  const say = useApiMutation(portalSayNoPost, {
    invalidate: ['portalSeeding'],
    onSuccess: () => {
      sayDone(words.noPost.thanks);
      setOpen(false);
    },
  });
  const chosen = ownNoPostReasons.find((one) => one === reason) ?? null;
  if (!isOpen)
    return noPost === null ? (
      <Button variant="subtle" color="gray" disabled={isPreview} onClick={() => setOpen(true)}>
        {words.noPost.open}
      </Button>
    ) : (
      <div className="ph-card">
        <p>
          {words.noPost.said} <b>{noPostWords[noPost.reason]}</b>
        </p>
        <div className="ps-acts">
          <Button disabled={isPreview} onClick={() => setOpen(true)}>
            {words.address.change}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            disabled={isPreview}
            loading={say.isPending}
            onClick={() => say.mutate({ enrolmentId, reason: null })}
          >
            {words.noPost.takeBack}
          </Button>
        </div>
      </div>
    );
  return (
    <section className="ph-card" aria-label={words.noPost.open}>
      {say.error !== null && <FormAlert>{messageOf(say.error)}</FormAlert>}
      <Select
        label={words.noPost.why}
        data={ownNoPostReasons.map((value) => ({ value, label: noPostWords[value] }))}
        value={reason}
        onChange={setReason}
      />
      <Textarea
        label={words.note}
        autosize
        minRows={2}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button
        variant="filled"
        disabled={isPreview || chosen === null}
        loading={say.isPending}
        onClick={() => say.mutate({ enrolmentId, reason: chosen, note: note.trim() === '' ? null : note.trim() })}
      >
        {words.noPost.send}
      </Button>
      <Button variant="subtle" color="gray" onClick={() => setOpen(false)}>
        {words.noPost.cancel}
      </Button>
    </section>
  );
}
