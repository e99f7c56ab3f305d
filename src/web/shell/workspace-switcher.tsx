import { Menu } from '@mantine/core';
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useSession } from '#web/api/session.tsx';
import { useWorkspace } from '#web/api/workspace-context.ts';

/** The open workspace's name; with several, a menu to go to another one's first page. */
export function WorkspaceSwitcher() {
  const { workspaces } = useSession();
  const open = useWorkspace();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button type="button" className="switcher" aria-label={`Workspace ${open.name}, change`}>
          <span className="clip">{open.name}</span>
          <IconSelector className="i i-14" aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Workspaces</Menu.Label>
        {workspaces.map((workspace) => (
          <Menu.Item
            key={workspace.id}
            onClick={() => void navigate({ to: '/$workspace', params: { workspace: workspace.slug } })}
            rightSection={workspace.id === open.id ? <IconCheck className="i i-14" aria-label="open" /> : null}
          >
            {workspace.name}
            <span className="meta block">
              {workspace.role}
              {workspace.isSample ? ', sample' : ''}
            </span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          onClick={() => void navigate({ to: '/new-workspace' })}
        >
          New workspace
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
