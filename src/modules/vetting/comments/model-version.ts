import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Of the rules beside the weights; a change of what they say needs a new one, so that comments are read again. */
const rulesVersion = '2026.11-2';

/** Every file the labels of a comment rest on. */
const files = [
  'comment-spam/weights.bin',
  'comment-quality/weights.bin',
  'comment-quality/words.txt',
  'language/runs.bin',
  'language/weights.bin',
  'sentiment/weights.bin',
  'sentiment/words.tsv',
  'sentiment/emoji.tsv',
];

let version: string | undefined;

/** Names rules and weights together: whatever changes in one of them gives another version, and makes every comment due to be read again. */
export function commentModelVersion(): string {
  if (version !== undefined) return version;
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(new URL(`../../../../models/${file}`, import.meta.url)));
  version = `${rulesVersion}-${hash.digest('hex').slice(0, 8)}`;
  return version;
}
