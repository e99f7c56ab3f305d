import { Modal, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Platform, platformNames, platforms } from '#kernel/platform.ts';
import { importFollowers } from '#modules/discovery/api.ts';
import { useInvalidate } from '#web/api/use-api-mutation.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatCount } from '#web/ui/format-number.ts';
import { sayDone } from '#web/ui/say.ts';
import { Segments } from '#web/ui/segments.tsx';
import { CreatorPicker } from './creator-picker.tsx';
import { errorLines } from './error-lines.ts';

interface Props {
  personId?: string;
  brand?: { id: string; name: string };
  onClose: () => void;
}

const accept = { 'text/csv': ['.csv'], 'text/plain': ['.txt'], 'application/gzip': ['.gz'] };
const bytesMax = 500_000_000;
const coverages = [
  { value: 'complete', label: 'Every follower' },
  { value: 'sample', label: 'A random sample' },
] as const;

/** Takes a file of followers in; what is wrong with it is said here, row by row. */
export function FollowersDialog({ personId, brand, onClose }: Props) {
  const [person, setPerson] = useState(personId === undefined ? [] : [personId]);
  const [platform, setPlatform] = useState<Platform>('instagram');
  const [coverage, setCoverage] = useState<'complete' | 'sample'>('complete');
  const [total, setTotal] = useState<number | string>('');
  const [takenOn, setTakenOn] = useState(() => new Date().toISOString().slice(0, 10));
  const [source, setSource] = useState('');
  const [faults, setFaults] = useState<string[]>([]);
  const upload = useUpload(importFollowers);
  const invalidate = useInvalidate();
  const send = async (file: File) => {
    setFaults([]);
    const whose = brand === undefined ? { personId: person[0] ?? '' } : { brandId: brand.id };
    const stated = coverage === 'sample' && typeof total === 'number' ? { total } : {};
    try {
      const kept = await upload.start(
        { ...whose, ...stated, platform, coverage, takenOn, source: source.trim() || file.name },
        file,
      );
      await invalidate(['followers', 'overlap', 'brands']);
      const skipped = kept.skipped > 0 ? `, ${formatCount(kept.skipped)} rows named nobody` : '';
      sayDone(`${formatCount(kept.set.size)} followers of ${kept.set.name} kept as hashes${skipped}`);
      onClose();
    } catch (error) {
      setFaults(errorLines(error));
    }
  };
  const isReady = brand !== undefined || person.length === 1;
  return (
    <Modal
      opened
      onClose={onClose}
      title={brand === undefined ? 'Import followers' : `Import followers of ${brand.name}`}
      size="md"
    >
      <div className="form">
        {brand === undefined && <CreatorPicker label="Of which creator?" value={person} max={1} onChange={setPerson} />}
        <Select
          label="Platform"
          data={platforms.map((one) => ({ value: one, label: platformNames[one] }))}
          value={platform}
          onChange={(next) => setPlatform(platforms.find((one) => one === next) ?? 'instagram')}
          allowDeselect={false}
        />
        <Segments label="What the file holds" value={coverage} options={coverages} onChange={setCoverage} />
        {coverage === 'sample' && (
          <NumberInput
            label="Followers in all, at that time"
            description="Needed to reckon from a sample; shares come with their error."
            min={1}
            thousandSeparator=","
            value={total}
            onChange={setTotal}
          />
        )}
        <TextInput
          label="Drawn on"
          type="date"
          value={takenOn}
          onChange={(event) => setTakenOn(event.currentTarget.value)}
        />
        <TextInput
          label="Source"
          placeholder="The file's name"
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        {faults.length > 0 && (
          <FormAlert>
            {faults.map((fault) => (
              <span key={fault} className="block">
                {fault}
              </span>
            ))}
          </FormAlert>
        )}
        {isReady ? (
          <FileDrop
            title="Drop the file here, or choose it"
            note="One id or handle a line, or a CSV with such a column; plain or gzip. Only hashes are kept."
            accept={accept}
            maxBytes={bytesMax}
            isBusy={upload.progress !== null}
            onFile={(file) => void send(file)}
          />
        ) : (
          <p className="meta">Choose the creator first.</p>
        )}
      </div>
    </Modal>
  );
}
