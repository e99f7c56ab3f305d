import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The commit that was measured, with `+changes` when the tree differs from it; `unknown` outside a checkout. */
export function currentCommit(): string {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const git = (...args: string[]) => spawnSync('git', args, { cwd, encoding: 'utf8' });
  const head = git('rev-parse', '--short=12', 'HEAD');
  if (head.status !== 0) return 'unknown';
  const changed = git('status', '--porcelain', '--untracked-files=no').stdout.trim() !== '';
  return `${head.stdout.trim()}${changed ? '+changes' : ''}`;
}
