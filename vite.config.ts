import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const source = (folder: string) => fileURLToPath(new URL(`./src/${folder}/`, import.meta.url));

/** Files of the installable portal keep their names, since browsers ask for them by address: /p/sw.js, /p/manifest.webmanifest and so on. */
const installable: Plugin = {
  name: 'installable-portal',
  generateBundle() {
    const folder = source('web/portal/installable');
    for (const name of readdirSync(folder))
      this.emitFile({ type: 'asset', fileName: `portal/${name}`, source: readFileSync(`${folder}${name}`) });
  },
};

/** The web app only: the server runs its TypeScript as it is and serves what this writes. */
export default defineConfig({
  root: source('web'),
  base: '/app/',
  publicDir: false,
  cacheDir: fileURLToPath(new URL('./node_modules/.cache/vite/', import.meta.url)),
  plugins: [react(), installable],
  resolve: {
    alias: {
      '#kernel/': source('kernel'),
      '#client/': source('client'),
      '#modules/': source('modules'),
      '#web/': source('web'),
    },
  },
  build: {
    outDir: fileURLToPath(new URL('./dist/web/', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // Only icons and other small svg become part of the code; fonts stay files, so that the browser fetches one subset.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    // In one chunk with its setting, zod never gets to ask whether it may build code; see zod-without-eval.ts.
    rolldownOptions: {
      // Two apps: members work in the one, creators in the other; they share what both use.
      input: { app: `${source('web')}index.html`, portal: `${source('web')}portal/index.html` },
      output: { codeSplitting: { groups: [{ name: 'zod', test: /node_modules[\\/]zod[\\/]|zod-without-eval/ }] } },
    },
  },
  server: {
    port: 4601,
    proxy: { '/api': { target: process.env.RAPPORT_API ?? 'http://127.0.0.1:4600' } },
  },
});
