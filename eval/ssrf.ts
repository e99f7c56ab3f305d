import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { checkUrl } from '#infra/fetch/check-url.ts';
import { AppError } from '#kernel/errors.ts';
import type { Eval } from './eval.ts';
import { meanWithInterval } from './interval.ts';

const fileSchema = z.array(z.string()).min(1);

/** Are addresses inside kept from being fetched, and those outside let through? By their text alone; no name is resolved. */
export const ssrfEval: Eval = {
  task: 'ssrf',
  run: async ({ data, expect, seed }) => {
    if (expect !== 'block' && expect !== 'allow') {
      throw new AppError(
        'invalid',
        'eval.no_label',
        'Say what is expected of the addresses: --expect block or --expect allow.',
      );
    }
    const raw = await readFile(data);
    const text = (raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw).toString('utf8');
    const parsed = fileSchema.safeParse(readJson(text));
    if (!parsed.success)
      throw new AppError('invalid', 'eval.unknown_format', `${data}: expected a JSON array of addresses as texts.`);
    const right = parsed.data.map((address) => Number(checkUrl(address).ok === (expect === 'allow')));
    const wrong = parsed.data.filter((_, at) => right[at] === 0);
    return {
      protocol: 'shipped',
      n: right.length,
      figures: { ...meanWithInterval('accuracy', right, seed), wrong: wrong.slice(0, 50) },
    };
  },
};

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
