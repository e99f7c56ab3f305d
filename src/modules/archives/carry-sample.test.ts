import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleSlug } from '#app/sample/load-sample.ts';
import { dayMs } from '#kernel/time.ts';
import { addToRoster, createCampaign } from '#modules/campaigns/api.ts';
import * as contracts from '#modules/contracts/api.ts';
import { createList, searchCreators, shareList } from '#modules/discovery/api.ts';
import { getOverview } from '#modules/reports/api.ts';
import { getReport, getRun, startRun } from '#modules/vetting/api.ts';
import { exportWorkspace, importWorkspace, type ReadArchive, readArchiveBytes } from '#tests/support/archives.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { signContract } from '#tests/support/sign-contract.ts';
import { carried } from './rules/tables.ts';

/** The sample takes its time on a machine with other work to do. */
const slowMs = 300_000;

/** The rows of a part without what an import is said to set otherwise, and without what says that it was exported and imported. */
function carriedRows(read: ReadArchive, name: string): unknown[] {
  const { secrets = {}, changed = {} } = carried[name] ?? {};
  const set = new Set([...Object.keys(secrets).map((column) => `${column}_left_out`), ...Object.keys(changed)]);
  // Numbered anew, in the same order.
  if (name === 'credit_change') set.add('id');
  const rows = (read.parts.get(name) ?? []).map((line) => JSON.parse(line) as Record<string, unknown>);
  return rows
    .filter((row) => name !== 'audit_entry' || !/^(archive\.|workspace\.imported)/.test(String(row.action)))
    .map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !set.has(column))));
}

const looksMax = 600;
const lookMs = 250;

