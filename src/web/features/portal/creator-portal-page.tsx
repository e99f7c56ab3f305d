import { Button, Checkbox, NumberInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconEye, IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { makePortalLink, startPortalPreview } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useParam } from '#web/shell/use-go.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { LinkList } from './link-list.tsx';
import { mailWords } from './words.ts';
import './portal.css';

/** The portal of one creator: a link for them, what they see, and when they came. */
export function CreatorPortalPage() {
  const personId = useParam('personId');
  const canLink = useCan('creators:write');
  const canLook = useCan('campaigns:write');
  const [isOpen, dialog] = useDisclosure(false);
  const [made, setMade] = useState<{ link: string; mail: keyof typeof mailWords } | null>(null);
  const preview = useApiMutation(startPortalPreview, {
    onSuccess: ({ address }) => void window.open(address, '_blank', 'noopener'),
    onError: (error) => sayFailed('Not opened', error),
  });
  return (
    <div className="prt">
      <div className="row">
        <Button
          variant="filled"
          disabled={!canLink}
          leftSection={<IconLink size={16} stroke={1.6} aria-hidden />}
          onClick={dialog.open}
        >
          Make a link
        </Button>
        <Button
          disabled={!canLook}
          loading={preview.isPending}
          leftSection={<IconEye size={16} stroke={1.6} aria-hidden />}
          onClick={() => preview.mutate({ personId })}
        >
          See it as they do
        </Button>
      </div>
      {made !== null && (
        <div className="prt" role="status">
          <CopyField label="Portal link" value={made.link} />
          <p className="meta">Shown once. {made.mail === 'not_asked' ? '' : mailWords[made.mail]}</p>
        </div>
      )}
      <Section title="Links" note="newest first">
        <LinkList personId={personId} />
      </Section>
      <LinkDialog personId={personId} isOpen={isOpen} onClose={dialog.close} onMade={setMade} />
    </div>
  );
}

interface DialogProps {
  personId: string;
  isOpen: boolean;
  onClose: () => void;
  onMade: (made: { link: string; mail: keyof typeof mailWords }) => void;
}

function LinkDialog({ personId, isOpen, onClose, onMade }: DialogProps) {
  const make = useApiMutation(makePortalLink, { invalidate: ['portalLinks'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { days: 14, isMailed: true, makesAccount: false },
    send: async (values) => {
      const { link, mail } = await make.mutateAsync({ personId, ...values });
      onMade({ link, mail });
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title="Make a link to their portal"
      submitLabel="Make link"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <NumberInput label="Days it opens" min={1} max={365} required {...form.getInputProps('days')} />
      <Checkbox label="Send it by mail" {...form.getInputProps('isMailed', { type: 'checkbox' })} />
      <Checkbox
        label="They may make an account with it, without a code by mail"
        description="Whoever holds such a link can take the account: hand it to nobody else."
        {...form.getInputProps('makesAccount', { type: 'checkbox' })}
      />
    </FormDialog>
  );
}
