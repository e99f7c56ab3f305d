import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/find-programs.mjs';

const chromiumPath = findChromium();
const screenshotDir = fileURLToPath(new URL('../e2e/screenshots/', import.meta.url));

/** Why browser tests are skipped here, null when they run. With CI=true a missing Chromium is a failure, never a skip. */
export const noBrowser: string | null =
  chromiumPath !== null || process.env.CI === 'true'
    ? null
    : 'skipped: no Chromium (install one with the package manager of the system, or name one in CHROMIUM_PATH)';

/** A headless Chromium that makes no requests of its own. Throws where none is installed. */
export async function openChromium(): Promise<Browser> {
  if (chromiumPath === null) throw new Error('Chromium is missing: install one, or name one in CHROMIUM_PATH.');
  const quiet = ['background-networking', 'component-update', 'sync', 'gpu', 'default-apps'];
  const args = ['--no-sandbox', '--no-first-run', ...quiet.map((part) => `--disable-${part}`)];
  return chromium.launch({ executablePath: chromiumPath, args });
}

/** Resolves, in the page, when it has drawn what it was told by now. */
export const framesDrawn = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** Saves what the page shows to tests/e2e/screenshots, for people to look at; in CI, where nobody does, it only lets the page draw itself. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.CI === 'true') {
    await page.evaluate(framesDrawn);
    return;
  }
  mkdirSync(screenshotDir, { recursive: true });
  await page.screenshot({ path: join(screenshotDir, `${name}.png`) });
}

/**
 * Notes all that a page must never do, into the list it returns: errors and warnings on the console (content policy reports among them),
 * exceptions, answers of 500, and requests to any origin but `origin`. `said` parts a fault from its page.
 */
export function watchPage(page: Page, origin: string): string[] {
  const faults: string[] = [];
  const where = () => new URL(page.url()).pathname;
  page.on('pageerror', (error) => faults.push(`${where()}: exception ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      faults.push(`${where()}: console ${message.type()} ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) faults.push(`${where()}: request to ${url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${where()}: ${response.status()} of ${response.url()}`);
  });
  return faults;
}
