import { Button, Menu } from '@mantine/core';
import { IconDots, IconFileTypePdf, IconTemplate } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import {
  type Brief,
  type BriefVersion,
  type Campaign,
  getBrief,
  getBriefPdf,
  listBriefStatus,
} from '#modules/campaigns/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Segments } from '#web/ui/segments.tsx';
import './brief.css';
import { BriefCreators } from './brief-creators.tsx';
import { BriefEditor } from './brief-editor.tsx';
import { BriefTemplates, KeepTemplateDialog, TemplateDialog } from './brief-templates.tsx';
import { BriefText } from './brief-text.tsx';
import { BriefChanges, BriefVersions } from './brief-versions.tsx';
import { ScriptWarnings } from './script-warnings.tsx';
import { useCampaign } from './use-campaign.ts';

const search = z.object({
  version: z.number().optional(),
  compare: z.number().optional(),
  edit: z.boolean().default(false),
  view: z.enum(['text', 'creators']).default('text'),
  show: z.enum(['all', 'to_send', 'waiting', 'acknowledged']).default('all'),
});
type Search = z.infer<typeof search>;

/** What the creators are told, version by version, and who has read and confirmed it. */
export function BriefPage() {
  return <QueryState query={useCampaign()}>{(campaign) => <Frame campaign={campaign} />}</QueryState>;
}

function Frame({ campaign }: { campaign: Campaign }) {
  const [state, setState] = useSearchState(search);
  const [start, setStart] = useState<Brief | undefined>(undefined);
  const query = useApiQuery(
    getBrief,
    { campaignId: campaign.id, ...(state.version === undefined ? {} : { version: state.version }) },
    { keepPrevious: true },
  );
  const mayWrite = useCan('campaigns:write');
  const edit = (from?: Brief) => {
    setStart(from);
    setState({ edit: true, version: undefined, compare: undefined });
  };
  return (
    <QueryState query={query}>
      {(version) => {
        if (state.edit && mayWrite)
          return (
            <BriefEditor
              campaign={campaign}
              version={version}
              start={start}
              onClose={() => {
                setStart(undefined);
                setState({ edit: false, version: undefined });
              }}
            />
          );
        if (version.version === 0) return <NoBrief campaign={campaign} onStart={mayWrite ? edit : null} />;
        return (
          <Shown
            campaign={campaign}
            version={version}
            state={state}
            onChange={setState}
            onEdit={mayWrite ? edit : null}
          />
        );
      }}
    </QueryState>
  );
}

interface NoBriefProps {
  campaign: Campaign;
  onStart: ((from?: Brief) => void) | null;
}

function NoBrief({ campaign, onStart }: NoBriefProps) {
  if (onStart === null)
    return <EmptyState title="No brief yet">Somebody who may change campaigns can write it.</EmptyState>;
  return (
    <div className="camp-start">
      <h2>No brief yet. Where do you want to begin?</h2>
      <p className="ink-2">
        A brief says what should come across and what is left to the creator. Nobody sees it before you send it.
      </p>
      <BriefTemplates campaign={campaign} onTake={onStart} onEmpty={() => onStart()} />
    </div>
  );
}

interface ShownProps {
  campaign: Campaign;
  version: BriefVersion;
  state: Search;
  onChange: (change: Partial<Search>, options?: { push?: boolean }) => void;
  onEdit: ((from?: Brief) => void) | null;
}

function Shown({ campaign, version, state, onChange, onEdit }: ShownProps) {
  const isNewest = version.version === campaign.briefVersion;
  const status = useApiQuery(listBriefStatus, { campaignId: campaign.id });
  const rows = status.data?.rows ?? [];
  const confirmed = rows.filter((row) => row.state === 'acknowledged').length;
  const toSend = rows.filter((row) => row.state === 'not_sent' || row.state === 'outdated').length;
  return (
    <div className="camp-views">
      <div className="camp-bar noprint">
        <Segments
          label="Show"
          value={state.view}
          onChange={(view) => onChange({ view })}
          options={[
            { value: 'text', label: 'The text' },
            { value: 'creators', label: `Who confirmed it ${confirmed} of ${rows.length}` },
          ]}
        />
        {state.view === 'text' && onEdit !== null && toSend > 0 && (
          <button
            type="button"
            className="link bare"
            onClick={() => onChange({ view: 'creators', show: 'to_send' }, { push: true })}
          >
            {formatPlural(toSend, 'creator has', 'creators have')} still to be sent it
          </button>
        )}
      </div>
      {state.view === 'creators' ? (
        <BriefCreators campaign={campaign} filter={state.show} onFilter={(show) => onChange({ show })} />
      ) : (
        <div className="cols">
          <div className="stack">
            <div className="camp-bar noprint">
              <span className="meta">
                Version {version.version}, saved {version.savedAt === null ? '' : formatWhen(version.savedAt)} by{' '}
                {version.savedBy}
                {isNewest ? '' : '. Not the newest one.'}
              </span>
              <Acts campaign={campaign} version={version.version} onEdit={isNewest ? onEdit : null} />
            </div>
            <ScriptWarnings warnings={version.warnings} />
            {state.compare === undefined ? (
              <BriefText name={campaign.name} brief={version.brief} />
            ) : (
              <BriefChanges campaignId={campaign.id} from={state.compare} to={version.version} />
            )}
          </div>
          <div className="noprint">
            <BriefVersions campaign={campaign} shown={version.version} compare={state.compare} onChange={onChange} />
          </div>
        </div>
      )}
    </div>
  );
}

interface ActsProps {
  campaign: Campaign;
  version: number;
  onEdit: ((from?: Brief) => void) | null;
}

function Acts({ campaign, version, onEdit }: ActsProps) {
  const pdf = useDownload(getBriefPdf);
  const [dialog, setDialog] = useState<'keep' | 'templates' | null>(null);
  const close = () => setDialog(null);
  return (
    <span className="row">
      <Button
        leftSection={<IconFileTypePdf size={16} stroke={1.6} aria-hidden />}
        loading={pdf.isRunning}
        onClick={() =>
          void pdf
            .start({ campaignId: campaign.id, version }, 'brief.pdf')
            .catch((error: unknown) => sayFailed('No PDF made', error))
        }
      >
        PDF
      </Button>
      {onEdit !== null && (
        <>
          <Menu position="bottom-end" width={240}>
            <Menu.Target>
              <Button variant="subtle" color="gray" aria-label="More for the brief">
                <IconDots size={16} stroke={1.6} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconTemplate size={16} stroke={1.6} />} onClick={() => setDialog('keep')}>
                Keep as a template
              </Menu.Item>
              <Menu.Item onClick={() => setDialog('templates')}>Start again from a template</Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Button variant="filled" onClick={() => onEdit()}>
            Edit the brief
          </Button>
        </>
      )}
      {dialog === 'keep' && <KeepTemplateDialog campaign={campaign} onClose={close} />}
      {dialog === 'templates' && onEdit !== null && (
        <TemplateDialog campaign={campaign} onClose={close} onTake={(brief) => onEdit(brief)} />
      )}
    </span>
  );
}
