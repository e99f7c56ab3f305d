import type { Client } from '#client/client.ts';
import type { InputOf } from '#kernel/endpoint.ts';
import { getImport, type ImportRun, startImport, uploadImport } from '#modules/creators/api.ts';

const triesMax = 600;

/** Uploads a file, imports it and waits for the end: what a person does in three steps. */
export async function importFile(
  client: Client,
  file: { name: string; body: Uint8Array<ArrayBuffer> | string },
  options: Omit<InputOf<typeof startImport>, 'importId'> = {},
): Promise<ImportRun> {
  const preview = await client.upload(
    uploadImport,
    { platform: options.platform },
    { body: file.body, fileName: file.name },
  );
  await client.call(startImport, { importId: preview.importId, ...options });
  return waitForImport(client, preview.importId);
}

/** Waits until a started import has ended, whichever way. */
export async function waitForImport(client: Client, importId: string): Promise<ImportRun> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const run = await client.call(getImport, { importId });
    if (run.state !== 'running') return run;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The import ${importId} did not end`);
}
