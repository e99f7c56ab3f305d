import { z } from 'zod';
import { getCreator } from '#modules/creators/api.ts';
import { getVetting } from '#modules/vetting/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useParam } from '#web/shell/use-go.ts';
import { type SetSearch, useSearchState } from '#web/shell/use-search-state.ts';

/** In the address: which account is looked at, and which signal's evidence is open. */
export const creatorSearch = z.object({ profile: z.string().optional(), signal: z.string().optional() });
export type CreatorSearch = z.infer<typeof creatorSearch>;

export interface CreatorChoice {
  /** Input of every question about this report. */
  wanted: { personId: string; profileId?: string };
  search: CreatorSearch;
  setSearch: SetSearch<CreatorSearch>;
}

export function useCreatorChoice(): CreatorChoice {
  const personId = useParam('personId');
  const [search, setSearch] = useSearchState(creatorSearch);
  return {
    wanted: { personId, ...(search.profile === undefined ? {} : { profileId: search.profile }) },
    search,
    setSearch,
  };
}

export function usePerson() {
  return useApiQuery(getCreator, { personId: useParam('personId') });
}

/** The report all tabs share: asked once, kept by the cache. */
export function useVetting() {
  return useApiQuery(getVetting, useCreatorChoice().wanted);
}
