import { Button, Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import type { Platform } from '#kernel/platform.ts';
import {
  type ColumnPlanJson,
  type ImportPreview,
  type ImportRun,
  previewImport,
  startImport,
} from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { ImportCountsRow } from './import-counts.tsx';
import { ImportErrors } from './import-errors.tsx';
import { MappingTable } from './mapping-table.tsx';
import { PreviewRows } from './preview-rows.tsx';
import { platformOptions } from './words.ts';

interface Props {
  run: ImportRun;
  onStarted: () => void;
  onAgain: () => void;
}

interface Choice {
  kind: ImportPreview['kind'] | undefined;
  platform: Platform;
  columns: ColumnPlanJson[] | undefined;
}

const kinds = [
  { value: 'creators', label: 'Creators, one a row' },
  { value: 'posts', label: 'Posts of creators' },
  { value: 'comments', label: 'Comments under posts' },
] as const;

/** The second step: what each column is, what is wrong, a trial run, and the start. */
export function MappingStep({ run, onStarted, onAgain }: Props) {
  const [choice, setChoice] = useState<Choice>({ kind: undefined, platform: run.platform, columns: undefined });
  const [isRemembered, setRemembered] = useState(true);
  const [failure, setFailure] = useState<string | null>(null);
  const input = {
    importId: run.id,
    platform: choice.platform,
    ...(choice.kind === undefined ? {} : { kind: choice.kind }),
    ...(choice.columns === undefined ? {} : { columns: choice.columns }),
  };
  // Once it runs for good its file may be gone before this step is.
  const [isBegun, setBegun] = useState(false);
  const preview = useApiQuery(previewImport, input, { keepPrevious: true, enabled: !isBegun });
  const start = useApiMutation(startImport, {
    invalidate: ['imports'],
    onSuccess: onStarted,
    onError: (error) => {
      setBegun(false);
      setFailure(error.message);
    },
  });
  const begin = (isDryRun: boolean) => {
    setFailure(null);
    setBegun(!isDryRun);
    start.mutate({ ...input, isDryRun, isRemembered });
  };
  return (
    <QueryState query={preview}>
      {(found) => (
        <>
          <PageHeader
            title={titleOf(found)}
            sub={<FileWords preview={found} />}
            actions={
              <>
                <Button variant="subtle" color="gray" onClick={onAgain}>
                  Another file
                </Button>
                <Button loading={start.isPending} onClick={() => begin(true)}>
                  Try it out
                </Button>
                <Button variant="filled" loading={start.isPending} onClick={() => begin(false)}>
                  Import
                </Button>
              </>
            }
          />
          {failure && <FormAlert>{failure}</FormAlert>}
          {run.state === 'done' && run.isDryRun && <TrialResult run={run} />}
          {found.problems.length > 0 && (
            <ul className="creators-problems">
              {found.problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          )}
          <div className="creators-options">
            <Select
              label="The file holds"
              data={kinds.map(({ value, label }) => ({ value, label }))}
              allowDeselect={false}
              value={found.kind}
              onChange={(value) =>
                setChoice({ ...choice, kind: kinds.find((one) => one.value === value)?.value, columns: undefined })
              }
            />
            <Select
              label="Platform of bare handles"
              data={platformOptions}
              allowDeselect={false}
              value={choice.platform}
              onChange={(value) =>
                setChoice({
                  ...choice,
                  platform: platformOptions.find((one) => one.value === value)?.value ?? 'instagram',
                })
              }
            />
            <Checkbox
              label="Read the next file with this header the same way"
              checked={isRemembered}
              onChange={(event) => setRemembered(event.currentTarget.checked)}
            />
          </div>
          <Section
            title="What each column is"
            note={
              found.savedMapping === null
                ? `by its heading and ${formatPlural(found.rowsLookedAt, 'row')}`
                : `remembered from ${found.savedMapping}`
            }
          >
            <MappingTable preview={found} onChange={(columns) => setChoice({ ...choice, kind: found.kind, columns })} />
          </Section>
          <Section title="First rows" note="as they stand in the file">
            <PreviewRows preview={found} />
          </Section>
        </>
      )}
    </QueryState>
  );
}

function titleOf(preview: ImportPreview): string {
  const bad = preview.rowsLookedAt - preview.rowsReadable;
  const of = preview.isWhole
    ? formatPlural(preview.rowsLookedAt, 'row')
    : `the first ${formatPlural(preview.rowsLookedAt, 'row')}`;
  if (preview.rowsLookedAt === 0) return 'The file holds no rows';
  if (bad === 0)
    return preview.isWhole
      ? `${of === '1 row' ? 'The one row' : `All ${of}`} can be read`
      : `${of.replace('the', 'The')} can all be read`;
  return `${formatCount(preview.rowsReadable)} of ${of} can be read, ${formatCount(bad)} ${bad === 1 ? 'needs' : 'need'} mending`;
}

function FileWords({ preview }: { preview: ImportPreview }) {
  const formats = { delimited: 'Table', json: 'JSON', ndjson: 'JSON lines', xlsx: 'Excel' };
  const marks: Record<string, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' };
  const words = [
    preview.fileName,
    preview.delimiter === null ? formats[preview.format] : `parted by ${marks[preview.delimiter] ?? preview.delimiter}`,
    ...(preview.encoding === null ? [] : [preview.encoding.toUpperCase()]),
    ...(preview.isGzip ? ['gzip'] : []),
    ...(preview.sheet === null ? [] : [`sheet "${preview.sheet}"`]),
  ];
  return <>{words.join(' · ')}</>;
}

function TrialResult({ run }: { run: ImportRun }) {
  return (
    <Section title="The trial run would do this" note="nothing was kept">
      <div className="stack">
        <ImportCountsRow run={run} />
        {run.counts.errorsTotal > 0 && <ImportErrors run={run} />}
      </div>
    </Section>
  );
}
