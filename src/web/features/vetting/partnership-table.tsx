import type { Partnership, Vetting } from '#modules/vetting/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { RangeMark } from '#web/ui/range-mark.tsx';
import { Section } from '#web/ui/section.tsx';
import { VerdictTag } from '#web/ui/verdict-tag.tsx';

const labels = {
  clear: { verdict: 'yes', word: 'Clear label' },
  weak: { verdict: 'caution', word: 'Weak label' },
  none: { verdict: 'no', word: 'No label' },
} as const;

interface Props {
  report: Vetting;
  /** Rows before "show all". */
  limit?: number;
}

/** Deals found in the posts on record, by brand. */
export function PartnershipTable({ report, limit }: Props) {
  const { searched, found, brands } = report.partnerships;
  const shown = limit === undefined ? brands : brands.slice(0, limit);
  const rest = brands.length - shown.length;
  return (
    <Section
      title="Past partnerships"
      note={
        searched === 0
          ? 'no captions to search'
          : `found in ${formatPlural(searched, 'post')} with a caption or label, of them ${found} part of a deal`
      }
      end={
        rest > 0 ? (
          <AppLink to="/creators/$personId/partnerships" params={{ personId: report.personId }}>
            Show all {brands.length}
          </AppLink>
        ) : undefined
      }
    >
      {shown.length === 0 ? (
        <p className="meta vt-empty">
          {searched === 0
            ? 'Not known: import posts with captions to see past partnerships.'
            : 'None recognised. A deal that shows in neither label, tag, wording, code nor link cannot be seen.'}
        </p>
      ) : (
        <div className="table-scroll">
          <table className="table tall vt-deals">
            <thead>
              <tr>
                <th scope="col">Brand</th>
                <th scope="col">When</th>
                <th scope="col">What</th>
                <th scope="col">Disclosure</th>
                <th scope="col">Against own posts</th>
                <th scope="col">Wording</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((deal) => (
                <Row key={deal.brand} deal={deal} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function Row({ deal }: { deal: Partnership }) {
  const look = labels[deal.disclosure];
  const against = deal.againstOrganic;
  return (
    <tr>
      <td>
        <b>{deal.brand === 'brand not named' ? deal.brand : `@${deal.brand}`}</b>
      </td>
      <td className="vt-nowrap">{whenOf(deal)}</td>
      <td>{deal.formats.map((format) => formatPlural(format.posts, format.format)).join(', ')}</td>
      <td>
        <VerdictTag verdict={look.verdict}>{look.word}</VerdictTag>
      </td>
      <td>
        <span className="vt-against">
          {against !== null && (
            <RangeMark
              label={`${formatShare(against)} of own posts`}
              value={against}
              low={Math.min(against, 1)}
              high={Math.max(against, 1)}
              scale={[0, 2]}
              target={1}
              look={against < 0.8 ? 'bad' : 'plain'}
            />
          )}
          <Figure
            label="Against own posts"
            value={against === null ? null : formatShare(against)}
            meaning={{
              formula: 'median engagement of the posts with this brand / median of the posts without a deal',
              n: formatPlural(deal.posts, 'post'),
            }}
            missing="not measured"
          />
        </span>
      </td>
      <td className="meta">{deal.wording ?? ''}</td>
    </tr>
  );
}

function whenOf({ firstAt, lastAt }: Partnership): string {
  if (lastAt === null) return 'not known';
  const last = formatDate(lastAt);
  return firstAt === null || formatDate(firstAt) === last ? last : `${formatDate(firstAt)} to ${last}`;
}
