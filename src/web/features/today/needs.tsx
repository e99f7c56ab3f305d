import { Button } from '@mantine/core';
import {
  type Icon,
  IconAlertTriangle,
  IconFileAlert,
  IconFileImport,
  IconHourglassHigh,
  IconLinkOff,
  IconListCheck,
  IconPhotoCheck,
  IconReportAnalytics,
  IconTargetArrow,
  IconTicket,
  IconUserExclamation,
  IconUserSearch,
} from '@tabler/icons-react';
import type { Need, NeedKind, Tier } from '#modules/today/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';

const icons: Record<NeedKind, Icon> = {
  paused_link: IconLinkOff,
  broken_link: IconLinkOff,
  creator_turned: IconUserExclamation,
  goal_behind: IconTargetArrow,
  unknown_code: IconTicket,
  draft_waits: IconPhotoCheck,
  deliverable_late: IconHourglassHigh,
  creator_waits: IconAlertTriangle,
  results_missing: IconReportAnalytics,
  work: IconListCheck,
  new_matches: IconUserSearch,
  import_errors: IconFileImport,
};
const tones: Record<Tier, string> = { now: 'bad', late: 'bad', today: 'warn', soon: '', open: '' };

/** What waits for somebody, the most costly to leave first, each with one verb. */
export function Needs({ needs }: { needs: readonly Need[] }) {
  return (
    <Section
      title="Needs you"
      note="most costly to leave first"
      end={
        <AppLink to="/tasks">
          {needs.length > 0 ? `${formatPlural(needs.length, 'open thing')}, all tasks` : 'All tasks'}
        </AppLink>
      }
    >
      {needs.length === 0 ? (
        <p className="ink-2 today-none">
          Nothing waits: no draft, nobody past their patience, no goal behind its line, no order without an owner.
        </p>
      ) : (
        <ul className="today-needs">
          {needs.map((need, index) => (
            <Line key={need.id} need={need} isFirst={index === 0} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Line({ need, isFirst }: { need: Need; isFirst: boolean }) {
  const go = useGo();
  const Mark = icons[need.kind] ?? IconFileAlert;
  const { path, search, label } = need.action;
  return (
    <li>
      <span className={need.tier === 'now' ? 'today-kind bad' : 'today-kind'}>
        <Mark size={18} stroke={1.6} aria-hidden />
      </span>
      <div className="grow">
        <b title={need.title}>{need.title}</b>
        <span className="meta" title={need.detail}>
          {need.detail}
        </span>
      </div>
      <span className="avs">
        {need.people.map((person) => (
          <Avatar key={person.id} id={person.id} name={person.name} size={24} />
        ))}
      </span>
      <span className={`today-due ${tones[need.tier]}`}>{need.due}</span>
      <Button size="xs" variant={isFirst ? 'filled' : 'default'} onClick={() => go(path, { search })}>
        {label}
      </Button>
    </li>
  );
}
