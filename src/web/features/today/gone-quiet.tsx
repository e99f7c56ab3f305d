import type { Today } from '#modules/today/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';

/** Creators of live campaigns who are silent for longer than they ever were, as far as their accounts were read. */
export function GoneQuiet({ quiet }: { quiet: Today['quiet'] }) {
  const { timeZone } = useWorkspace();
  const unread = quiet.active - quiet.readable;
  return (
    <Section title="Gone quiet" note="no post for longer than their own longest gap">
      {quiet.rows.length === 0 ? (
        <p className="ink-2 today-none">{noneOf(quiet)}</p>
      ) : (
        <ul className="list">
          {quiet.rows.map((row) => (
            <li key={row.person.id}>
              <div className="who grow">
                <Avatar id={row.person.id} name={row.person.name} size={32} />
                <div>
                  <b>
                    <AppLink to="/creators/$personId" params={{ personId: row.person.id }}>
                      {row.person.name}
                    </AppLink>
                  </b>
                  <span className="meta">{row.campaign.name}</span>
                </div>
              </div>
              <div className="grow">
                <div>No post for {formatPlural(row.days, 'day')}</div>
                <div className="meta">
                  longest gap was {row.longestGapDays}, of {row.posts} posts read {formatDate(row.readAt, timeZone)}
                </div>
              </div>
            </li>
          ))}
        </ul>
      )}
      {quiet.active > 0 && (
        <p className="meta today-after">
          {formatPlural(quiet.active, 'active creator')}, {quiet.readable - quiet.rows.length} within their habit
          {unread > 0 && `, ${unread} not known: fewer than 5 posts, or not read in 14 days`}.
        </p>
      )}
    </Section>
  );
}

function noneOf({ active, readable }: Today['quiet']): string {
  if (active === 0) return 'No creator is on a live campaign.';
  if (readable === 0) return 'Not known: no posts of the active creators were read in the last 14 days.';
  return 'Everybody whose posts are known keeps to their habit.';
}
