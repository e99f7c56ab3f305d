import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { readCreatorDocuments } from '#modules/creators/index.ts';
import type { SearchAnswer, Tier } from '../api.ts';
import { discoveryError } from '../errors.ts';
import { allListMembers } from '../queries/lists.ts';
import { codesByName } from '../region-names.ts';
import type { EngineQuery, FieldValue, NearestQuery, SearchEngine } from '../search-engine.ts';
import { presentHits } from './present-hits.ts';
import { SearchDocuments } from './search-documents.ts';
import {
  countTableValues,
  searchTables,
  type TableAnswer,
  type TableContext,
  type TableResult,
} from './search-tables.ts';

/** A question waits so long for tables that are being filled, then says how far they are. */
const fillingWaitMs = 20_000;

/** Answers searches from the database, for an index that is too large for memory. */
export interface SqlEngine extends SearchEngine {
  documents: SearchDocuments;
}

export function createSqlEngine(infra: Infra): SqlEngine {
  const documents = new SearchDocuments(infra);
  const codes = { countries: codesByName('region'), languages: codesByName('language') };
  const contextOf = async (tx: Tx, workspaceId: string, tiers: Tier[]): Promise<TableContext> => {
    // Compiling these statements takes longer than running them; wide questions sort many rows.
    await sql`select set_config('jit', 'off', true), set_config('work_mem', '64MB', true)`.execute(tx);
    const listIds = [...(await allListMembers(tx, workspaceId)).keys()];
    return { ...codes, workspaceId, tiers, listIds, nowMs: infra.clock.now().getTime() };
  };
  return {
    documents,
    isReady: async (workspaceId) => (await documents.progress(workspaceId)).state === 'ready',
    search: async (workspaceId: string, query: EngineQuery, tiers: Tier[]): Promise<SearchAnswer> => {
      const startedMs = performance.now();
      await whenReady(documents, workspaceId);
      return infra.db.asSystem(async (tx) => {
        const context = await contextOf(tx, workspaceId, tiers);
        const answer = answerOf(await searchTables(tx, query, context));
        const { hits, filters: _filters, text: _text, ...rest } = answer;
        const ids = hits.map((hit) => hit.personId);
        const creators = await readCreatorDocuments(tx, workspaceId, ids);
        const rows = await presentHits(tx, answer, { creators, text: query.text, context });
        return { ...rest, rows, tookMs: Math.round((performance.now() - startedMs) * 100) / 100 };
      });
    },
    nearest: async (workspaceId: string, query: NearestQuery, tiers: Tier[]) => {
      await whenReady(documents, workspaceId);
      return infra.db.asSystem(async (tx) => {
        const { vector, ...rest } = query;
        const asked: EngineQuery = { ...rest, facets: [], nearTo: vector };
        const { hits } = answerOf(await searchTables(tx, asked, await contextOf(tx, workspaceId, tiers)));
        return hits.map(({ personId, figure }) => ({ personId, cosine: figure ?? 0 }));
      });
    },
    values: async (workspaceId: string, field: string, tiers: Tier[]): Promise<FieldValue[]> => {
      await whenReady(documents, workspaceId);
      return infra.db.asSystem(async (tx) => countTableValues(tx, field, await contextOf(tx, workspaceId, tiers)));
    },
  };
}

function answerOf(result: TableResult): TableAnswer {
  if (result.kind === 'answer') return result.answer;
  throw discoveryError('query', result.faults[0]?.message ?? 'The search cannot be read.', result.faults);
}

async function whenReady(documents: SearchDocuments, workspaceId: string): Promise<void> {
  if ((await documents.progress(workspaceId)).state === 'ready') return;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<'waiting'>((resolve) => {
    timer = setTimeout(() => resolve('waiting'), fillingWaitMs);
  });
  const outcome = await Promise.race([documents.fill(workspaceId).then(() => 'ready' as const), patience]).finally(() =>
    clearTimeout(timer),
  );
  if (outcome === 'ready') return;
  const progress = await documents.progress(workspaceId);
  const howFar = progress.state === 'filling' ? `: ${progress.filled} of ${progress.total} creators so far` : '';
  throw discoveryError('index_loading', `The search tables are being filled${howFar}. Try again in a moment.`);
}
