import type { Profile } from '#modules/creators/api.ts';
import type { FigureMeaning } from '#web/ui/figure-meaning.ts';
import { formatPlural } from '#web/ui/format-number.ts';

/** Where a figure of a profile comes from, as a figure's popover tells it. */
export function provenanceOf(profile: Profile, field: string): FigureMeaning {
  const stated = profile.provenance[field] ?? profile.provenance['*'];
  return {
    formula: stated?.formula ?? 'as stated by the source',
    ...(stated === undefined ? {} : { source: stated.source, asOf: stated.at }),
    ...(stated?.n === undefined ? {} : { n: formatPlural(stated.n, 'post') }),
  };
}
