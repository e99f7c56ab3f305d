import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { addAssetByUrl, uploadAsset } from '#modules/content/api.ts';
import { listCreators } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Segments } from '#web/ui/segments.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';

interface Props {
  way: 'url' | 'file' | null;
  onWay: (way: 'url' | 'file' | undefined) => void;
  onAdded: (assetId: string) => void;
  /** Of whom it is, where that is known already. */
  personId?: string;
  campaignId?: string;
}

const fileBytesMax = 500 * 1024 * 1024;
const taken = {
  'image/*': ['.jpg', '.jpeg', '.png', '.webp', '.gif', '.avif'],
  'video/*': ['.mp4', '.mov', '.webm'],
  'application/pdf': ['.pdf'],
};

/** A post by its address, or a file: a picture, a video, the screenshot of a story. */
export function AddDialog({ way, onWay, onAdded, personId, campaignId }: Props) {
  const [chosen, setChosen] = useState<string | null>(personId ?? null);
  const whose = {
    ...(chosen === null ? {} : { personId: chosen }),
    ...(campaignId === undefined ? {} : { campaignId }),
  };
  return (
    <Modal opened={way !== null} onClose={() => onWay(undefined)} title="Add content" size={560}>
      <div className="stack">
        <Segments
          label="What to add"
          value={way ?? 'url'}
          options={[
            { value: 'url', label: 'A post by its address' },
            { value: 'file', label: 'A file' },
          ]}
          onChange={onWay}
        />
        {personId === undefined && <WhoseField value={chosen} onChange={setChosen} />}
        {way === 'file' ? <ByFile whose={whose} onAdded={onAdded} /> : <ByUrl whose={whose} onAdded={onAdded} />}
      </div>
    </Modal>
  );
}

function WhoseField({ value, onChange }: { value: string | null; onChange: (next: string | null) => void }) {
  const [words, setWords] = useState('');
  const found = useApiQuery(
    listCreators,
    { ...(words === '' ? {} : { query: words }), limit: 20 },
    { keepPrevious: true },
  );
  return (
    <Select
      label="Whose it is"
      description="Without a name nobody can be asked for rights"
      placeholder="Type a name or handle"
      searchable
      clearable
      data={(found.data?.rows ?? []).map((row) => ({
        value: row.id,
        label: row.name ?? `@${row.profiles[0]?.handle ?? ''}`,
      }))}
      value={value}
      onChange={onChange}
      searchValue={words}
      onSearchChange={setWords}
      filter={({ options }) => options}
      nothingFoundMessage="Nobody by that name"
    />
  );
}

interface WayProps {
  whose: { personId?: string; campaignId?: string };
  onAdded: (assetId: string) => void;
}

function ByUrl({ whose, onAdded }: WayProps) {
  const add = useApiMutation(addAssetByUrl, { invalidate: ['contentAssets', 'contentCapture'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { url: '', title: '' },
    send: async (values) => {
      const asset = await add.mutateAsync({ ...values, ...whose });
      sayDone(asset.isNew ? 'Added to the library' : 'It was in the library already');
      onAdded(asset.id);
    },
  });
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      {failure !== null && <FormAlert>{failure}</FormAlert>}
      <TextInput
        label="Address of the post"
        required
        placeholder="https://"
        {...form.getInputProps('url')}
        data-autofocus
      />
      <TextInput label="Title, if any" {...form.getInputProps('title')} />
      <div className="acts">
        <Button type="submit" variant="filled" loading={isBusy} disabled={form.values.url.trim() === ''}>
          Add the post
        </Button>
      </div>
    </form>
  );
}

function ByFile({ whose, onAdded }: WayProps) {
  const upload = useUpload(uploadAsset);
  const [how, setHow] = useState<'upload' | 'screenshot'>('upload');
  const [failure, setFailure] = useState<string | null>(null);
  const send = async (file: File) => {
    setFailure(null);
    try {
      const asset = await upload.start({ ...whose, how }, file);
      sayDone('Added to the library');
      onAdded(asset.id);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className="form">
      {failure !== null && <FormAlert>{failure}</FormAlert>}
      <Segments
        label="What it is"
        value={how}
        options={[
          { value: 'upload', label: 'The content itself' },
          { value: 'screenshot', label: 'A screenshot of a story or post' },
        ]}
        onChange={setHow}
      />
      <FileDrop
        title="Drop a picture or video here, or choose one"
        note="JPEG, PNG, WebP, GIF, AVIF, MP4, MOV, WebM or PDF, to 500 MB"
        accept={taken}
        maxBytes={fileBytesMax}
        onFile={(file) => void send(file)}
        isBusy={upload.progress !== null}
      />
      {upload.progress !== null && (
        <>
          <ProgressBar label="Uploading" percent={upload.progress * 100} />
          <div className="acts">
            <Button onClick={upload.cancel}>Cancel the upload</Button>
          </div>
        </>
      )}
    </div>
  );
}
