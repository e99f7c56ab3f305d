import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSample, sampleSlug } from '#app/sample/load-sample.ts';
import { exportWorkspace, importWorkspace, readArchiveBytes } from '#tests/support/archives.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';

describe('smoke', () => {
  let source: TestCore;
  let target: TestCore;
  beforeAll(async () => {
    source = await openTestCore();
    target = await openTestCore({ secret: 'another installation has another secret, of course' });
    await loadSample(source.core, () => undefined);
    await source.core.infra.outbox.settle(60_000);
  }, 180_000);
  afterAll(async () => {
    await source?.close();
    await target?.close();
  });

  it('goes', async () => {
    let t = Date.now();
    const first = await exportWorkspace(source, sampleSlug);
    console.log('export', Date.now() - t, first.bytes.length, first.archive.content?.rows);
    t = Date.now();
    const run = await importWorkspace(target, first.bytes);
    console.log('import', Date.now() - t, run.state, run.error, JSON.stringify(run.result, null, 1)?.slice(0, 3000));
    expect(run.state).toBe('done');
    t = Date.now();
    const second = await exportWorkspace(target, sampleSlug);
    console.log('export2', Date.now() - t);
    const a = await readArchiveBytes(first.bytes);
    const b = await readArchiveBytes(second.bytes);
    for (const [name, lines] of a.parts) {
      const other = b.parts.get(name) ?? [];
      if (JSON.stringify(lines) !== JSON.stringify(other)) {
        const at = lines.findIndex((line, i) => line !== other[i]);
        console.log(
          'DIFF',
          name,
          lines.length,
          other.length,
          at,
          '\n',
          lines[at]?.slice(0, 600),
          '\n',
          other[at]?.slice(0, 600),
        );
      }
    }
    expect([...b.files.keys()]).toEqual([...a.files.keys()]);
  }, 180_000);
});
