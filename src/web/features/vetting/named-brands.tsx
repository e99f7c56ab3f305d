import { getNamedBrands, type NamedBrands } from '#modules/vetting/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatPlural, formatShare } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';

const fromWords: Record<NamedBrands['rows'][number]['from'], string> = {
  paid_posts: 'a brand of paid posts',
  own_brand: 'your brand',
  competitor: 'a rival',
};

/** Brands that the commenters name; marked as estimated, beside what a source states of the audience. */
export function NamedBrandsSection({ personId, profileId }: { personId: string; profileId: string }) {
  const query = useApiQuery(getNamedBrands, { personId, profileId });
  return (
    <Section title="Brands the commenters name" end={query.data?.state === 'estimated' && <Tag>estimated</Tag>}>
      <QueryState query={query}>
        {(found) => (
          <>
            {found.rows.length > 0 && (
              <ul className="vt-evidence" aria-label="Brands the commenters name">
                {found.rows.map((row) => (
                  <li key={row.brand}>
                    <span className="vt-ev-text">
                      {row.brand}
                      <span className="meta">
                        {`${fromWords[row.from]}; ${formatPlural(row.commenters, 'commenter')} of ${found.commenters}`}
                      </span>
                    </span>
                    <b>
                      <Figure
                        label={`Commenters who name ${row.brand}`}
                        isEstimated
                        value={row.share === null ? null : formatShare(row.share)}
                        missing="not enough data"
                        meaning={{
                          formula: 'different commenters who name the brand / all different commenters',
                          source: found.source,
                          n: `${formatPlural(found.commenters, 'commenter')} of ${formatPlural(found.comments, 'comment')}`,
                          ...(found.newestAt === null ? {} : { asOf: found.newestAt }),
                          ...(row.low === null || row.high === null
                            ? {}
                            : { interval: `95 % interval ${formatShare(row.low)} to ${formatShare(row.high)}` }),
                        }}
                      />
                    </b>
                  </li>
                ))}
              </ul>
            )}
            <p className="meta vt-empty">
              {found.state === 'estimated' && found.rows.length === 0
                ? `None of ${formatPlural(found.lookedFor, 'brand')} looked for is named. ${found.text}`
                : found.text}
            </p>
          </>
        )}
      </QueryState>
    </Section>
  );
}
