import { Button, Modal, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { platformNames } from '#kernel/platform.ts';
import { listPortalProofs, type PortalMe, proofFigures, sendProof } from '#modules/portal/api.ts';
import { useInvalidate } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatCount } from '#web/ui/format-number.ts';
import { sayDone } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { words } from './words.ts';

const said = words.proofs;
type Profiles = PortalMe['profiles'];

/** The accounts the brand knows, and figures of their own that the creator hands in. */
export function ProofsSection({ profiles }: { profiles: Profiles }) {
  const isPreview = useIsPreview();
  const proofs = useApiQuery(listPortalProofs, {});
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <section>
      <header>
        <h2>{words.me.accounts}</h2>
      </header>
      <ul className="ph-list">
        {profiles.map((profile) => (
          <li key={profile.id}>
            <div>
              <div className="grow">
                <b>@{profile.handle}</b>
                <span className="meta">
                  {platformNames[profile.platform]}
                  {profile.asOf === null ? '' : `, ${words.me.asOf(profile.source, profile.asOf.slice(0, 10))}`}
                </span>
              </div>
              <span className="meta">
                {profile.followers === null ? words.me.notKnown : words.me.followers(formatCount(profile.followers))}
              </span>
            </div>
          </li>
        ))}
        {proofs.data?.rows.map((proof) => (
          <li key={proof.id}>
            <div>
              <div className="grow">
                <b>
                  {said.title}: {platformNames[proof.platform]}
                </b>
                <span className="meta">{proof.decidedReason ?? proof.takenOn}</span>
              </div>
              <Tag>{said.states[proof.state]}</Tag>
            </div>
          </li>
        ))}
      </ul>
      <p className="meta ph-after">{said.text}</p>
      <Button fullWidth onClick={dialog.open} disabled={isPreview || profiles.length === 0}>
        {said.add}
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={said.send}>
        <ProofForm profiles={profiles} onDone={dialog.close} />
      </Modal>
    </section>
  );
}

function ProofForm({ profiles, onDone }: { profiles: Profiles; onDone: () => void }) {
  const upload = useUpload(sendProof);
  const invalidate = useInvalidate();
  const [file, setFile] = useState<File | null>(null);
  const figures = Object.fromEntries(proofFigures.map((name) => [name, '' as number | string]));
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { profileId: profiles[0]?.id ?? '', takenOn: '', note: '', figures },
    send: async (values) => {
      const profile = profiles.find((one) => one.id === values.profileId);
      if (file === null || profile === undefined) throw new Error(said.chooseFile);
      const typed = proofFigures.flatMap((name) => {
        const value = values.figures[name];
        return typeof value === 'number' ? [[name, value]] : [];
      });
      const { platform, handle } = profile;
      const { takenOn, note } = values;
      await upload.start({ platform, handle, takenOn, note, figures: Object.fromEntries(typed) }, file);
      await invalidate(['portalProofs']);
      sayDone(said.sent);
      onDone();
    },
  });
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <FileDrop
        title={file?.name ?? said.file}
        note={said.fileNote}
        accept={{ 'image/*': ['.png', '.jpg', '.jpeg', '.webp'], 'application/pdf': ['.pdf'] }}
        maxBytes={15 * 1024 * 1024}
        onFile={setFile}
      />
      <Select
        label={said.account}
        data={profiles.map((one) => ({ value: one.id, label: `@${one.handle}, ${platformNames[one.platform]}` }))}
        {...form.getInputProps('profileId')}
      />
      <TextInput label={said.takenOn} type="date" required {...form.getInputProps('takenOn')} />
      {proofFigures.map((name) => (
        <NumberInput
          key={name}
          label={said.figures[name]}
          min={0}
          allowDecimal={false}
          hideControls
          thousandSeparator=","
          {...form.getInputProps(`figures.${name}`)}
        />
      ))}
      <Textarea label={said.note} maxLength={1000} {...form.getInputProps('note')} />
      <Button type="submit" variant="filled" loading={isBusy}>
        {said.send}
      </Button>
    </form>
  );
}
