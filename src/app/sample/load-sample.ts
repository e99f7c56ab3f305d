import type { Tx } from '#infra/db/database.ts';
import { refreshStatistics } from '#infra/db/refresh-statistics.ts';
import { dayMs } from '#kernel/time.ts';
import { rebuildClickSums } from '#modules/tracking/index.ts';
import { listAllWorkspaces, makeSampleWorkspace } from '#modules/workspaces/index.ts';
import type { Core } from '../core.ts';
import { campaignSpecs } from './campaign-specs.ts';
import type { SampleCreator } from './draw-creators.ts';
import { type DrawnClick, type DrawnOrder, drawTraffic } from './draw-traffic.ts';
import { loadCampaign, sampleCurrency, sampleTimeZone } from './load-campaigns.ts';
import { loadCreators } from './load-creators.ts';
import { loadClicks, loadOrders } from './load-traffic.ts';
import { readParameters } from './parameters.ts';
import { openPast } from './past.ts';
import { createRandom } from './random.ts';
import { removeSampleFrom } from './remove-sample.ts';
import { loadAutomations } from './sample-automations.ts';
import { loadContent } from './sample-content.ts';
import { loadDrafts } from './sample-drafts.ts';
import { loadMemory } from './sample-memory.ts';
import { loadApplications } from './sample-portal.ts';
import { loadSeeding } from './sample-seeding.ts';

const seed = 7;
export const sampleSlug = 'oatwhistle-sample';

/**
 * Loads the sample workspace into a new database, unless it was declined then. A load that was cut off by a kill is removed and begun anew
 * at the next start; one that was removed by a person never comes back by itself.
 */
export async function loadSampleWhenNew(
  core: Core,
  how: { withSample: boolean; onProgress: (step: string) => void },
): Promise<void> {
  const { db } = core.infra;
  if (core.isNewDatabase) await db.asSystem((tx) => rememberState(tx, how.withSample ? 'wanted' : 'declined'));
  if ((await db.asSystem(findState)) !== 'wanted') return;
  await db.asSystem(async (tx) => {
    for (const half of (await listAllWorkspaces(tx)).filter((workspace) => workspace.isSample))
      await removeSampleFrom(tx, half.id);
  });
  await loadSample(core, how.onProgress);
  await db.asSystem((tx) => rememberState(tx, 'loaded'));
}

type SampleState = 'wanted' | 'declined' | 'loaded';

async function findState(tx: Tx): Promise<string | null> {
  const row = await tx.selectFrom('installation').select('value').where('name', '=', 'sample').executeTakeFirst();
  return row?.value ?? null;
}

async function rememberState(tx: Tx, value: SampleState): Promise<void> {
  await tx
    .insertInto('installation')
    .values({ name: 'sample', value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

/** Makes the sample workspace: an invented brand's working week on invented creators, from a seed. */
export async function loadSample(core: Core, onProgress: (step: string) => void): Promise<void> {
  onProgress('Making the sample workspace (invented, removed by one click)');
  const { db, clock } = core.infra;
  const now = clock.now();
  const random = createRandom(seed);
  const workspace = await db.asSystem((tx) =>
    makeSampleWorkspace(tx, {
      name: 'Oatwhistle (sample)',
      slug: sampleSlug,
      currency: sampleCurrency,
      timeZone: sampleTimeZone,
      now,
    }),
  );
  const { creators } = await db.inWorkspace(workspace.id, (tx) =>
    loadCreators(tx, { random, parameters: readParameters() }, { workspaceId: workspace.id, at: now }),
  );
  await refreshStatistics(db, ['person', 'profile', 'profile_metric', 'metric_history', 'post', 'comment']);
  const past = openPast(core, workspace.slug);
  const draw = { past, random, nowMs: now.getTime() };
  const free = fitting(creators);
  const clicks: DrawnClick[] = [];
  const orders: DrawnOrder[] = [];
  for (const spec of campaignSpecs) {
    const size = spec.stages.reduce((sum, [, count]) => sum + count, 0);
    const outlets = await loadCampaign(spec, free.splice(0, size), draw);
    const untilMs = now.getTime() + (spec.endsInDays + 12) * dayMs;
    for (const outlet of outlets) {
      const traffic = drawTraffic(outlet, { random, nowMs: now.getTime(), untilMs });
      clicks.push(...traffic.clicks);
      orders.push(...traffic.orders);
    }
  }
  await loadDrafts(past, now.getTime());
  await loadContent(past, now);
  await loadSeeding(past, now);
  await loadApplications(past, now);
  await loadMemory(past, now.getTime());
  await loadAutomations(past, now);
  const stored = await db.inWorkspace(workspace.id, (tx) =>
    loadClicks(tx, clicks, { workspaceId: workspace.id, secret: core.infra.secret }),
  );
  await rebuildClickSums(core.infra, workspace.id);
  past.goTo(now);
  await loadOrders(past, orders, stored);
  await core.modules.vetting.noteAllComments(workspace.id);
  await core.modules.vetting.scanAllTexts(workspace.id);
  await core.modules.discovery.makeContent(workspace.id);
}

/** Creators the brand would choose, best first: micro, near its markets, about its subjects, with people who answer. */
function fitting(creators: SampleCreator[]): SampleCreator[] {
  const niches = new Set(['food', 'family', 'lifestyle', 'interior']);
  const countries = new Set(['IE', 'NL', 'GB']);
  return creators.filter(({ niche, place, profiles: [main] }) => {
    if (main === undefined || !niches.has(niche) || !countries.has(place.country)) return false;
    return main.followers >= 3_000 && main.followers <= 80_000 && main.medianLikes / main.followers > 0.012;
  });
}
