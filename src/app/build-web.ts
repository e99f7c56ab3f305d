import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '#kernel/errors.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = ['src/web', 'src/kernel', 'src/client', 'src/modules', 'vite.config.ts', 'package-lock.json'];

export const webDir = join(root, 'dist/web');

/** Builds the web app when its sources changed since the last build; otherwise does nothing. Error: app.web_build_failed. */
export async function buildWebIfNeeded(onProgress: (step: string) => void): Promise<void> {
  const stampFile = join(webDir, '.sources');
  const stamp = await stampOf(sources);
  const built = existsSync(join(webDir, 'index.html')) ? await readFile(stampFile, 'utf8').catch(() => '') : '';
  if (built === stamp) return;
  onProgress('Building the web app (once, until it changes)');
  // Built aside and put in place at once, so that two starts at a time never serve half a build.
  const aside = `${webDir}.${process.pid}`;
  await runVite(aside);
  await writeFile(join(aside, '.sources'), stamp);
  await rm(webDir, { recursive: true, force: true });
  await rename(aside, webDir).catch(() => rm(aside, { recursive: true, force: true }));
}

function runVite(outDir: string): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', '--outDir', outDir, '--emptyOutDir'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its words may end up in an error message.
      env: { ...process.env, NO_COLOR: '1' },
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new AppError('unavailable', 'app.web_build_failed', `The web app could not be built:\n${output.trim()}`),
        );
    });
  });
}

/** A hash of names, sizes and times of the files that make the web app; only api.ts and rules of modules count among the server's. */
async function stampOf(paths: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await listFiles(join(root, path))) {
      const { size, mtimeMs } = await stat(file);
      hash.update(`${file.slice(root.length)}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

async function listFiles(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const ofModules = path.endsWith('src/modules');
  return files.filter((file) => !ofModules || file.endsWith('api.ts') || file.includes('/rules/')).sort();
}

// Run as a program, it builds and says so: `node src/app/build-web.ts`.
if (process.argv[1] === fileURLToPath(import.meta.url))
  await buildWebIfNeeded((step) => void process.stderr.write(`${step}\n`));
