import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { processExists, processIdentity } from '#infra/data-folder/process-identity.ts';

/** What a running PostgreSQL writes to postmaster.pid. */
export interface Postmaster {
  pid: number;
  port: number;
  /** starting, ready, stopping or standby; empty while the file is being written. */
  state: string;
}

/** The file's content, whether or not the process lives; null when there is none or it is half written. */
export function readPostmasterFile(cluster: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Math.abs(Number(lines[0]));
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid === 0) return null;
  return { pid, port: Number.isInteger(port) ? port : 0, state: (lines[7] ?? '').trim() };
}

/** True when that process is the PostgreSQL of this cluster, and not another program that got the same id. */
export function servesCluster(pid: number, cluster: string): boolean {
  if (!processExists(pid) || processIdentity(pid) === null) return false;
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
    if (process.platform === 'win32') return true;
    return execFileSync('ps', ['-o', 'command=', '-p', `${pid}`], { encoding: 'utf8' }).includes(cluster);
  } catch {
    return false;
  }
}
