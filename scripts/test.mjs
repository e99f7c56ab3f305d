// The whole check: formatting and lint, types, arrows, unused code, then all tests with the web app built.
// Last line: `N passed, N failed` (each check before the tests counts as one).
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (path) => join(root, 'node_modules', path);
const extra = process.argv.slice(2);

/** Each is a promise another tool keeps; two run at once, since there are two cores. */
const checks = [
  ['format and lint', [bin('@biomejs/biome/bin/biome'), 'check', '.']],
  ['types of server and tools', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit']],
  ['types of the web app', [bin('typescript/bin/tsc'), '-p', 'tsconfig.web.json', '--noEmit']],
  ['arrows between folders', ['scripts/check-arrows.mjs']],
  ['no unused code', [bin('knip/bin/knip.js')]],
  ['table types fit the migrations', ['scripts/generate-table-types.ts', '--check']],
  ['the web app builds', ['src/app/build-web.ts']],
];

function run(args, onOutput) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', onOutput);
    child.stderr.on('data', onOutput);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

const count = { passed: 0, failed: 0, skipped: 0 };

async function check([name, args]) {
  let output = '';
  const startedMs = Date.now();
  const code = await run(args, (chunk) => {
    output += chunk;
  });
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  if (code === 0) {
    count.passed += 1;
    console.log(`  ok      ${name} (${seconds} s)`);
    return;
  }
  count.failed += 1;
  console.log(`  FAILED  ${name} (${seconds} s)\n${output.trimEnd()}\n`);
}

if (extra.length === 0) {
  const waiting = [...checks];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await check(next);
  };
  await Promise.all([lane(), lane()]);
}

let tail = '';
const code = await run([bin('vitest/vitest.mjs'), 'run', ...extra], (chunk) => {
  process.stdout.write(chunk);
  tail = (tail + chunk).slice(-2000);
});
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
