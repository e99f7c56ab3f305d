import { Button } from '@mantine/core';
import type { Thread } from '#modules/outreach/api.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { Tag } from '#web/ui/tag.tsx';

interface Props {
  rows: readonly Thread[];
  currentId: string | null;
  onOpen: (threadId: string) => void;
  onMore: (() => void) | null;
}

/** Conversations, newest first; what waits for us says so in words. */
export function ThreadList({ rows, currentId, onOpen, onMore }: Props) {
  return (
    <div className="out-threads">
      <ul aria-label="Conversations">
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={row.isUnread ? 'out-thread unread' : 'out-thread'}
              aria-current={row.id === currentId}
              onClick={() => onOpen(row.id)}
            >
              <Avatar id={row.personId} name={row.name} size={32} />
              <span className="out-thread-text">
                <span className="spread">
                  <b className="clip">{row.name}</b>
                  <span className="meta">{formatWhen(row.lastAt)}</span>
                </span>
                <span className="clip">{row.subject}</span>
                <span className="meta clip">
                  {row.lastDirection === 'out' ? 'You: ' : ''}
                  {row.snippet}
                </span>
                {(row.waitingSince !== null || row.wantsStop) && (
                  <span className="row">
                    {row.waitingSince !== null && row.state === 'open' && <Tag tone="warn">waits for you</Tag>}
                    {row.wantsStop && <Tag tone="bad">wants no more mails</Tag>}
                  </span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {onMore && (
        <Button variant="subtle" color="gray" onClick={onMore}>
          Show older ones
        </Button>
      )}
    </div>
  );
}