async function untilDone(look: () => Promise<string>): Promise<void> {
  for (let at = 0; at < looksMax; at += 1) {
    if ((await look()) === 'done') return;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  throw new Error('The run does not end.');
}

/** A contract that both signed, sealed with a certificate of the workspace's own. Returns its id. */
async function sealed(test: TestCore, personId: string): Promise<string> {
  const client = test.client(sampleSlug);
  const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
  const plan = { name: 'Sealed', model: 'sponsored' as const, startsOn: inDays(10), endsOn: inDays(90) };
  const { id: campaignId } = await client.call(createCampaign, plan);
  const { enrolmentIds } = await client.call(addToRoster, { campaignId, personIds: [personId] });
  const made = await client.call(contracts.createContracts, {
    campaignId,
    templateId: 'sponsored-de',
    enrolmentIds: [...enrolmentIds],
  });
  const contractId = made.created[0]?.contractId ?? '';
  const terms = { fee: null, deliverables: [] };
  await signContract(test, { workspace: sampleSlug, contractId, personId, terms, expiresOn: inDays(20) });
  return contractId;
}

async function sealedPdf(test: TestCore, contractId: string): Promise<Buffer> {
  const client = test.client(sampleSlug);
  const { versions } = await client.call(contracts.getContract, { contractId });
  const response = await client.open(contracts.getSealed, { contractId, version: versions[0]?.version ?? 0 });
  return Buffer.from(await response.arrayBuffer());
}

describe('the sample, carried to another installation', () => {
  let source: TestCore;
  let target: TestCore;
  let first: ReadArchive;
  let second: ReadArchive;
  let contractId = '';

  beforeAll(async () => {
    source = await openTestCore({ withSample: true });
    target = await openTestCore({ secret: 'another installation has another secret of its own' });
    const client = source.client(sampleSlug);
    await source.core.modules.discovery.warm();
    const found = await client.call(searchCreators, { limit: 3 });
    const personIds = found.rows.map((row) => row.personId);
    const list = await client.call(createList, { name: 'Shown outside', personIds });
    await client.call(shareList, { listId: list.id, name: 'A client' });
    const run = await client.call(startRun, { personIds });
    await untilDone(async () => (await client.call(getRun, { runId: run.id })).state);
    contractId = await sealed(source, personIds[0] ?? '');
    await source.core.infra.outbox.settle(60_000);
    // What works by itself in the background would change one of the two while they are compared.
    for (const { core } of [source, target]) await core.infra.jobs.stop();
    const exported = await exportWorkspace(source, sampleSlug);
    first = await readArchiveBytes(exported.bytes);
    const taken = await importWorkspace(target, exported.bytes);
    expect(taken.error).toBeNull();
    second = await readArchiveBytes((await exportWorkspace(target, sampleSlug)).bytes);
  }, slowMs);

  afterAll(async () => {
    await source?.close();
    await target?.close();
  }, slowMs);

  it('has rows of every module', () => {
    const filled = [...first.parts].filter(([, lines]) => lines.length > 0).map(([name]) => name);
    expect(filled).toEqual(
      expect.arrayContaining([
        'person',
        'profile',
        'post',
        'comment',
        'follower_sample',
        'list_share',
        'vetting_report',
        'campaign',
        'brief_version',
        'enrolment',
        'submission',
        'stored_file',
        'content_asset',
        'shipment',
        'application',
        'incident',
        'disclosure_evidence',
        'contract_signature',
        'link',
        'discount_code',
        'click',
        'conversion',
        'credit',
        'mail_out',
        'audit_entry',
      ]),
    );
    expect(first.manifest.parts.reduce((sum, part) => sum + part.rows, 0)).toBeGreaterThan(150_000);
  });

  it('is the same part by part, row by row, when it is exported there again, and so is every file', () => {
    expect([...second.parts.keys()].sort()).toEqual([...first.parts.keys()].sort());
    for (const name of first.parts.keys()) expect(carriedRows(second, name), name).toEqual(carriedRows(first, name));
    expect([...second.files.keys()]).toEqual([...first.files.keys()]);
    expect(first.files.size).toBeGreaterThan(0);
    for (const [path, content] of first.files) expect(second.files.get(path)?.equals(content), path).toBe(true);
    expect({ ...second.manifest.workspace }).toEqual({ ...first.manifest.workspace });
  });

  it('has the same sealed contract there, byte for byte, with who signed and when; only the key it was sealed with stays behind', async () => {
    const [here, there] = await Promise.all([source, target].map((test) => sealedPdf(test, contractId)));
    expect(here?.length).toBeGreaterThan(10_000);
    expect(there?.equals(here ?? Buffer.alloc(0))).toBe(true);
    const [told, toldThere] = await Promise.all(
      [source, target].map((test) => test.client(sampleSlug).call(contracts.getContract, { contractId })),
    );
    expect(told).toMatchObject({ state: 'signed' });
    expect(toldThere).toEqual(told);
    expect(first.manifest.secretsLeftOut).toContainEqual({ table: 'contract_settings', column: 'key_sealed', rows: 1 });
  });

  it(
    'works there: the same creators are found, the same return is reported, reports of vetting open',
    async () => {
      await target.core.modules.discovery.warm();
      const ask = { text: 'coffee', limit: 5 };
      const [here, there] = await Promise.all(
        [source, target].map((test) => test.client(sampleSlug).call(searchCreators, ask)),
      );
      expect(there?.rows.map((row) => row.personId)).toEqual(here?.rows.map((row) => row.personId));
      expect(there?.total).toEqual(here?.total);
      const [told, toldThere] = await Promise.all(
        [source, target].map((test) => test.client(sampleSlug).call(getOverview, {})),
      );
      expect({ ...toldThere, computedAt: null }).toEqual({ ...told, computedAt: null });
      const vetted = (first.parts.get('vetting_report') ?? []).map(
        (line) => JSON.parse(line) as { id: string; person_id: string; report: unknown },
      )[0];
      expect(vetted?.report).toMatchObject({});
      const [report, reportThere] = await Promise.all(
        [source, target].map((test) =>
          test.client(sampleSlug).call(getReport, { personId: vetted?.person_id ?? '', reportId: vetted?.id ?? '' }),
        ),
      );
      expect(reportThere).toEqual(report);
    },
    slowMs,
  );
});
