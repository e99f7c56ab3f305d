import { type FieldKind, type SearchField, searchFields } from '../api.ts';

/** A field of the catalogue, or a fact of any kind; null when there is none of that name. */
export function fieldOf(name: string): (Omit<SearchField, 'kind'> & { kind: FieldKind | 'fact' }) | null {
  if (Object.hasOwn(searchFields, name)) return searchFields[name as keyof typeof searchFields];
  const fact = /^fact\.([\w.-]{1,60})$/.exec(name)?.[1];
  return fact === undefined ? null : { kind: 'fact', label: fact.replaceAll('_', ' '), level: 'person' };
}

export const sortOnly = ['name', 'handle', 'relevance'] as const;
