import { type PostbackField, postbackFields } from '../api.ts';

const placeholder = /\{([^{}]*)\}/g;
const known: ReadonlySet<string> = new Set(postbackFields);

/** What is wrong with the address of a postback; null when nothing is. Placeholders may stand behind the host only: nobody but the workspace chooses it. */
export function faultOfPostback(target: string): string | null {
  const names = [...target.matchAll(placeholder)].map((found) => found[1] ?? '');
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined)
    return `{${unknown}} is no placeholder; there are ${postbackFields.map((field) => `{${field}}`).join(', ')}.`;
  if (!names.includes('order_id')) return 'Put {order_id} into it: by it the other side tells a repeat.';
  const [head = ''] = target.split('{');
  if (!/^https?:\/\/[^/?#]+[/?]/.test(head)) return 'Placeholders may stand only behind the host.';
  return null;
}

/** The address with its placeholders filled, percent-encoded; what is not known becomes empty. */
export function fillPostback(target: string, values: Readonly<Record<PostbackField, string | null>>): string {
  return target.replace(placeholder, (_, name: string) =>
    isField(name) ? encodeURIComponent(values[name] ?? '') : '',
  );
}

function isField(name: string): name is PostbackField {
  return known.has(name);
}
