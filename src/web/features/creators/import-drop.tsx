import { Select } from '@mantine/core';
import { useState } from 'react';
import type { Platform } from '#kernel/platform.ts';
import { uploadImport } from '#modules/creators/api.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { Section } from '#web/ui/section.tsx';
import { CreatorsTabs } from './creators-tabs.tsx';
import { platformOptions } from './words.ts';

const maxBytes = 2_000_000_000;
const accept = {
  'text/csv': ['.csv', '.tsv', '.txt'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
  'application/json': ['.json', '.jsonl', '.ndjson'],
  'application/gzip': ['.gz'],
};

/** The first step: a file and, for bare handles, their platform. */
export function ImportDrop({ onUploaded }: { onUploaded: (importId: string) => void }) {
  const [platform, setPlatform] = useState<Platform>('instagram');
  const [failure, setFailure] = useState<string | null>(null);
  const upload = useUpload(uploadImport);
  const send = async (file: File) => {
    setFailure(null);
    try {
      const preview = await upload.start({ platform }, file);
      onUploaded(preview.importId);
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  return (
    <div className="page">
      <PageHeader title="Bring your creators in" sub="Nothing is imported before you have seen how the file is read." />
      <CreatorsTabs />
      <div className="cols">
        <div className="stack">
          {failure && <FormAlert>{failure}</FormAlert>}
          {upload.progress === null ? (
            <FileDrop
              title="Drop a file of creators, posts or comments here, or choose one"
              note="CSV, TSV, Excel (.xlsx), JSON or NDJSON, also as .gz, up to 2 GB"
              accept={accept}
              maxBytes={maxBytes}
              onFile={(file) => void send(file)}
            />
          ) : (
            <ProgressBar
              label={upload.progress < 1 ? 'Uploading' : 'Reading the first rows'}
              percent={upload.progress < 1 ? upload.progress * 100 : null}
              onCancel={upload.cancel}
            />
          )}
          <Select
            label="Platform of bare handles"
            description="Used for rows that name no platform and give no address of a profile"
            data={platformOptions}
            allowDeselect={false}
            value={platform}
            onChange={(value) =>
              setPlatform(platformOptions.find((option) => option.value === value)?.value ?? 'instagram')
            }
            className="creators-narrow"
          />
        </div>
        <Section title="What is understood">
          <KeyValues
            items={[
              {
                term: 'Headings',
                value:
                  'English, German, French and Spanish, and those of Upfluence, Modash, HypeAuditor and Phyllo exports',
              },
              { term: 'Handles', value: '@name, name, or any address of the profile' },
              { term: 'Numbers', value: '12.5K, 1,2M, 12 345, 1.234.567, 3,4 %' },
              { term: 'Not known', value: 'An empty cell, N/A or a dash stays "not known" and is never 0' },
              { term: 'Same creator', value: 'Completed, never doubled: the newer statement holds' },
              { term: 'Posts', value: 'Go to the creators they name, so import the creators first' },
            ]}
          />
          <p className="meta">
            No file at hand?{' '}
            <AppLink to="/creators" search={{ add: 'paste' }} className="link">
              Paste handles
            </AppLink>
          </p>
        </Section>
      </div>
    </div>
  );
}
