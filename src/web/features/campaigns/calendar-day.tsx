import type { CalendarEntry } from '#modules/campaigns/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { EntryLine } from './calendar-agenda.tsx';
import { sayLongDay } from './calendar-words.ts';

interface Props {
  day: string;
  entries: readonly CalendarEntry[];
  onClose: () => void;
  onStep: (by: -1 | 1) => void;
}

/** To the creator on the campaign, else to the creator. */
function PersonLink({ entry, person }: { entry: CalendarEntry; person: CalendarEntry['people'][number] }) {
  const { campaign } = entry;
  if (campaign === null || person.enrolmentId === null)
    return (
      <AppLink to="/creators/$personId" params={{ personId: person.personId }}>
        {person.name}
      </AppLink>
    );
  const [params, search] = [{ campaignId: campaign.id }, { open: person.enrolmentId }];
  return (
    <AppLink to="/campaigns/$campaignId/roster" params={params} search={search}>
      {person.name}
    </AppLink>
  );
}

/** One day beside the month: every entry with the creators it concerns. */
export function CalendarDay({ day, entries, onClose, onStep }: Props) {
  return (
    <SidePanel label={sayLongDay(day)} onClose={onClose} onPrevious={() => onStep(-1)} onNext={() => onStep(1)}>
      <div className="camp-side">
        <h3>{sayLongDay(day)}</h3>
        {entries.length === 0 ? (
          <p className="ink-2">Nothing falls on this day.</p>
        ) : (
          entries.map((entry) => (
            <section key={entry.id} className="cal-entry">
              <EntryLine entry={entry} />
              {entry.people.length > 0 && (
                <ul className="camp-plainlist">
                  {entry.people.map((one) => (
                    <li key={`${one.personId} ${one.enrolmentId} ${one.what}`} className="row">
                      <Avatar id={one.personId} name={one.name} size={20} />
                      <PersonLink entry={entry} person={one} />
                      <span className="meta clip">
                        {one.what}
                        {one.isDone ? ', done' : ''}
                      </span>
                    </li>
                  ))}
                  {entry.count > entry.people.length && (
                    <li className="meta">and {entry.count - entry.people.length} more</li>
                  )}
                </ul>
              )}
            </section>
          ))
        )}
      </div>
    </SidePanel>
  );
}
