import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { importPastWork } from '#modules/relationships/api.ts';
import { useInvalidate } from '#web/api/use-api-mutation.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { ErrorState } from '#web/ui/error-state.tsx';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import './relationships.css';

type Answer = OutputOf<typeof importPastWork>;
const megabyte = 1024 * 1024;
const currencies = ['USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'SEK', 'PLN', 'INR', 'JPY'];

/** Brings in what another tool kept of past work: first shown, then written. */
export function ImportPage() {
  const { currency: own } = useWorkspace();
  const [source, setSource] = useState('');
  const [currency, setCurrency] = useState<string>(own);
  const [file, setFile] = useState<File | null>(null);
  const [preview, setPreview] = useState<Answer | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const upload = useUpload(importPastWork);
  const invalidate = useInvalidate();
  const read = async (chosen: File, dryRun: boolean) => {
    setFault(null);
    try {
      const input = { dryRun, currency, ...(source.trim() === '' ? {} : { source }) };
      const answer = await upload.start(input, chosen);
      setFile(chosen);
      setPreview(answer);
      if (dryRun) return;
      await invalidate(['relationships', 'pastWork', 'creators', 'search']);
      sayDone(`${formatPlural(answer.added, 'row')} added, ${answer.changed} changed`);
    } catch (error) {
      setFault(error);
    }
  };
  return (
    <div className="page rel">
      <PageHeader
        title="Bring your history along"
        sub="CSV of GRIN, Aspire, Upfluence, Modash or your own sheet: campaign, status, fee, paid, post, dates, rating. Nothing is written before you say so."
      />
      <div className="rel-import">
        <div className="rel-two">
          <TextInput
            label="Where it comes from"
            description="The name of the tool; the file’s name when left empty"
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
          <Select
            label="Currency of amounts that name none"
            data={[...new Set([own, ...currencies])]}
            value={currency}
            allowDeselect={false}
            onChange={(next) => next && setCurrency(next)}
          />
        </div>
        <FileDrop
          title="Drop a CSV file here, or choose one"
          note="To 20 MB and 50,000 rows. Creators have to be known here already."
          accept={{ 'text/csv': ['.csv', '.txt', '.tsv'] }}
          maxBytes={20 * megabyte}
          isBusy={upload.progress !== null}
          onFile={(chosen) => void read(chosen, true)}
        />
        {fault !== null && (
          <ErrorState error={fault} onRetry={() => (file === null ? setFault(null) : void read(file, true))} />
        )}
        {preview !== null && fault === null && (
          <Preview
            answer={preview}
            isBusy={upload.progress !== null}
            onWrite={preview.dryRun && file !== null ? () => void read(file, false) : null}
          />
        )}
      </div>
    </div>
  );
}

function Preview({ answer, isBusy, onWrite }: { answer: Answer; isBusy: boolean; onWrite: (() => void) | null }) {
  const news = answer.added + answer.changed;
  return (
    <Section
      title={answer.dryRun ? 'What would come in' : 'What came in'}
      note={`${formatCount(answer.read)} rows read`}
    >
      <p>
        <b>{formatPlural(answer.added, 'row')} new</b>, {formatCount(answer.changed)} changed,{' '}
        {formatCount(answer.unchanged)} known already, {formatCount(answer.skipped)} left out, of{' '}
        {formatPlural(answer.creators, 'creator')}.
      </p>
      <p className="meta">
        Understood: {answer.columns.map((column) => `${column.header} (${column.meaning})`).join(', ')}.
        {answer.ignoredColumns.length === 0 ? '' : ` Not used: ${answer.ignoredColumns.join(', ')}.`}
      </p>
      {answer.errors.length > 0 && (
        <div className="rel-scroll">
          <table className="table" aria-label="Rows left out">
            <thead>
              <tr>
                <th className="num">Row</th>
                <th>Column</th>
                <th>Why</th>
              </tr>
            </thead>
            <tbody>
              {answer.errors.slice(0, 100).map((error) => (
                <tr key={`${error.row} ${error.field} ${error.message}`}>
                  <td className="num">{error.row}</td>
                  <td>{error.field}</td>
                  <td>{error.message}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {answer.errorsTotal > 100 && <p className="meta">{answer.errorsTotal - 100} more faults are not shown.</p>}
      {onWrite !== null && (
        <Button variant="filled" disabled={news === 0} loading={isBusy} onClick={onWrite}>
          {news === 0 ? 'Nothing new to bring in' : `Bring in ${formatPlural(news, 'row')}`}
        </Button>
      )}
    </Section>
  );
}
