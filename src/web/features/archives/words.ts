import type { ArchiveContent, ArchiveImport, WorkspaceArchive } from '#modules/archives/api.ts';
import { formatCount, formatDecimal, formatPlural } from '#web/ui/format-number.ts';
import type { Tone } from '#web/ui/tag.tsx';

export const archiveWords: Record<WorkspaceArchive['state'], { label: string; tone: Tone }> = {
  running: { label: 'being made', tone: 'accent' },
  ready: { label: 'ready', tone: 'good' },
  failed: { label: 'failed', tone: 'bad' },
  cancelled: { label: 'cancelled', tone: 'plain' },
  expired: { label: 'file removed', tone: 'plain' },
};

export const importWords: Record<ArchiveImport['state'], { label: string; tone: Tone }> = {
  uploaded: { label: 'checked, not taken in', tone: 'plain' },
  running: { label: 'being taken in', tone: 'accent' },
  done: { label: 'taken in', tone: 'good' },
  failed: { label: 'failed', tone: 'bad' },
  cancelled: { label: 'cancelled', tone: 'plain' },
};

/** The column of a secret, as people call it. */
const secretWords: Record<string, string> = {
  connection: 'keys of platforms',
  contract_settings: 'key that seals contracts',
  guest_link: 'secrets of links for people outside',
  mailbox: 'passwords of mailboxes',
  order_source: 'signing secrets of order sources',
  shop: 'keys of shops',
  webhook_endpoint: 'secrets of webhooks',
};

export function secretsOf(content: ArchiveContent): string[] {
  const words = content.secretsLeftOut.map(({ table }) => secretWords[table] ?? table.replaceAll('_', ' '));
  return [...new Set(words)];
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return formatPlural(bytes, 'byte');
  const steps = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let at = 0;
  while (value >= 1000 && at < steps.length - 1) {
    value /= 1000;
    at += 1;
  }
  return `${formatDecimal(value, value < 10 ? 1 : 0)} ${steps[at]}`;
}

export function sizeOf(content: ArchiveContent, bytes: number | null): string {
  const files = content.files.files === 0 ? 'no files' : formatPlural(content.files.files, 'file');
  return [`${formatCount(content.rows)} rows`, files, ...(bytes === null ? [] : [formatBytes(bytes)])].join(', ');
}

/** 0 to 100; null until the rows were counted. */
export function percentOf(run: { rowsDone: number; rowsTotal: number | null }): number | null {
  if (run.rowsTotal === null || run.rowsTotal === 0) return null;
  return Math.min(99, (run.rowsDone / run.rowsTotal) * 100);
}
