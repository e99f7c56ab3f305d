import { Drawer } from '@mantine/core';
import { listEvidence, pointNames, type Signal, type Vetting } from '#modules/vetting/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { useCreatorChoice } from './use-creator.ts';
import { meaningOf, points } from './words.ts';

/** The evidence of one signal, opened by the address so that it can be shared. */
export function EvidenceDrawer({ report }: { report: Vetting | undefined }) {
  const { search, setSearch } = useCreatorChoice();
  const signal = report?.signals.find((candidate) => candidate.name === search.signal);
  const isOpen = report !== undefined && signal !== undefined;
  return (
    <Drawer
      opened={isOpen}
      onClose={() => setSearch({ signal: undefined })}
      position="right"
      size={480}
      title={signal?.title ?? ''}
      closeButtonProps={{ 'aria-label': 'Close the evidence' }}
    >
      {report !== undefined && signal !== undefined && <Body report={report} signal={signal} />}
    </Drawer>
  );
}

function Body({ report, signal }: { report: Vetting; signal: Signal }) {
  return (
    <div className="stack">
      <p className="ink-2">{signal.text}</p>
      {signal.state === 'unknown' && (
        <div className="alert info">
          <span>
            Not known is not clean: it counts {points(signal.contribution)} until it is known, and could be up to{' '}
            {points(signal.contributionMax)}. To settle it: {signal.needs}.
          </span>
        </div>
      )}
      <KeyValues
        items={[
          { term: 'Point', value: pointNames[signal.point] },
          {
            term: 'Value',
            value:
              signal.display === null ? null : (
                <Figure label={signal.title} value={signal.display} meaning={meaningOf(signal)} />
              ),
          },
          {
            term: 'Points',
            value:
              report.score === null
                ? 'no score, so none'
                : `${points(signal.contribution)}, of ${points(signal.contributionMin)} to ${points(signal.contributionMax)}`,
          },
          ...(signal.percentile === null
            ? []
            : [{ term: 'Among peers', value: `above ${Math.round(signal.percentile)} of 100` }]),
          { term: 'Compared with', value: signal.threshold },
          { term: 'Formula', value: signal.formula },
          { term: 'Sample', value: signal.sample === '' ? null : signal.sample },
          { term: 'Source', value: signal.source === '' ? null : signal.source },
          { term: 'As of', value: signal.asOf === null ? null : formatDate(signal.asOf) },
          { term: 'Rules', value: <Tag>{report.rulesVersion}</Tag> },
        ]}
      />
      <EvidenceRows report={report} signal={signal} />
    </div>
  );
}

function EvidenceRows({ report, signal }: { report: Vetting; signal: Signal }) {
  const { rows, query } = useApiPages(listEvidence, {
    personId: report.personId,
    reportId: report.id,
    signal: signal.name,
    limit: 50,
  });
  if (signal.evidenceTotal === 0) return <p className="meta">There are no rows behind this one.</p>;
  return (
    <Section title="Evidence" note={`${signal.evidenceTotal} rows`}>
      <ul className="vt-evidence">
        {rows.map((row) => (
          <li key={`${row.id} ${row.at} ${row.label} ${row.value}`}>
            <span className="vt-ev-text">
              {row.url !== null && /^https?:\/\//.test(row.url) ? (
                <a href={row.url} target="_blank" rel="noreferrer noopener">
                  {row.label}
                </a>
              ) : (
                row.label
              )}
              {row.at !== null && <span className="meta">{formatDate(row.at)}</span>}
            </span>
            <b>{row.value}</b>
          </li>
        ))}
      </ul>
      {query.isPending && <p className="meta">Reading the rows</p>}
      {query.hasNextPage && (
        <button type="button" className="vt-link" onClick={() => void query.fetchNextPage()}>
          Show more rows
        </button>
      )}
    </Section>
  );
}
