import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '#infra/db/database.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { patternOf, readTerms } from './brand-terms.ts';

let test: TestCore;
beforeAll(async () => {
  test = await openTestCore();
});
afterAll(() => test.close());

const withTx = <Result>(run: (tx: Tx) => Promise<Result>) => test.core.infra.db.asSystem(run);

describe('words by which a brand is named', () => {
  it('stand for themselves in the pattern, whatever signs they hold', async () => {
    const words = ['oat drink', 'a.b', 'c++', '$5 (off)', 'x|y', '50%', 'café', '豆乳', '\\m'];
    const texts = ['Oat   drink!', 'a.b', 'axb', 'c++', '$5 (off)', 'x|y', '50%', 'CAFÉ', '毎朝豆乳を', 'boat drinks'];
    const { terms } = readTerms({ handles: [], hashtags: [], keywords: words });
    const { rows } = await withTx((tx) =>
      sql<{
        text: string;
        found: boolean;
      }>`select t as text, t ~* ${patternOf(terms.keywords)} as found from unnest(${texts}::text[]) as t`.execute(tx),
    );
    expect(rows.filter((row) => !row.found).map((row) => row.text)).toEqual(['axb', 'c++', 'boat drinks']);
  });

  it('never make a pattern that the database refuses', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { minLength: 1, maxLength: 4 }),
        async (keywords) => {
          const pattern = patternOf(readTerms({ handles: [], hashtags: [], keywords }).terms.keywords);
          fc.pre(pattern !== null && !pattern.includes('\u0000'));
          await withTx((tx) => sql`select 'text' ~* ${pattern}`.execute(tx));
        },
      ),
      { numRuns: 60 },
    );
  });
});
