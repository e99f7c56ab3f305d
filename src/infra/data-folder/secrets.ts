import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { dataFolderError, systemErrorCode } from './errors.ts';
import { createFile } from './write-file.ts';

const secretsSchema = z.object({
  /** 256 random bits, base64url: the root of sessions, signed links and salted hashes of this installation. */
  installSecret: z.string().min(43),
});

export type Secrets = z.infer<typeof secretsSchema>;

/**
 * Reads secrets.json (0600), making it the first time. A damaged file is an error and never replaced:
 * new secrets would sign everybody out and orphan every salted hash.
 */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, 'secrets.json');
  const text = (await findText(path)) ?? (await makeSecrets(path));
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    throw dataFolderError(
      'damaged',
      `${path} is damaged. Put it back from a copy of the data folder; new secrets would not fit the data.`,
    );
  }
}

async function makeSecrets(path: string): Promise<string> {
  const text = `${JSON.stringify({ installSecret: randomBytes(32).toString('base64url') }, null, 2)}\n`;
  await createFile(path, text);
  // Of two starts at once one has written; both use that one's.
  return (await findText(path)) ?? text;
}

async function findText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
