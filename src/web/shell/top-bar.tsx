import { ActionIcon } from '@mantine/core';
import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { Breadcrumbs } from '#web/shell/breadcrumbs.tsx';
import { JobsIndicator } from '#web/shell/jobs-indicator.tsx';
import { NoticesMenu } from '#web/shell/notices-menu.tsx';
import { openPalette } from '#web/shell/palette.tsx';
import { UserMenu } from '#web/shell/user-menu.tsx';
import { WorkspaceSwitcher } from '#web/shell/workspace-switcher.tsx';

const shortcut = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K';

export function TopBar({ onMenu }: { onMenu: () => void }) {
  return (
    <header className="top">
      <ActionIcon className="only-phone" aria-label="Open the menu" onClick={onMenu}>
        <IconMenu2 size={18} />
      </ActionIcon>
      <WorkspaceSwitcher />
      <Breadcrumbs />
      <button type="button" className="search" onClick={openPalette} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch className="i" aria-hidden />
        <span>Search or run a command</span>
        <kbd aria-hidden>{shortcut}</kbd>
      </button>
      <JobsIndicator />
      <NoticesMenu />
      <UserMenu />
    </header>
  );
}
