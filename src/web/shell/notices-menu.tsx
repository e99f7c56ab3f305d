import { ActionIcon, Popover } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { AppLink } from '#web/shell/app-link.tsx';
import type { Notice } from '#web/shell/feature.ts';
import { useNotices } from '#web/shell/use-of-features.ts';
import { formatWhen } from '#web/ui/format-when.ts';

/** The bell: what happened while one was away. */
export function NoticesMenu() {
  const notices = useNotices();
  const unread = notices.filter((notice) => notice.isUnread).length;
  return (
    <Popover position="bottom-end" width={340} withArrow>
      <Popover.Target>
        <ActionIcon className="bell" aria-label={unread > 0 ? `Notifications, ${unread} new` : 'Notifications'}>
          <IconBell size={18} stroke={1.6} />
          {unread > 0 && <span className="pip" />}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <h2>Notifications</h2>
        {notices.length === 0 ? (
          <p className="meta">Nothing new. What changes while you are away is listed here.</p>
        ) : (
          <ul className="notices">
            {notices.map((notice) => (
              <li key={notice.id}>
                <NoticeTitle notice={notice} />
                {notice.text && <span className="ink-2">{notice.text}</span>}
                <span className="meta">{formatWhen(notice.at)}</span>
              </li>
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function NoticeTitle({ notice }: { notice: Notice }) {
  if (notice.to === undefined) return <b>{notice.title}</b>;
  return (
    <AppLink to={notice.to} {...(notice.params ? { params: notice.params } : {})}>
      <b>{notice.title}</b>
    </AppLink>
  );
}
