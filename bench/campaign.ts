import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiApp } from '#app/api.ts';
import { type Core, openCore } from '#app/core.ts';
import { type Client, createClient } from '#client/client.ts';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { newId } from '#kernel/id.ts';
import { addDays } from '#kernel/time.ts';
import {
  addToRoster,
  bulkOnRoster,
  changeCampaignState,
  createCampaign,
  getCalendar,
  getCampaign,
  listDeliverables,
  listRoster,
} from '#modules/campaigns/api.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { listWork } from '#modules/today/api.ts';
import { type Bench, type BenchOptions, type BenchResult, median, quantile } from './bench.ts';
import { measureContractPdf } from './contract.ts';

const defaultSize = 500;
const piecesEach = 4;
const warmUps = 5;
const rounds = 40;
const bulkRounds = 5;
const contractRounds = 10;
const workspace = 'bench';
const startsOn = '2026-05-01';

/**
 * A campaign with 500 creators and 2,000 deliverables: what the board, the table, the calendar and the list of work ask of the server, through the
 * whole API in one process; an action on all creators at once; a contract set and sealed as PDF.
 */
export const campaignBench: Bench = { name: 'campaign', run: (options) => runCampaignBench(options) };

async function runCampaignBench(options: BenchOptions): Promise<BenchResult> {
  const size = options.size ?? defaultSize;
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-bench-campaign-'));
  const log = createLogger('error');
  const server = await openEmbeddedPostgres({ dataDir, log });
  try {
    const config = readConfig({ RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error' });
    const clock = { now: () => new Date('2026-05-12T09:00:00Z') };
    const core = await openCore({
      config,
      adminUrl: server.adminUrl,
      secret: randomBytes(32).toString('hex'),
      log,
      clock,
    });
    try {
      const figures = await measure(core, { size, tell: options.tell });
      return {
        params: { creators: size, deliverables: size * piecesEach, rounds, bulkRounds, postgres: server.version },
        figures,
      };
    } finally {
      await core.stop();
    }
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(core: Core, of: { size: number; tell: BenchOptions['tell'] }): Promise<Record<string, number>> {
  const app = createApiApp(core);
  const fetch = (request: Request) => Promise.resolve(app.fetch(request));
  const client = createClient({
    baseUrl: core.infra.config.publicUrl,
    fetch,
    apiKey: core.infra.localToken,
    workspace: () => workspace,
  });
  of.tell(`making a campaign with ${of.size} creators`);
  const { workspaceId, campaignId, enrolmentIds, currency } = await makeCampaign(core, client, of.size);
  const asked: Record<string, () => Promise<unknown>> = {
    // The board and its head: counts of the campaign and all of its cards.
    board: async () => {
      await client.call(getCampaign, { campaignId });
      await client.call(listRoster, { campaignId, limit: 500 });
    },
    table: () => client.call(listDeliverables, { campaignId, limit: 500 }),
    calendar: () => client.call(getCalendar, { from: '2026-05-01', until: '2026-06-05' }),
    tasks: () => client.call(listWork, {}),
  };
  const figures: Record<string, number> = {};
  for (const [name, ask] of Object.entries(asked)) {
    of.tell(`asking for the ${name}`);
    for (let round = 0; round < warmUps; round += 1) await ask();
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) times.push(await timed(ask));
    figures[`${name}_p95_ms`] = rounded(quantile(times, 0.95));
    figures[`${name}_p50_ms`] = rounded(median(times));
  }
  of.tell('acting on all at once');
  const bulks: number[] = [];
  for (let round = 0; round < bulkRounds; round += 1) {
    const fee = { amountMinor: String(20_000 + round), currency };
    bulks.push(await timed(() => client.call(bulkOnRoster, { campaignId, enrolmentIds, action: { do: 'fee', fee } })));
    const to = round % 2 === 0 ? 'contract' : 'invited';
    bulks.push(await timed(() => client.call(bulkOnRoster, { campaignId, enrolmentIds, action: { do: 'move', to } })));
  }
  // The slowest of them: nobody waits for a median.
  figures.bulk_500_s = Math.round(Math.max(...bulks)) / 1000;
  of.tell('signing contracts');
  const signed = await measureContractPdf({
    core,
    client,
    fetch,
    workspace,
    workspaceId,
    campaignId,
    rounds: contractRounds,
  });
  figures.contract_pdf_ms = rounded(median(signed));
  figures.contract_pdf_max_ms = rounded(Math.max(...signed));
  return figures;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

const rounded = (ms: number) => Math.round(ms * 10) / 10;

/** Creators straight into the tables, the campaign by the calls a manager would make. */
async function makeCampaign(core: Core, client: Client, size: number) {
  const workspaceId = newId('workspace');
  await core.infra.db.asSystem((tx) =>
    tx.insertInto('workspace').values({ id: workspaceId, slug: workspace, name: 'Bench' }).execute(),
  );
  const rows = Array.from({ length: size }, (_, index) => ({
    name: `Creator ${index + 1}`,
    profiles: [{ platform: 'instagram' as const, handle: `creator${index + 1}`, followers: 5_000 + index }],
  }));
  const imported = await importCreatorRows(core.infra, {
    workspaceId,
    rows,
    source: 'bench',
    observedAt: new Date(startsOn),
  });
  await core.infra.outbox.settle(30_000);
  const personIds = imported.personIds.flatMap((id) => id ?? []);
  const { id: campaignId, currency } = await client.call(createCampaign, {
    name: 'Bench',
    model: 'sponsored',
    startsOn,
    endsOn: addDays(startsOn, 60),
  });
  const { enrolmentIds } = await client.call(addToRoster, { campaignId, personIds });
  for (let piece = 0; piece < piecesEach; piece += 1) {
    // Seven days a piece, so that a month holds what a month of a busy campaign holds.
    for (let part = 0; part < 7; part += 1) {
      const some = enrolmentIds.filter((_, index) => index % 7 === part);
      const dueOn = addDays(startsOn, piece * 8 + part);
      await client.call(bulkOnRoster, {
        campaignId,
        enrolmentIds: some,
        action: {
          do: 'deliverable',
          platform: 'instagram',
          format: piece % 2 === 0 ? 'reel' : 'story',
          title: `Piece ${piece + 1}`,
          dueOn,
        },
      });
    }
  }
  await client.call(bulkOnRoster, {
    campaignId,
    enrolmentIds: enrolmentIds.slice(0, Math.floor(size / 2)),
    action: { do: 'move', to: 'making', skipReason: 'Bench' },
  });
  await client.call(changeCampaignState, { campaignId, from: 'draft', to: 'live' });
  return { workspaceId, campaignId, enrolmentIds, currency };
}
