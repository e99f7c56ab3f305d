import { Modal } from '@mantine/core';
import { IconTrophy } from '@tabler/icons-react';
import type { Hit } from '#modules/discovery/api.ts';
import { usePicture } from '#web/api/use-picture.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { type CompareLine, type Comparison, compareLines } from './compare-lines.tsx';
import { medianWords } from './hit-figures.tsx';
import { nameOf } from './hit-words.ts';
import { useDetails } from './use-details.ts';

export const compareMax = 10;

interface Props {
  hits: readonly Hit[];
  calculation?: Comparison['calculation'];
  onClose: () => void;
}

/** Up to ten creators side by side; the best of each row is marked where more is better and at least two are known. */
export function CompareDialog({ hits, calculation = 'average', onClose }: Props) {
  const details = useDetails(hits);
  const pictureOf = usePicture();
  const { currency } = useWorkspace();
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${hits.length} creators side by side`}
      size="auto"
      classNames={{ content: 'discover-compare' }}
    >
      {calculation === 'median' && (
        <p className="meta">Engagement, likes and comments: {medianWords}. Peers are compared by averages.</p>
      )}
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">
                <span className="vh">Figure</span>
              </th>
              {hits.map((hit) => (
                <th key={hit.personId} scope="col">
                  <AppLink to="/creators/$personId" params={{ personId: hit.personId }} className="who">
                    <Avatar id={hit.personId} name={nameOf(hit)} size={32} picture={pictureOf(hit.facts)} />
                    <span>
                      <b className="block">{nameOf(hit)}</b>
                      <span className="meta">@{hit.profile?.handle ?? 'no profile'}</span>
                    </span>
                  </AppLink>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {compareLines.map((line) => (
              <Row
                key={line.title}
                line={line}
                hits={hits}
                of={(hit) => ({ calculation, currency, details: details.get(hit.personId) })}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Modal>
  );
}

interface RowProps {
  line: CompareLine;
  hits: readonly Hit[];
  of: (hit: Hit) => Comparison;
}

function Row({ line, hits, of }: RowProps) {
  const ranks = hits.map((hit) => line.rank?.(hit, of(hit)) ?? null);
  const known = ranks.filter((rank): rank is number => rank !== null);
  const best = known.length > 1 && new Set(known).size > 1 ? Math.max(...known) : null;
  return (
    <tr>
      <th scope="row">{line.title}</th>
      {hits.map((hit, at) => (
        <td key={hit.personId} className={best !== null && ranks[at] === best ? 'best' : undefined}>
          {line.cell(hit, of(hit)) ?? <span className="ink-3">not known</span>}
          {best !== null && ranks[at] === best && <IconTrophy className="i i-14" aria-label="best of these" />}
        </td>
      ))}
    </tr>
  );
}
