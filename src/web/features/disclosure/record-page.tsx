import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { z } from 'zod';
import { platformNames } from '#kernel/platform.ts';
import {
  type DisclosureRate,
  type DisclosureRecord,
  exportDisclosurePdf,
  getDisclosureRecord,
} from '#modules/reports/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { StatCard } from '#web/ui/stat-card.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { verdictLooks } from './verdict-looks.ts';
import './disclosure.css';

const search = z.object({ posts: z.enum(['all', 'campaign', 'own']).default('all') });
type Row = DisclosureRecord['rows'][number];

/** Tab of a creator: how openly deals were labelled, in campaigns here and in the creator's other posts. */
export function RecordPage() {
  const personId = useParam('personId');
  const query = useApiQuery(getDisclosureRecord, { personId });
  return <QueryState query={query}>{(record) => <RecordOf record={record} />}</QueryState>;
}

function RecordOf({ record }: { record: DisclosureRecord }) {
  const [{ posts }, setState] = useSearchState(search);
  const download = useDownload(exportDisclosurePdf);
  const rows = record.rows.filter((row) => posts === 'all' || row.kind === posts);
  const start = () =>
    void download
      .start({ personId: record.personId }, 'disclosure-evidence.pdf')
      .catch((error: unknown) => sayFailed('Not exported', error));
  return (
    <>
      <div className="figs">
        <RateCard label="In campaigns, at first" rate={record.campaigns} record={record} source={fromArchive} />
        <RateCard label="In campaigns, by now" rate={record.standingNow} record={record} source={fromArchive} />
        <RateCard
          label="In own posts"
          rate={record.own}
          record={record}
          source={`own posts, judged by ${record.pack}`}
        />
      </div>
      <Section
        title="Posts with a deal"
        note={`${formatPlural(record.ownLookedAt, 'own post')} looked at`}
        end={
          <div className="row dc-wrap">
            <Segments
              label="Which posts"
              value={posts}
              onChange={(next) => setState({ posts: next })}
              options={[
                { value: 'all', label: 'All' },
                { value: 'campaign', label: 'Campaigns' },
                { value: 'own', label: 'Own' },
              ]}
            />
            <Button
              variant="default"
              leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
              loading={download.isRunning}
              onClick={start}
            >
              Evidence as PDF
            </Button>
          </div>
        }
      >
        {rows.length === 0 ? (
          <EmptyState title="No post with a deal is known">
            Live posts of campaigns are kept with their check; imported posts count once they show signs of a deal.
          </EmptyState>
        ) : (
          <ul className="dc-record">
            {rows.map((row) => (
              <RecordRow key={row.id} row={row} />
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}

const fromArchive = 'archive of labels: live posts of campaigns';

interface CardProps {
  label: string;
  rate: DisclosureRate;
  record: DisclosureRecord;
  source: string;
}

function RateCard({ label, rate, record, source }: CardProps) {
  const { n, disclosed, share, interval, from, to } = rate;
  const between = interval === null ? null : `${formatShare(interval.low)} to ${formatShare(interval.high)}`;
  const span = from === null || to === null ? 'no dates' : `${formatDate(from)} to ${formatDate(to)}`;
  return (
    <StatCard label={label} note={n === 0 ? 'no post with a deal' : `${disclosed} of ${n}, ${span}`}>
      <Figure
        label={`Clearly disclosed, ${label.toLowerCase()}`}
        value={share === null ? null : formatShare(share)}
        missing="not enough data"
        unit={between ?? ''}
        meaning={{
          formula: 'posts with a clear label in its place / posts with a deal; from 5 posts on',
          source,
          n: formatPlural(n, 'post'),
          asOf: record.asOf,
          ...(between === null ? {} : { interval: `95 % interval ${between}` }),
        }}
      />
    </StatCard>
  );
}

const standingWords: Record<Row['first']['standing'], string> = {
  clear: 'clear label',
  buried: 'label, but buried',
  ambiguous: 'ambiguous word',
  signs: 'signs of a deal, no label',
  none: 'no label',
};

function RecordRow({ row }: { row: Row }) {
  const { label, tone } = verdictLooks[row.last.verdict];
  const hasMoved = row.first.standing !== row.last.standing;
  return (
    <li className="dc-record-row">
      <div className="row dc-wrap">
        <Tag tone={tone}>{label}</Tag>
        <span className="ink-2">
          {hasMoved
            ? `first ${standingWords[row.first.standing]}, now ${standingWords[row.last.standing]}`
            : standingWords[row.last.standing]}
        </span>
        <span className="meta">
          {platformNames[row.platform]},{' '}
          {row.kind === 'own'
            ? `own post${row.publishedAt === null ? '' : ` of ${formatDate(row.publishedAt)}`}`
            : `${row.campaign?.name ?? 'no campaign'}, ${formatPlural(row.looks, 'look')} since ${formatDate(row.first.at)}`}
        </span>
      </div>
      <p className="dc-caption">{row.caption === '' ? <span className="meta">No caption</span> : row.caption}</p>
      <div className="row dc-wrap">
        {row.url !== null && (
          <a className="meta" href={row.url} target="_blank" rel="noreferrer noopener">
            Open the post
          </a>
        )}
        {row.subjectId !== null && (
          <AppLink className="meta" to="/disclosure" search={{ subjectId: row.subjectId }}>
            Its evidence
          </AppLink>
        )}
      </div>
    </li>
  );
}
