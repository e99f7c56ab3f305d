// The whole check: the web app is built, then all tests run, and beside them formatting and lint, types, arrows and unused code.
// Last line: `N passed, N failed` (each check before the tests counts as one).
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (path) => join(root, 'node_modules', path);
const extra = process.argv.slice(2);

/** Tests with browsers and servers need it, and each would wait for it. */
const build = ['the web app builds', ['src/app/build-web.ts']];

/** Each is a promise another tool keeps. They take what the tests leave: one at a time, and always after them. */
const checks = [
  ['format and lint', [bin('@biomejs/biome/bin/biome'), 'check', '.']],
  ['types of server and tools', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit']],
  ['types of the web app', [bin('typescript/bin/tsc'), '-p', 'tsconfig.web.json', '--noEmit']],
  ['arrows between folders', ['scripts/check-arrows.mjs']],
  ['no unused code', [bin('knip/bin/knip.js')]],
  ['table types fit the migrations', ['scripts/generate-table-types.ts', '--check']],
];

function run(args, onOutput, priority = constants.priority.PRIORITY_NORMAL) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    yieldTo(child.pid, priority);
    child.stdout.on('data', onOutput);
    child.stderr.on('data', onOutput);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** A wish: where the system does not grant it, the check runs as anything else does. */
function yieldTo(pid, priority) {
  try {
    if (pid !== undefined) setPriority(pid, priority);
  } catch {}
}

const count = { passed: 0, failed: 0, skipped: 0 };

async function check([name, args], priority) {
  let output = '';
  const startedMs = Date.now();
  const code = await run(
    args,
    (chunk) => {
      output += chunk;
    },
    priority,
  );
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  if (code === 0) {
    count.passed += 1;
    console.log(`  ok      ${name} (${seconds} s)`);
    return;
  }
  count.failed += 1;
  console.log(`  FAILED  ${name} (${seconds} s)\n${output.trimEnd()}\n`);
}

/** One after another, below the tests. */
async function runChecks() {
  for (const one of checks) await check(one, constants.priority.PRIORITY_LOW);
}

const isWhole = extra.length === 0;
if (isWhole) await check(build);
const beside = isWhole ? runChecks() : Promise.resolve();

let tail = '';
const code = await run([bin('vitest/vitest.mjs'), 'run', ...extra], (chunk) => {
  process.stdout.write(chunk);
  tail = (tail + chunk).slice(-2000);
});
await beside;
const closing = /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/.exec(tail);
if (closing) {
  count.passed += Number(closing[1]);
  count.failed += Number(closing[2]);
  count.skipped += Number(closing[3] ?? 0);
}
// A runner that ended badly without a failed test is a failure all the same.
if (code !== 0 && (closing === null || Number(closing[2]) === 0)) count.failed += 1;
console.log(`${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`);
process.exit(count.failed > 0 ? 1 : 0);
