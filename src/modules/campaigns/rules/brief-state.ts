import type { BriefStatus } from '../api.ts';

export interface SentText {
  partHash: string;
  openedAt: Date | null;
}

/** How a creator stands to the text that holds for them now. Hashes name texts; `agreed` are all texts they ever agreed to. */
export function briefStateOf(of: {
  currentHash: string;
  newest: SentText | null;
  agreed: ReadonlySet<string>;
}): BriefStatus['state'] {
  const { currentHash, newest, agreed } = of;
  if (newest === null) return 'not_sent';
  if (newest.partHash !== currentHash) return 'outdated';
  if (agreed.has(currentHash)) return 'acknowledged';
  return newest.openedAt === null ? 'sent' : 'opened';
}
