import { Button } from '@mantine/core';
import { IconFileText, IconPrinter } from '@tabler/icons-react';
import { z } from 'zod';
import {
  type BriefVersion,
  type Campaign,
  compareBriefs,
  getBrief,
  listBriefVersions,
} from '#modules/campaigns/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { BriefEditor } from './brief-editor.tsx';
import { BriefText } from './brief-text.tsx';
import { ScriptWarnings } from './script-warnings.tsx';
import { useCampaign } from './use-campaign.ts';

const search = z.object({
  version: z.number().optional(),
  compare: z.number().optional(),
  edit: z.boolean().default(false),
});

/** What the creators are told, version by version. */
export function BriefPage() {
  return <QueryState query={useCampaign()}>{(campaign) => <Frame campaign={campaign} />}</QueryState>;
}

function Frame({ campaign }: { campaign: Campaign }) {
  const [state, setState] = useSearchState(search);
  const query = useApiQuery(
    getBrief,
    { campaignId: campaign.id, ...(state.version === undefined ? {} : { version: state.version }) },
    { keepPrevious: true },
  );
  const mayWrite = useCan('campaigns:write');
  return (
    <QueryState query={query}>
      {(version) => {
        if (state.edit && mayWrite)
          return (
            <BriefEditor
              campaign={campaign}
              version={version}
              onClose={() => setState({ edit: false, version: undefined })}
            />
          );
        if (version.version === 0) return <NoBrief onWrite={mayWrite ? () => setState({ edit: true }) : null} />;
        return (
          <Shown
            campaign={campaign}
            version={version}
            compare={state.compare}
            onChange={setState}
            mayWrite={mayWrite}
          />
        );
      }}
    </QueryState>
  );
}

function NoBrief({ onWrite }: { onWrite: (() => void) | null }) {
  return (
    <EmptyState
      icon={IconFileText}
      title="No brief yet"
      action={
        onWrite && (
          <Button variant="filled" onClick={onWrite}>
            Write the brief
          </Button>
        )
      }
    >
      A brief says what should come across and what is left to the creator. Its deliverables can be planned for
      everybody at once.
    </EmptyState>
  );
}

interface ShownProps {
  campaign: Campaign;
  version: BriefVersion;
  compare: number | undefined;
  onChange: (change: Partial<z.infer<typeof search>>) => void;
  mayWrite: boolean;
}

function Shown({ campaign, version, compare, onChange, mayWrite }: ShownProps) {
  const isNewest = version.version === campaign.briefVersion;
  return (
    <div className="cols">
      <div className="stack">
        <div className="camp-bar noprint">
          <span className="meta">
            Version {version.version}, saved {version.savedAt === null ? '' : formatWhen(version.savedAt)} by{' '}
            {version.savedBy}
            {isNewest ? '' : '. Not the newest one.'}
          </span>
          <span className="row">
            <Button leftSection={<IconPrinter size={16} stroke={1.6} aria-hidden />} onClick={() => window.print()}>
              Print
            </Button>
            {mayWrite && isNewest && (
              <Button variant="filled" onClick={() => onChange({ edit: true })}>
                Edit the brief
              </Button>
            )}
          </span>
        </div>
        <ScriptWarnings warnings={version.warnings} />
        {compare === undefined ? (
          <BriefText name={campaign.name} brief={version.brief} />
        ) : (
          <Changes campaignId={campaign.id} from={compare} to={version.version} />
        )}
      </div>
      <div className="noprint">
        <Versions campaign={campaign} shown={version.version} compare={compare} onChange={onChange} />
      </div>
    </div>
  );
}

function Versions({
  campaign,
  shown,
  compare,
  onChange,
}: {
  campaign: Campaign;
  shown: number;
  compare: number | undefined;
  onChange: ShownProps['onChange'];
}) {
  const { timeZone } = useWorkspace();
  const query = useApiQuery(listBriefVersions, { campaignId: campaign.id });
  return (
    <Section
      title="Versions"
      {...(compare === undefined
        ? {}
        : {
            end: (
              <button type="button" className="link bare" onClick={() => onChange({ compare: undefined })}>
                Show the text
              </button>
            ),
          })}
    >
      <QueryState query={query}>
        {(versions) => (
          <ul className="list">
            {versions.map((one) => (
              <li key={one.version}>
                <div style={{ flex: 1, minWidth: 0 }}>
                  <button
                    type="button"
                    className="link bare"
                    aria-current={one.version === shown ? 'true' : undefined}
                    onClick={() =>
                      onChange({
                        version: one.version === campaign.briefVersion ? undefined : one.version,
                        compare: undefined,
                      })
                    }
                  >
                    Version {one.version}
                  </button>
                  <span className="meta block" title={timeZone}>
                    {one.savedBy}, {formatWhen(one.savedAt)}
                  </span>
                </div>
                {one.version < shown && (
                  <button
                    type="button"
                    className="link bare"
                    aria-label={`Compare version ${one.version} with version ${shown}`}
                    aria-pressed={compare === one.version}
                    onClick={() => onChange({ compare: one.version })}
                  >
                    Compare
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryState>
    </Section>
  );
}

function Changes({ campaignId, from, to }: { campaignId: string; from: number; to: number }) {
  const query = useApiQuery(compareBriefs, { campaignId, from, to });
  return (
    <QueryState query={query}>
      {({ changes }) => (
        <article className="camp-brief" aria-label={`Changes from version ${from} to version ${to}`}>
          <h2>
            Version {from} to version {to}
          </h2>
          {changes.length === 0 && <p className="ink-2">Nothing differs but the order of lines.</p>}
          {changes.map((change) => (
            <section key={change.field} className="camp-diff">
              <h3>{change.label}</h3>
              {change.before.map((line) => (
                <del key={line}>{line}</del>
              ))}
              {change.after.map((line) => (
                <ins key={line}>{line}</ins>
              ))}
            </section>
          ))}
        </article>
      )}
    </QueryState>
  );
}
