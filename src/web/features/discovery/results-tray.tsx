import { Button } from '@mantine/core';
import { getOverlap, type Hit } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { usePicture } from '#web/api/use-picture.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { VetButton } from '#web/shell/vet-button.tsx';
import { BulkBar } from '#web/ui/bulk-bar.tsx';
import { formatCompact, formatCount, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { AddToList } from './add-to-list.tsx';
import { compareMax } from './compare-dialog.tsx';
import { nameOf } from './hit-words.ts';

interface Props {
  chosen: readonly Hit[];
  onClear: () => void;
  onCompare: () => void;
}

const overlapMax = 50;
const vettingCompareMax = 10;

/** The creators chosen, how their audiences overlap, and what can be done with all of them. */
export function ResultsTray({ chosen, onClear, onCompare }: Props) {
  const personIds = chosen.map((hit) => hit.personId);
  const pictureOf = usePicture();
  return (
    <div className="discover-tray">
      <BulkBar
        count={chosen.length}
        title={
          chosen.length > 1 && chosen.length <= compareMax
            ? `${chosen.length} to compare`
            : `${formatPlural(chosen.length, 'creator')} chosen`
        }
        note={
          chosen.length > compareMax ? (
            `At most ${compareMax} can be compared`
          ) : (
            <>
              <Reach chosen={chosen} /> <AudienceLink chosen={chosen} /> <VettingLink chosen={chosen} />
            </>
          )
        }
        faces={chosen.map((hit) => ({ id: hit.personId, name: nameOf(hit), picture: pictureOf(hit.facts) }))}
        onClear={onClear}
      >
        <AddToList personIds={personIds} />
        <VetButton of={{ personIds }} />
        <Button variant="filled" disabled={chosen.length < 2 || chosen.length > compareMax} onClick={onCompare}>
          Compare {chosen.length}
        </Button>
      </BulkBar>
    </div>
  );
}

/** To the page that says how every two of them overlap, or what is missing to say so. */
function AudienceLink({ chosen }: { chosen: readonly Hit[] }) {
  if (chosen.length < 2 || chosen.length > overlapMax) return null;
  return (
    <AppLink to="/discover/overlap" search={{ creators: chosen.map((hit) => hit.personId) }} className="link">
      Overlap
    </AppLink>
  );
}

/** To the page that sets their vetting reports side by side. */
function VettingLink({ chosen }: { chosen: readonly Hit[] }) {
  if (chosen.length < 2 || chosen.length > vettingCompareMax) return null;
  return (
    <AppLink to="/vetting/compare" search={{ creators: chosen.map((hit) => hit.personId) }} className="link">
      Vetting side by side
    </AppLink>
  );
}

/** Unique followers where audiences are known; else the plain sum, which says that it counts shared ones again. */
function Reach({ chosen }: { chosen: readonly Hit[] }) {
  const personIds = chosen.map((hit) => hit.personId).sort();
  const overlap = useApiQuery(
    getOverlap,
    { personIds },
    { enabled: personIds.length > 1 && personIds.length <= overlapMax, keepPrevious: true },
  );
  const unique = overlap.data?.totalUniqueFollowers;
  const shared = overlap.data?.sharedShare;
  const isWhole = overlap.data?.missing.length === 0;
  if (unique && shared && isWhole && personIds.length > 1) {
    const about = unique.isEstimated ? 'about ' : '';
    return `Together ${about}${formatCompact(unique.value)} unique followers, ${formatShare(shared.value)} shared`;
  }
  const known = chosen.flatMap((hit) => hit.profile?.followers ?? []);
  const sum = known.reduce((total, followers) => total + followers, 0);
  const unknown = chosen.length - known.length;
  return `${formatCount(sum)} followers in all, those they share counted again${unknown > 0 ? `; ${unknown} not known` : ''}`;
}
