import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Infra } from '#infra/module.ts';
import { createClickIds } from '../src/modules/tracking/click-id.ts';
import { openClickLog } from '../src/modules/tracking/click-log/append-clicks.ts';
import { encodeClick } from '../src/modules/tracking/click-log/click-record.ts';
import { createDrain } from '../src/modules/tracking/drain-clicks.ts';
import { createLinkTable } from '../src/modules/tracking/link-table.ts';
import { createLiveHub } from '../src/modules/tracking/live-hub.ts';

/** Clicks a second from a full log into the database: each a visitor of its own, spread over a thousand links. */
export async function measureDrain(
  infra: Infra,
  what: { workspaceId: string; clicks: number; rounds: number },
): Promise<number> {
  const root = join(infra.config.dataDir, 'bench-clicks');
  const dir = join(root, 'own');
  mkdirSync(dir, { recursive: true });
  const clickLog = openClickLog({ dir, log: infra.log });
  const ids = createClickIds(infra.secret);
  const startMs = Date.now() - 3_600_000;
  const writes = Array.from({ length: what.clicks }, (_, index) => {
    const linkId = `lnk_hot${(index % 1000) + 1}`;
    const atMs = startMs + index;
    const record = encodeClick({
      workspaceId: what.workspaceId,
      linkId,
      clickId: ids.make(linkId, atMs),
      atMs,
      dropReason: null,
      visitorHash: Buffer.from(index.toString(36).padStart(16, '0')).toString('base64url'),
      country: 'IE',
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      referrer: 'https://l.instagram.com/',
      isQr: false,
      consent: 'unasked',
      route: null,
      prefixHash: 'AAAAAAAAAAA',
      adParam: null,
    });
    return new Promise<void>((resolve, reject) =>
      clickLog.append(record, (fault) => (fault === null ? resolve() : reject(fault))),
    );
  });
  await Promise.all(writes);
  const drain = createDrain({
    db: infra.db,
    outbox: infra.outbox,
    log: infra.log,
    hub: createLiveHub(),
    root,
    ownName: 'own',
    clickLog,
  });
  const startedMs = performance.now();
  await drain.settle();
  const seconds = (performance.now() - startedMs) / 1000;
  await clickLog.close();
  return what.clicks / seconds;
}

/** Seconds from nothing to a table of that many links that answers. */
export async function measureStart(infra: Infra, what: { workspaceId: string; links: number }): Promise<number> {
  await infra.db.asSystem((tx) =>
    sql`
      insert into link (workspace_id, id, slug, slug_skeleton, destination, target, created_by)
      select ${what.workspaceId}, 'lnk_many' || n, 'many-' || n, 'many-' || n, 'https://shop.example/' || n,
        'https://shop.example/' || n || '?utm_source=instagram&utm_medium=affiliate&utm_campaign=spring&utm_content=creator' || n, 'bench'
      from generate_series(1, ${what.links}::int) n`.execute(tx),
  );
  const table = createLinkTable(infra.db, infra.log);
  const startedMs = performance.now();
  await table.start();
  const seconds = (performance.now() - startedMs) / 1000;
  if (table.find(`many-${what.links}`) === undefined) throw new Error('The table does not hold the last link');
  await table.stop();
  return Math.round(seconds * 100) / 100;
}
