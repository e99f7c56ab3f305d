import { Button, Chip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload, IconRss } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import { addDays } from '#kernel/time.ts';
import {
  type CalendarEntry,
  type CalendarKind,
  calendarKindNames,
  calendarKindSchema,
  calendarKinds,
  getCalendar,
  getCalendarFile,
} from '#modules/campaigns/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { ErrorState } from '#web/ui/error-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import './campaigns.css';
import './calendar.css';
import { CalendarAgenda } from './calendar-agenda.tsx';
import { CalendarDay } from './calendar-day.tsx';
import { CalendarFeedDialog } from './calendar-feed-dialog.tsx';
import { CalendarMonth } from './calendar-month.tsx';
import { monthDays, monthOf, sayMonth, stepMonth } from './calendar-words.ts';
import { RemindersDialog } from './reminders-dialog.tsx';
import { useCampaign } from './use-campaign.ts';
import { useToday } from './use-today.ts';

const search = z.object({
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
    .optional(),
  day: z.iso.date().optional(),
  kinds: z.array(calendarKindSchema).default([]),
});

/** The calendar of one campaign: a tab of its page. */
export function CampaignCalendarPage() {
  const { data: campaign } = useCampaign();
  const [isSetting, setSetting] = useState(false);
  if (campaign === undefined) return <SkeletonLines />;
  return (
    <>
      <Calendar
        campaignId={campaign.id}
        more={
          <Button size="compact-sm" onClick={() => setSetting(true)}>
            Reminders
          </Button>
        }
      />
      {isSetting && <RemindersDialog campaign={campaign} onClose={() => setSetting(false)} />}
    </>
  );
}

/** What falls on which day over all campaigns. */
export function CalendarPage() {
  return (
    <div className="page">
      <PageHeader title="Calendar" sub="Of all campaigns that are not archived" />
      <Calendar />
    </div>
  );
}

function Calendar({ campaignId, more }: { campaignId?: string; more?: React.ReactNode }) {
  const today = useToday();
  const [state, setState] = useSearchState(search);
  const month = state.month ?? monthOf(state.day ?? today);
  const days = monthDays(month);
  const [from = today, until = today] = [days[0], days.at(-1)];
  const query = useApiQuery(
    getCalendar,
    { from, until, ...(campaignId === undefined ? {} : { campaignId }), kinds: state.kinds },
    { keepPrevious: true },
  );
  const entries = query.data?.entries;
  const onDay = (day: string) => (entries ?? []).filter((entry) => entry.from <= day && entry.until >= day);
  const go = (to: string) => setState({ month: to, day: undefined });
  const select = (day: string) => setState({ day, month: monthOf(day) });
  return (
    <div className="cal">
      <div className="camp-bar">
        <div className="row">
          <Button size="compact-sm" aria-label="Month before" onClick={() => go(stepMonth(month, -1))}>
            <IconChevronLeft size={16} aria-hidden />
          </Button>
          <h2 className="cal-title" aria-live="polite">
            {sayMonth(month)}
          </h2>
          <Button size="compact-sm" aria-label="Month after" onClick={() => go(stepMonth(month, 1))}>
            <IconChevronRight size={16} aria-hidden />
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => select(today)}>
            Today
          </Button>
        </div>
        <div className="row" style={{ flexWrap: 'wrap' }}>
          {more}
          <Follow campaignId={campaignId} />
          <SaveFile campaignId={campaignId} kinds={state.kinds} />
        </div>
      </div>
      <Kinds entries={entries ?? []} chosen={state.kinds} onChange={(kinds) => setState({ kinds })} />
      {query.error && entries === undefined ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : entries === undefined ? (
        <SkeletonLines />
      ) : (
        <div className={state.day === undefined ? 'cal-views' : 'cal-views with-day'}>
          <CalendarMonth month={month} today={today} day={state.day} onDay={onDay} onSelect={select} />
          <CalendarAgenda days={days.filter((day) => monthOf(day) === month)} today={today} onDay={onDay} />
          {state.day !== undefined && (
            <CalendarDay
              day={state.day}
              entries={onDay(state.day)}
              onClose={() => setState({ day: undefined })}
              onStep={(by) => select(addDays(state.day ?? today, by))}
            />
          )}
        </div>
      )}
    </div>
  );
}

interface KindsProps {
  entries: readonly CalendarEntry[];
  chosen: readonly CalendarKind[];
  onChange: (kinds: CalendarKind[]) => void;
}

/** Filters by kind; those with nothing in sight are left out unless chosen. */
function Kinds({ entries, chosen, onChange }: KindsProps) {
  const there = new Set(entries.map((entry) => entry.kind));
  const shown = calendarKinds.filter((kind) => there.has(kind) || chosen.includes(kind));
  if (shown.length < 2 && chosen.length === 0) return null;
  return (
    <Chip.Group
      multiple
      value={[...chosen]}
      onChange={(kinds) => onChange(calendarKinds.filter((one) => kinds.includes(one)))}
    >
      <fieldset className="cal-kinds" aria-label="Show only">
        {shown.map((kind) => (
          <Chip key={kind} value={kind} radius="sm" variant="outline" size="xs">
            {calendarKindNames[kind]}
          </Chip>
        ))}
      </fieldset>
    </Chip.Group>
  );
}

function Follow({ campaignId }: { campaignId: string | undefined }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-sm" leftSection={<IconRss size={14} aria-hidden />} onClick={() => setOpen(true)}>
        Follow
      </Button>
      {isOpen && <CalendarFeedDialog campaignId={campaignId} onClose={() => setOpen(false)} />}
    </>
  );
}

function SaveFile({ campaignId, kinds }: { campaignId: string | undefined; kinds: CalendarKind[] }) {
  const file = useDownload(getCalendarFile);
  const save = () =>
    file
      .start({ ...(campaignId === undefined ? {} : { campaignId }), kinds }, 'calendar.ics')
      .catch((error: unknown) => sayFailed('Not saved', error));
  return (
    <Button
      size="compact-sm"
      loading={file.isRunning}
      leftSection={<IconDownload size={14} aria-hidden />}
      onClick={() => void save()}
    >
      Calendar file
    </Button>
  );
}
