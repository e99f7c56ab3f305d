import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { Dropped, getDropped as endpoint } from './api.ts';
import { selectDroppedDays, selectDroppedLinks } from './queries/dropped.ts';
import { readRefs } from './read-refs.ts';

const linksShown = 20;

/** Hits that were kept but not counted in the last days, by reason, day and link, in the workspace's time zone. */
export async function getDropped(infra: Infra, call: Call<typeof endpoint>): Promise<Dropped> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const to = dayIn(timeZone, infra.clock.now());
    const from = addDays(to, 1 - input.days);
    const of = { workspaceId, from, to, timeZone };
    const rows = await selectDroppedDays(tx, of);
    const links = await selectDroppedLinks(tx, { ...of, limit: linksShown });
    const refs = await readRefs(tx, workspaceId, links);
    const reasons = [
      ...Map.groupBy(
        rows.filter((row) => row.reason !== null),
        (row) => row.reason ?? '',
      ),
    ].map(([reason, group]) => {
      const hitsOn = new Map(group.map((row) => [row.day, Number(row.hits)]));
      return {
        reason,
        hits: sum(group),
        links: group[0]?.links ?? 0,
        days: Array.from({ length: input.days }, (_, index) => {
          const day = addDays(from, index);
          return { day, hits: hitsOn.get(day) ?? 0 };
        }),
      };
    });
    return {
      from,
      to,
      counted: sum(rows.filter((row) => row.reason === null)),
      dropped: sum(rows.filter((row) => row.reason !== null)),
      reasons: reasons.toSorted((a, b) => b.hits - a.hits || (a.reason < b.reason ? -1 : 1)),
      links: links.map((row) => ({
        linkId: row.link_id,
        slug: row.slug,
        creator: refs.creatorOf(row.person_id),
        counted: Number(row.counted),
        dropped: Number(row.dropped),
        reason: row.reason,
      })),
    };
  });
}

function sum(rows: readonly { hits: bigint }[]): number {
  return rows.reduce((total, row) => total + Number(row.hits), 0);
}
