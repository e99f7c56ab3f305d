import { Button, Checkbox } from '@mantine/core';
import { IconExternalLink, IconFile, IconPhoto, IconVideo } from '@tabler/icons-react';
import { platformNames } from '#kernel/platform.ts';
import { type ContentAsset, previewAsset } from '#modules/content/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { useFoundWorkspace } from '#web/api/workspace-context.ts';
import { formatCompact } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Tag } from '#web/ui/tag.tsx';
import { nameOf, sayRights } from './words.ts';

interface Props {
  rows: readonly ContentAsset[];
  chosen: readonly string[];
  onChoose: ((next: string[]) => void) | null;
  openId: string | undefined;
  onOpen: (id: string) => void;
  more: { has: boolean; isBusy: boolean; load: () => void };
}

/** Pieces of content as cards: picture or first words, whose, what it reached, and the clock of its rights. */
export function AssetGrid({ rows, chosen, onChoose, openId, onOpen, more }: Props) {
  return (
    <>
      <ul className="ct-grid">
        {rows.map((asset) => (
          <AssetCard
            key={asset.id}
            asset={asset}
            isOpen={asset.id === openId}
            isChosen={chosen.includes(asset.id)}
            onOpen={() => onOpen(asset.id)}
            onChoose={
              onChoose === null
                ? null
                : (isChosen) => onChoose(isChosen ? [...chosen, asset.id] : chosen.filter((id) => id !== asset.id))
            }
          />
        ))}
      </ul>
      {more.has && (
        <Button loading={more.isBusy} onClick={more.load}>
          Show more
        </Button>
      )}
    </>
  );
}

interface CardProps {
  asset: ContentAsset;
  isOpen: boolean;
  isChosen: boolean;
  onOpen: () => void;
  onChoose: ((isChosen: boolean) => void) | null;
}

function AssetCard({ asset, isOpen, isChosen, onOpen, onChoose }: CardProps) {
  const rights = sayRights(asset);
  const name = nameOf(asset);
  const when = asset.postedAt ?? asset.capturedAt;
  const { likes, views } = asset.figures;
  const figures = [
    ...(likes === null ? [] : [`${formatCompact(likes)} likes`]),
    ...(views === null ? [] : [`${formatCompact(views)} views`]),
  ];
  return (
    <li className={isOpen ? 'ct-card open' : 'ct-card'}>
      {onChoose !== null && (
        <Checkbox
          className="ct-pick"
          aria-label={`Choose ${name}`}
          checked={isChosen}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
      )}
      <button type="button" className="ct-open" onClick={onOpen} aria-label={`Open ${name}`}>
        <AssetPicture asset={asset} />
      </button>
      <div className="ct-about">
        <b className="clip">{asset.person?.name ?? 'Creator not known'}</b>
        <span className="meta clip">
          {[asset.platform === null ? null : platformNames[asset.platform], asset.format, formatDate(when)]
            .filter((part) => part !== null)
            .join(', ')}
        </span>
        <span className="meta">{figures.length === 0 ? 'No figures known' : figures.join(', ')}</span>
        <Tag tone={rights.tone}>{rights.text}</Tag>
      </div>
    </li>
  );
}

/** The small picture where there is one; else the first words, which say more than a grey box. */
export function AssetPicture({ asset }: { asset: ContentAsset }) {
  const client = useClient();
  const slug = useFoundWorkspace()?.slug;
  if (asset.file?.hasPreview === true) {
    const src = client.url(previewAsset, { assetId: asset.id, ...(slug === undefined ? {} : { workspace: slug }) });
    return <img className="ct-picture" src={src} alt={nameOf(asset)} loading="lazy" />;
  }
  const Icon =
    asset.file === null
      ? IconExternalLink
      : asset.file.kind === 'video'
        ? IconVideo
        : asset.file.kind === 'image'
          ? IconPhoto
          : IconFile;
  return (
    <span className="ct-picture ct-words">
      <Icon size={18} stroke={1.6} aria-hidden />
      <span>{nameOf(asset)}</span>
    </span>
  );
}
