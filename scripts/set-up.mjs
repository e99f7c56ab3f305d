// Installs what is missing before `npm start`, `npm test` and the like. Plain JavaScript without dependencies, for
// Node 18 and newer: it runs before anything is installed. It writes to standard error only, since the commands
// behind it print JSON on standard output.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withSetUpLock } from './set-up-lock.mjs';
import { installTestPrograms } from './set-up-test-programs.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const quiet = process.argv.includes('--quiet');
const forTests = process.argv.includes('--tests');
const oldestNode = 20;
const tellEveryMs = 10_000;
const killAfterMs = 2_000;

function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Why node_modules does not fit package-lock.json, null when it does. */
async function findMissing() {
  const wanted = await readPackages(join(root, 'package-lock.json'));
  if (wanted === null) throw new Error('package-lock.json is missing or damaged. Take it from the repository again.');
  // npm removes this file first and writes it last, so an interrupted install has none.
  const installed = await readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (installed === null)
    return existsSync(join(root, 'node_modules')) ? 'the last install did not end' : 'nothing is installed yet';
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.link) continue;
    const found = installed[path];
    // Packages for other systems are optional; those for tests may be left out (npm ci --omit=dev).
    const mayLack = entry.optional || entry.devOptional || entry.peer || (entry.dev && !forTests);
    if (found === undefined ? !mayLack : found.version !== entry.version || found.integrity !== entry.integrity) {
      return `${path.replace(/^.*node_modules\//, '')} ${entry.version} is new`;
    }
  }
  const lost = Object.keys({ ...wanted[''].dependencies }).find(
    (name) => !existsSync(join(root, 'node_modules', name, 'package.json')),
  );
  return lost === undefined ? null : `${lost} is gone from node_modules`;
}

async function readPackages(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/** The npm that called us, run by the Node that runs it: not the one in node_modules, which the install replaces. */
function npmCommand() {
  const path = process.env.npm_execpath;
  const inside = join(root, 'node_modules') + sep;
  const nodes = [process.env.npm_node_execpath, process.execPath].filter(
    (node) => node && !node.startsWith(inside) && existsSync(node),
  );
  if (path && basename(path) === 'npm-cli.js' && nodes[0] !== undefined) return { command: nodes[0], args: [path] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

function run(command, args, { env, onStarted }) {
  return new Promise((resolve) => {
    // A shell only where npm is a batch file.
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: command.endsWith('.cmd'),
    });
    if (child.pid !== undefined) onStarted(child.pid);
    let interrupted = false;
    const interrupt = () => {
      interrupted = true;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), killAfterMs).unref();
    };
    process.on('SIGINT', interrupt);
    process.on('SIGTERM', interrupt);
    let output = '';
    const began = Date.now();
    const timer = setInterval(
      () => say(`  still installing (${Math.round((Date.now() - began) / 1000)} s)`),
      tellEveryMs,
    );
    const keep = (chunk) => {
      output = (output + chunk.toString('utf8')).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      output += error.message;
    });
    child.on('close', (code) => {
      clearInterval(timer);
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
      resolve({ code, interrupted, output });
    });
  });
}

async function install(reason, onStarted) {
  say(`Installing packages (npm ci), since ${reason}. This takes about a minute.`);
  const { command, args } = npmCommand();
  const inside = join(root, 'node_modules');
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(inside))
    .join(delimiter);
  // The caller's `npm -s` must not hide why an install failed.
  const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(forTests ? ['--include=dev'] : [])];
  const began = Date.now();
  const env = { ...process.env, PATH: path };
  const { code, interrupted, output } = await run(command, [...args, ...flags], { env, onStarted });
  if (interrupted) throw new Error('The install was interrupted. Start again; it begins anew.');
  if (code !== 0) throw new Error(explainFailure(output));
  say(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`);
}

function explainFailure(output) {
  const tail = output
    .trim()
    .split('\n')
    .filter((line) => !/complete log of this run|^npm warn/.test(line))
    .slice(0, 8)
    .join('\n');
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|network|fetch failed/i.test(output)) {
    return `The package registry could not be reached. Connect to the network (or set a proxy or mirror: npm config set registry URL) and start again.\n${tail}`;
  }
  if (/EUSAGE/.test(output)) {
    return `package-lock.json does not fit package.json. Run \`npm install && node scripts/complete-lock-file.mjs\` and start again.\n${tail}`;
  }
  if (/ENOSPC/.test(output))
    return `The disk is full; the packages need 1 GB. Free some space and start again.\n${tail}`;
  if (/EACCES|EPERM|EROFS/.test(output))
    return `This user may not write to ${root}. Give it the folder (chown -R) and start again.\n${tail}`;
  if (/ENOENT/.test(output) && /npm/.test(output))
    return `npm was not found. Install it with Node from https://nodejs.org and start again.\n${tail}`;
  return `npm ci failed. Mend what it names and start again:\n${tail}`;
}

/** The package `node` brings Node 24 by its install script, which a setting such as ignore-scripts leaves out. */
function checkNode() {
  const bundled = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const isWhole = existsSync(bundled) && statSync(bundled).size > 1_000_000;
  if (isWhole || Number(process.versions.node.split('.')[0]) >= 24) return;
  throw new Error(
    `Node 24 is not in node_modules, since npm runs no install scripts here, and the system has ${process.version}. Run \`npm rebuild node --ignore-scripts=false\`, or install Node 24 from https://nodejs.org.`,
  );
}

async function main() {
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    throw new Error(
      `Rapport needs Node ${oldestNode} or newer to install itself; this is ${process.version}. Get one from https://nodejs.org.`,
    );
  }
  if ((await findMissing()) !== null) {
    await withSetUpLock(root, say, async (onStarted) => {
      // Another copy may have installed it while this one waited.
      const reason = await findMissing();
      if (reason !== null) await install(reason, onStarted);
      const still = reason === null ? null : await findMissing();
      if (still !== null) throw new Error(`npm ci ended, but ${still}. Delete node_modules and start again.`);
    });
  } else if (!quiet && !forTests && process.stderr.isTTY) {
    say('All packages are in place.');
  }
  checkNode();
  if (forTests) await withSetUpLock(`${root} programs`, say, () => installTestPrograms(say));
}

main().catch((error) => {
  say(error.message);
  process.exitCode = 1;
});
