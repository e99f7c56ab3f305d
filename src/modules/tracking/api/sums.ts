import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { read, write } from './shared.ts';

export const clickSumsSchema = z
  .object({
    tables: z.array(
      z.object({
        table: z.string(),
        rows: z.int().describe('As the hits say'),
        differing: z.int().describe('Rows that were missing, too many or said something else'),
      }),
    ),
  })
  .meta({ id: 'ClickSums' });

export const checkClickSums = endpoint({
  name: 'tracking.sums-check',
  method: 'GET',
  path: '/tracking/sums',
  access: read,
  summary: 'Compares the sums that reports read with the hits themselves; takes about a minute for each ten million',
  output: clickSumsSchema,
});
export const rebuildClickSums = endpoint({
  name: 'tracking.sums-rebuild',
  method: 'POST',
  path: '/tracking/sums',
  access: write,
  summary:
    'Makes the sums that reports read anew from the hits and says what differed; clicks that come meanwhile wait in their log',
  output: clickSumsSchema,
});
