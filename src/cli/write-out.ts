import { writeFile } from 'node:fs/promises';
import { AppError } from '#kernel/errors.ts';

/** Writes what `--out` asks for. Error: cli.not_writable with the reason. */
export async function writeOut(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError(
      'invalid',
      'cli.not_writable',
      `--out: ${file} cannot be written (${why}). Choose another place.`,
    );
  }
}
