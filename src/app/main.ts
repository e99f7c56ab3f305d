import { keepCompiled } from './keep-compiled.ts';

// What is imported after this, and only that, is kept compiled.
keepCompiled();
await import('./begin.ts');
