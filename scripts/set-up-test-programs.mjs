import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { findChromium, findProgram } from './find-programs.mjs';

const programs = [
  { name: 'chromium', what: 'the browser tests', find: findChromium },
  { name: 'nginx', what: 'the redirect benchmark', find: () => findProgram('nginx') },
  { name: 'wrk', what: 'the redirect benchmark', find: () => findProgram('wrk') },
  { name: 'dovecot-imapd', what: 'the tests of mailboxes', find: () => findProgram('dovecot') },
  { name: 'poppler-utils', what: 'the tests of signed PDFs', find: () => findProgram('pdfsig') },
];

const installTimeoutMs = 10 * 60_000;

/** Finds the programs that tests drive, and installs those that are missing when the system lets us (root, apt-get). */
export function installTestPrograms(say) {
  const missing = programs.filter((program) => program.find() === null);
  if (missing.length === 0) return;
  const names = missing.map((program) => program.name);
  const mayInstall = process.getuid?.() === 0 && findProgram('apt-get') !== null && !process.env.CHROMIUM_PATH;
  let why = '';
  if (mayInstall) {
    say(`Installing ${names.join(', ')} with apt-get for the tests.`);
    why = aptInstall(names);
  }
  const lacking = programs.filter((program) => program.find() === null);
  if (lacking.length === 0) return;
  const list = lacking.map((program) => `${program.name} (for ${program.what})`).join(', ');
  const line = `Missing: ${list}. Install with your package manager${lacking.some((program) => program.name === 'chromium') ? ', or name a browser in CHROMIUM_PATH' : ''}.${why === '' ? '' : ` apt-get said: ${why}`}`;
  if (process.env.CI === 'true') throw new Error(line);
  say(`${line} What needs them is left out.`);
}

/** Why it failed, in one line; empty when it did not. */
function aptInstall(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const policy = '/usr/sbin/policy-rc.d';
  // Debian would start nginx as a service on port 80; it asks this file first.
  const ownPolicy = !existsSync(policy);
  if (ownPolicy) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    for (const args of [
      ['update', '-q'],
      ['install', '-y', '-q', '--no-install-recommends', ...names],
    ]) {
      const result = spawnSync('apt-get', args, {
        env,
        encoding: 'utf8',
        timeout: installTimeoutMs,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      if (result.status !== 0) return (result.stderr || result.error?.message || 'no reason').trim().split('\n').at(-1);
    }
    return '';
  } finally {
    if (ownPolicy) rmSync(policy, { force: true });
  }
}
