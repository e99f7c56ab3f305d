import { keepCompiled } from './keep-compiled.ts';

keepCompiled();
await import('./run-command.ts');
