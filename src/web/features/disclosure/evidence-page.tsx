import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { z } from 'zod';
import { platformNames } from '#kernel/platform.ts';
import {
  type DisclosureEvidence,
  exportDisclosureEvidence,
  listDisclosureEvidence,
  openEvidencePicture,
} from '#modules/disclosure/api.ts';
import { exportDisclosurePdf } from '#modules/reports/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { MarkedCaption } from '#web/shell/disclosure-marks.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatDateTime, formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { verdictLooks } from './verdict-looks.ts';
import './disclosure.css';

const search = z.object({
  verdict: z.enum(['all', 'fail', 'warn', 'pass']).default('all'),
  personId: z.string().optional(),
  campaignId: z.string().optional(),
  subjectId: z.string().optional(),
});

/** What was seen of drafts and posts, and what the rules of that day said. */
export function EvidencePage() {
  const [{ verdict, personId, campaignId, subjectId }, setState] = useSearchState(search);
  const asked = {
    ...(verdict === 'all' ? {} : { verdict }),
    ...(personId === undefined ? {} : { personId }),
    ...(campaignId === undefined ? {} : { campaignId }),
    ...(subjectId === undefined ? {} : { subjectId }),
  };
  const { rows, query } = useApiPages(listDisclosureEvidence, asked);
  const json = useDownload(exportDisclosureEvidence);
  const pdf = useDownload(exportDisclosurePdf);
  const sayRefusal = (error: unknown) => sayFailed('Not exported', error);
  return (
    <div className="page">
      <PageHeader
        title="Evidence of disclosure"
        sub="What was seen, when, and what the rules of that day said of it. Nothing here can be changed."
        actions={
          <div className="row dc-wrap">
            <Button
              variant="default"
              leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
              loading={pdf.isRunning}
              onClick={() => void pdf.start(asked, 'disclosure-evidence.pdf').catch(sayRefusal)}
            >
              As PDF
            </Button>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
              loading={json.isRunning}
              onClick={() => void json.start(asked, 'disclosure-evidence.json').catch(sayRefusal)}
            >
              Export for a regulator
            </Button>
          </div>
        }
      />
      <Section
        title="Sights"
        note="newest first"
        end={
          <Segments
            label="Which verdicts"
            value={verdict}
            onChange={(next) => setState({ verdict: next })}
            options={[
              { value: 'all', label: 'All' },
              { value: 'fail', label: 'Not in order' },
              { value: 'warn', label: 'Look again' },
              { value: 'pass', label: 'In order' },
            ]}
          />
        }
      >
        <QueryState query={query}>
          {() =>
            (rows ?? []).length === 0 ? (
              <EmptyState title="Nothing was kept yet">
                Drafts that are handed in and posts that go live are kept here with their check.
              </EmptyState>
            ) : (
              <>
                {(rows ?? []).map((sight) => (
                  <Sight key={sight.id} sight={sight} />
                ))}
                {query.hasNextPage && (
                  <Button variant="subtle" color="gray" onClick={() => void query.fetchNextPage()}>
                    Show earlier ones
                  </Button>
                )}
              </>
            )
          }
        </QueryState>
      </Section>
    </div>
  );
}

function Sight({ sight }: { sight: DisclosureEvidence }) {
  const { label, tone } = verdictLooks[sight.verdict];
  const client = useClient();
  const { slug } = useWorkspace();
  const picture = (isPreview: boolean) =>
    client.url(openEvidencePicture, { evidenceId: sight.id, isPreview, ...{ workspace: slug } });
  const marked = { ...sight, repaired: null, disclosedBy: null, language: null, foldAt: null };
  return (
    <article className="dc-sight">
      <div className="row dc-wrap">
        <Tag tone={tone}>{label}</Tag>
        <span className="meta">
          {platformNames[sight.platform]}, seen {formatDateTime(sight.seenAt)}, kept {formatWhen(sight.recordedAt)} by{' '}
          {sight.recordedBy}, rules {sight.pack}
        </span>
        {sight.url !== null && (
          <a className="meta" href={sight.url} target="_blank" rel="noreferrer noopener">
            Open the post
          </a>
        )}
      </div>
      <MarkedCaption caption={sight.caption} verdict={marked} />
      {sight.screenshotFileId !== null && (
        <a href={picture(false)} target="_blank" rel="noreferrer noopener">
          <img className="dc-shot" src={picture(true)} alt="The post as it was seen" loading="lazy" />
        </a>
      )}
      {sight.findings.map((finding) => (
        <p key={`${finding.rule} ${finding.span?.start ?? ''}`} className="ink-2">
          {finding.rule}: {finding.message}
        </p>
      ))}
      <p className="meta dc-digest">SHA-256 of the caption {sight.captionSha256}</p>
    </article>
  );
}
