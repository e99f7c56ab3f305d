import type { Core } from '../core.ts';

/** Loads the sample workspace when the database has no workspace yet. */
export async function loadSampleWhenNew(_core: Core, _onProgress: (step: string) => void): Promise<void> {}
