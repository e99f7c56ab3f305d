import { searchCreators } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import type { Found } from '#web/shell/feature.ts';
import { nameOf, typedText } from './hit-words.ts';

const shown = 6;

/** Creators for the command palette, by the words typed into it. */
export function useFoundCreators(words: string): { group: string; hits: Found[] } {
  const text = typedText(words, true);
  const query = useApiQuery(
    searchCreators,
    { text, limit: shown, filters: [] },
    { enabled: text.length > 1, keepPrevious: true },
  );
  const rows = text.length > 1 ? (query.data?.rows ?? []) : [];
  return {
    group: 'Creators',
    hits: rows.map((hit) => ({
      id: hit.personId,
      label: nameOf(hit),
      description: hit.profile === null ? hit.why.line : `@${hit.profile.handle} · ${hit.why.line}`,
      faceId: hit.personId,
      to: '/creators/$personId',
      params: { personId: hit.personId },
    })),
  };
}
