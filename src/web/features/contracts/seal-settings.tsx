import { Button, FileInput, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { bringCertificate, type ContractSettings, dropCertificate } from '#modules/contracts/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';

/** The certificate signed contracts are sealed with. */
export function SealSettings({ settings, mayManage }: { settings: ContractSettings; mayManage: boolean }) {
  const [open, setOpen] = useState<'bring' | 'drop' | null>(null);
  const drop = useApiMutation(dropCertificate, {
    invalidate: ['contractSettings'],
    onSuccess: () => sayDone('Key forgotten'),
  });
  const { seal } = settings;
  return (
    <Section title="Seal" note="a digital signature over every signed contract">
      <div className="stack">
        {seal === null ? (
          <p className="ink-2">
            No certificate yet. The first contract that both sign is sealed with one made here, in your name and signed
            by itself: it proves that nothing was changed, while nobody else vouches for the name.
          </p>
        ) : (
          <KeyValues
            items={[
              { term: 'Certificate', value: seal.source === 'own' ? `${seal.subject}, made here` : seal.subject },
              { term: 'Issued by', value: seal.issuer },
              { term: 'Valid', value: `${formatDate(seal.validFrom)} to ${formatDate(seal.validUntil)}` },
              { term: 'SHA-256', value: <span className="ctr-hash">{seal.fingerprint}</span> },
            ]}
          />
        )}
        {mayManage && (
          <div className="row">
            <Button onClick={() => setOpen('bring')}>Bring a certificate</Button>
            {seal !== null && (
              <Button variant="subtle" color="gray" onClick={() => setOpen('drop')}>
                Forget it
              </Button>
            )}
          </div>
        )}
      </div>
      {open === 'bring' && <BringDialog onClose={() => setOpen(null)} />}
      <ConfirmDialog
        isOpen={open === 'drop'}
        onClose={() => setOpen(null)}
        title="Forget the key?"
        confirmLabel="Forget it"
        isDangerous
        onConfirm={() => drop.mutateAsync({})}
      >
        What is sealed stays valid: each document carries its certificate. The next contract is sealed with a new
        certificate made here.
      </ConfirmDialog>
    </Section>
  );
}

function BringDialog({ onClose }: { onClose: () => void }) {
  const bring = useApiMutation(bringCertificate, {
    invalidate: ['contractSettings'],
    onSuccess: () => sayDone('Contracts are sealed with your certificate from now on'),
  });
  const { form, onSubmit, isBusy, failure } = useApiForm<{ container: File | null; passphrase: string }>({
    initialValues: { container: null, passphrase: '' },
    validate: {
      container: (file) =>
        file === null ? 'Choose a .p12 or .pfx file' : file.size > 100_000 ? 'A container has less than 100 kB' : null,
    },
    send: async ({ container, passphrase }) => {
      if (container === null) return;
      await bring.mutateAsync({ container: await base64Of(container), passphrase });
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Bring a certificate"
      submitLabel="Seal with it"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <FileInput
        label="PKCS#12 container (.p12, .pfx)"
        required
        accept=".p12,.pfx"
        placeholder="Choose a file"
        {...form.getInputProps('container')}
      />
      <PasswordInput label="Its passphrase" autoComplete="off" {...form.getInputProps('passphrase')} />
      <p className="meta">
        It must hold one RSA key with its certificate. It is kept sealed on this machine and never shown again.
      </p>
    </FormDialog>
  );
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
