import {
  IconBan,
  IconCash,
  IconFileImport,
  IconFileText,
  IconFlag,
  IconLayoutKanban,
  IconMail,
  IconNote,
  IconPhoto,
  IconThumbUp,
} from '@tabler/icons-react';
import { useState } from 'react';
import { getTimeline, type TimelineEntry } from '#modules/relationships/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Timeline } from '#web/ui/timeline.tsx';

const icons: Record<TimelineEntry['kind'], typeof IconNote> = {
  roster: IconLayoutKanban,
  brief: IconFileText,
  post: IconPhoto,
  payment: IconCash,
  note: IconNote,
  opinion: IconThumbUp,
  incident: IconFlag,
  flag: IconBan,
  message: IconMail,
  imported: IconFileImport,
};
const shownAtFirst = 12;

/** What happened between us and this creator, newest first. */
export function TimelineSection({ personId }: { personId: string }) {
  const query = useApiQuery(getTimeline, { personId });
  const { timeZone } = useWorkspace();
  const [isWhole, setWhole] = useState(false);
  return (
    <Section title="What happened" note="newest first">
      <QueryState query={query}>
        {(entries) =>
          entries.length === 0 ? (
            <p className="meta rel-empty">Nothing yet.</p>
          ) : (
            <>
              <Timeline
                label="What happened"
                timeZone={timeZone}
                entries={entries.slice(0, isWhole ? entries.length : shownAtFirst).map((entry, index) => ({
                  id: `${entry.at} ${index}`,
                  at: entry.at,
                  icon: icons[entry.kind],
                  title: <Title entry={entry} />,
                  ...(entry.detail === null ? {} : { text: entry.detail }),
                }))}
              />
              {entries.length > shownAtFirst && !isWhole && (
                <button type="button" className="link bare" onClick={() => setWhole(true)}>
                  Show {entries.length - shownAtFirst} more
                </button>
              )}
            </>
          )
        }
      </QueryState>
    </Section>
  );
}

function Title({ entry }: { entry: TimelineEntry }) {
  return (
    <>
      {entry.url === null ? (
        entry.title
      ) : (
        <a href={entry.url} target="_blank" rel="noreferrer">
          {entry.title}
        </a>
      )}
      {entry.campaign !== null && (
        <span className="meta">
          {' '}
          on{' '}
          <AppLink to="/campaigns/$campaignId" params={{ campaignId: entry.campaign.id }}>
            {entry.campaign.name}
          </AppLink>
        </span>
      )}
      {entry.by !== null && <span className="meta">, {entry.by}</span>}
    </>
  );
}
