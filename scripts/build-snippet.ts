// Writes src/modules/tracking/snippet/snippet-text.ts, the minified script that shops load. Run: node scripts/build-snippet.ts
// A test fails while it is out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { minifySync } from 'vite';

const folder = fileURLToPath(new URL('../src/modules/tracking/snippet/', import.meta.url));

export async function minifiedSnippet(): Promise<string> {
  const source = await readFile(`${folder}snippet.js`, 'utf8');
  const { code, errors } = minifySync('snippet.js', source, { compress: { target: 'es2021' }, mangle: true });
  if (errors.length > 0) throw new Error(errors.map((error) => error.message).join('\n'));
  return code.trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await minifiedSnippet();
  const lines = [
    '// Made from snippet.js by scripts/build-snippet.ts. Do not edit.',
    '// biome-ignore-all lint/suspicious/noTemplateCurlyInString: minified script',
    `export const snippetText = ${JSON.stringify(text)};`,
    '',
  ];
  await writeFile(`${folder}snippet-text.ts`, lines.join('\n'));
  process.stdout.write(`${Buffer.byteLength(text)} bytes\n`);
}
