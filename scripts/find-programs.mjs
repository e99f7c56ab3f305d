// Plain JavaScript: it also runs before anything is installed.
import { accessSync, constants, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Absolute path of a program in PATH or the system's own folders, null when there is none. */
export function findProgram(name) {
  const folders = (process.env.PATH ?? '')
    .split(delimiter)
    .concat(['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/opt/homebrew/bin']);
  for (const folder of folders) {
    if (folder === '') continue;
    const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
    if (isProgram(path)) return path;
  }
  return null;
}

/** A Chromium that playwright-core can drive: CHROMIUM_PATH, one in PATH, an app, or one Playwright downloaded; else null. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') return isProgram(named) ? named : null;
  for (const name of [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'chrome',
    'microsoft-edge',
  ]) {
    const path = findProgram(name);
    if (path !== null) return path;
  }
  return applications().find(isProgram) ?? null;
}

function applications() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return roots.filter(Boolean).map((root) => join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'));
  }
  const cache = join(homedir(), '.cache', 'ms-playwright');
  try {
    const versions = readdirSync(cache).filter((name) => name.startsWith('chromium-'));
    return versions.flatMap((name) =>
      ['chrome-linux', 'chrome-linux64'].map((folder) => join(cache, name, folder, 'chrome')),
    );
  } catch {
    return [];
  }
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
