import { useMemo } from 'react';
import { type CreatorList, listLists } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';

/** Open lists, newest first, and their names by id. */
export function useLists(): { lists: CreatorList[]; names: ReadonlyMap<string, string> } {
  const query = useApiQuery(listLists, { limit: 500 });
  const lists = query.data?.rows;
  return useMemo(
    () => ({ lists: lists ?? [], names: new Map((lists ?? []).map((list) => [list.id, list.name])) }),
    [lists],
  );
}
