import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { Config } from '#infra/config.ts';
import { readServerFile } from '#infra/data-folder/server-file.ts';
import { isPortOpen } from '#infra/postgres/port.ts';
import { doubtful, type Finding, fine, wrong } from './doctor-finding.ts';

const oldestNode = 24;
const freeBytesNeeded = 500 * 1024 * 1024;
const freeBytesAdvised = 5 * 1024 * 1024 * 1024;
// A clock before this was never set.
const oldestClock = Date.parse('2025-01-01T00:00:00Z');

/** What this machine offers: Node, data folder, disk, port, clock and, for tests, a browser. Changes nothing. */
export async function checkMachine(config: Config): Promise<Finding[]> {
  return [
    checkNode(),
    await checkDataFolder(config.dataDir),
    await checkDisk(config.dataDir),
    await checkPort(config),
    checkClock(),
    await checkChromium(),
  ];
}

function checkNode(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  const message = `Node ${process.versions.node}`;
  if (major >= oldestNode) return fine('node', message);
  return wrong(
    'node',
    message,
    `Run it through npm (npm run rapport -- doctor), which brings Node ${oldestNode}, or install that.`,
  );
}

async function checkDataFolder(dataDir: string): Promise<Finding> {
  const found = await stat(dataDir).catch(() => null);
  if (found === null) return doubtful('data folder', `${dataDir} is not there yet`, 'npm start makes it.');
  if (!found.isDirectory()) return wrong('data folder', `${dataDir} is a file`, 'Name a folder in RAPPORT_DATA.');
  const isWritable = await access(dataDir, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable)
    return wrong('data folder', `${dataDir} cannot be written`, `Give it to this user: chown -R $(id -u) ${dataDir}`);
  const readable = await readableSecrets(dataDir);
  if (readable !== null) return wrong('data folder', `${readable} can be read by other users`, `chmod 600 ${readable}`);
  return fine('data folder', `${dataDir} can be written; its secrets are closed to others`);
}

async function readableSecrets(dataDir: string): Promise<string | null> {
  if (process.platform === 'win32') return null;
  for (const name of ['secrets.json', 'postgres.json', 'server.json']) {
    const found = await stat(join(dataDir, name)).catch(() => null);
    if (found !== null && (found.mode & 0o077) !== 0) return join(dataDir, name);
  }
  return null;
}

async function checkDisk(dataDir: string): Promise<Finding> {
  const disk = await statfs(await nearestFolder(dataDir));
  const freeBytes = disk.bavail * disk.bsize;
  const message = `${(freeBytes / 1024 ** 3).toFixed(1)} GB free for ${dataDir}`;
  const fix = 'Free some space, or move the data folder to a larger disk and name it in RAPPORT_DATA.';
  if (freeBytes < freeBytesNeeded) return wrong('disk', message, fix);
  return freeBytes < freeBytesAdvised ? doubtful('disk', message, fix) : fine('disk', message);
}

async function nearestFolder(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  return found !== null || dirname(path) === path ? path : nearestFolder(dirname(path));
}

async function checkPort(config: Config): Promise<Finding> {
  const server = await readServerFile(config.dataDir);
  if (server !== null) return fine('port', `Rapport runs at ${server.address} (process ${server.pid})`);
  if (config.port === 0 || !(await isPortOpen(config.host, config.port)))
    return fine('port', `Port ${config.port} on ${config.host} is free`);
  return wrong(
    'port',
    `Port ${config.port} on ${config.host} is used by another program`,
    `Stop that, or start with another: PORT=${config.port + 1} npm start`,
  );
}

function checkClock(): Finding {
  const now = new Date();
  if (now.getTime() > oldestClock) return fine('clock', `${now.toISOString()}, and shown in each workspace's own zone`);
  return wrong(
    'clock',
    `The clock says ${now.toISOString()}`,
    'Set it (timedatectl set-ntp true): due dates and signatures hang on it.',
  );
}

async function checkChromium(): Promise<Finding> {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    process.env.CHROMIUM_PATH ?? '',
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
  ].filter((path) => path !== '');
  for (const path of candidates) {
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return fine('chromium', `${path}, for the browser tests`);
  }
  return doubtful(
    'chromium',
    'No Chromium; only the browser tests need one',
    'Install chromium, or name a browser in CHROMIUM_PATH.',
  );
}
