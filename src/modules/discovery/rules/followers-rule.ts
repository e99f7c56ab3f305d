import type { Filter, SearchSettings } from '../api.ts';

/** Questions that say themselves which sizes or whom they mean. */
const ownChoice: ReadonlySet<string> = new Set(['followers', 'tier', 'creator', 'list']);

/** The filters of a question under the settings of the workspace, and what to say when these leave somebody out. */
export function withFollowersRule(
  filters: readonly Filter[],
  { followersMin }: SearchSettings,
): { filters: Filter[]; notes: string[] } {
  if (followersMin === 0 || filters.some((filter) => ownChoice.has(filter.field)))
    return { filters: [...filters], notes: [] };
  return {
    filters: [...filters, { field: 'followers', op: 'gte', value: followersMin }],
    notes: [
      `Profiles under ${followersMin.toLocaleString('en')} followers are left out by a setting of this workspace; filter by followers to see them.`,
    ],
  };
}
