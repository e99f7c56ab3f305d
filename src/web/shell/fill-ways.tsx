import { Button } from '@mantine/core';
import { IconBookmark, IconClipboardList, IconFileSpreadsheet, IconPlugConnected } from '@tabler/icons-react';
import { useCan } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';

const ways = [
  {
    icon: IconFileSpreadsheet,
    title: 'A file you have',
    text: 'CSV, Excel or JSON of any tool. Columns are recognised; you see how before anything is kept.',
    action: 'Import a file',
    to: '/creators/import',
    search: {},
  },
  {
    icon: IconClipboardList,
    title: 'Handles or addresses',
    text: 'Paste a list as it is, platforms mixed. Each line says how it was read.',
    action: 'Paste a list',
    to: '/creators',
    search: { add: 'paste' },
  },
  {
    icon: IconBookmark,
    title: 'The page you look at',
    text: 'A bookmark reads the profile that is open in your browser and keeps it here.',
    action: 'Set up the bookmark',
    to: '/creators/capture',
    search: {},
  },
  {
    icon: IconPlugConnected,
    title: 'The platforms themselves',
    text: 'YouTube, Instagram, TikTok, Pinterest and blogs, with a key of your own. Figures stay fresh.',
    action: 'Connect a platform',
    to: '/settings/connections',
    search: {},
  },
] as const;

/** The four ways to fill an empty index: for every page that has nobody to show yet. */
export function FillWays() {
  const go = useGo();
  const canWrite = useCan('creators:write');
  if (!canWrite) return <p className="meta">Somebody with the role of a manager can bring creators in.</p>;
  return (
    <ul className="fill-ways" aria-label="Ways to bring creators in">
      {ways.map(({ icon: Icon, title, text, action, to, search }, at) => (
        <li key={title} className="card pad">
          <Icon size={20} stroke={1.6} aria-hidden />
          <h2>{title}</h2>
          <p className="ink-2">{text}</p>
          <Button variant={at === 0 ? 'filled' : 'default'} onClick={() => go(to, { search })}>
            {action}
          </Button>
        </li>
      ))}
    </ul>
  );
}
