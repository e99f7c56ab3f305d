import { Drawer } from '@mantine/core';
import { useState } from 'react';
import { type CommentSummary, listPodComments, type Pod } from '#modules/vetting/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatDecimal, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { kindWords } from './comment-words.ts';

interface Props {
  summary: CommentSummary;
  /** Id of the pod whose comments the list shows. */
  chosen: string | undefined;
  onChoose: (podId: string | undefined) => void;
}

/** Commenters who meet under the same creators more often than by chance. */
export function PodsSection({ summary, chosen, onChoose }: Props) {
  const [open, setOpen] = useState<Pod | null>(null);
  const { podSearch, pods } = summary;
  return (
    <Section
      title="Pods"
      note={podSearch.searchedAt === null ? undefined : `looked for ${formatDate(podSearch.searchedAt)}`}
    >
      {pods.length === 0 ? (
        <p className="meta vt-empty">
          {podSearch.state === 'searched' ? 'No pod comments here. ' : ''}
          {podSearch.text}
        </p>
      ) : (
        <ul className="vt-pods">
          {pods.map((pod) => (
            <li key={pod.id}>
              <div className="spread">
                <b>
                  {formatPlural(pod.members, 'account')} under {formatPlural(pod.creators, 'creator')}
                </b>
                <Tag tone={pod.state === 'likely' ? 'warn' : 'plain'}>
                  {pod.state === 'likely' ? 'likely a pod' : 'maybe only shared readers'}
                </Tag>
              </div>
              <p className="meta">
                Two of them share {pod.sharedCreators} creators, where chance gives {formatDecimal(pod.expectedShared)}
                {pod.marks.length > 0 && `; ${pod.marks.join('; ')}`}.
              </p>
              <p className="vt-members">
                {pod.authors.slice(0, 8).map((author) => (
                  <span key={author.handle}>@{author.handle}</span>
                ))}
                {pod.members > 8 && <span className="meta">and {pod.members - 8} more</span>}
              </p>
              <div className="row">
                <button type="button" className="vt-link" onClick={() => setOpen(pod)}>
                  Members and comments
                </button>
                <button
                  type="button"
                  className="vt-link"
                  aria-pressed={chosen === pod.id}
                  onClick={() => onChoose(chosen === pod.id ? undefined : pod.id)}
                >
                  {chosen === pod.id ? 'Show all comments' : 'Only their comments here'}
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Drawer
        opened={open !== null}
        onClose={() => setOpen(null)}
        position="right"
        size={520}
        title={open === null ? '' : `Pod of ${formatPlural(open.members, 'account')}`}
        closeButtonProps={{ 'aria-label': 'Close the pod' }}
      >
        {open !== null && <PodBody pod={open} />}
      </Drawer>
    </Section>
  );
}

function PodBody({ pod }: { pod: Pod }) {
  const comments = useApiQuery(listPodComments, { podId: pod.id, limit: 100 });
  return (
    <div className="stack">
      <p className="ink-2">
        Found among {formatPlural(pod.comments, 'comment')}.{' '}
        {pod.genericShare !== null && `${formatShare(pod.genericShare)} of them would fit any post. `}
        {pod.medianMinutes === null
          ? 'How soon after the posts they came is not known for enough of them.'
          : `Half came within ${Math.ceil(pod.medianMinutes)} minutes of the post, of ${pod.timed} with both times.`}
      </p>
      <Section title="Members" note={formatPlural(pod.members, 'account')}>
        <ul className="list" aria-label="Members">
          {pod.authors.map((author) => (
            <li key={author.handle} className="spread">
              <span className="clip">@{author.handle}</span>
              <span className="meta">
                {formatPlural(author.creators, 'creator')}, {formatPlural(author.comments, 'comment')}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Creators" note={formatPlural(pod.creators, 'creator')}>
        <p className="vt-members">
          {pod.profiles.map((profile) => (
            <AppLink key={profile.profileId} to="/creators/$personId/comments" params={{ personId: profile.personId }}>
              @{profile.handle}
            </AppLink>
          ))}
        </p>
      </Section>
      <Section title="Comments" note="soonest after the post first">
        <QueryState query={comments}>
          {({ rows }) => (
            <ul className="vt-evidence">
              {rows.map((row) => (
                <li key={row.id}>
                  <span className="vt-ev-text">
                    {row.text}
                    <span className="meta">
                      @{row.authorHandle} under @{row.creatorHandle}
                      {row.kind !== null && `, ${kindWords[row.kind].toLowerCase()}`}
                    </span>
                  </span>
                  <b>{row.minutesAfterPost === null ? 'time not known' : after(row.minutesAfterPost)}</b>
                </li>
              ))}
            </ul>
          )}
        </QueryState>
      </Section>
    </div>
  );
}

function after(minutes: number): string {
  if (minutes < 90) return `${Math.round(minutes)} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}
