import { Button } from '@mantine/core';
import { IconDownload, IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { downloadAsset, getAsset, removeAsset } from '#modules/content/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatCompact } from '#web/ui/format-number.ts';
import { formatDate, formatDateTime } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { AssetPicture } from './asset-grid.tsx';
import { FiguresSection } from './figures-section.tsx';
import { LabelsForm } from './labels-form.tsx';
import { PlacementsSection } from './placements-section.tsx';
import { RightsSection } from './rights-section.tsx';
import type { WholeAsset } from './whole-asset.ts';
import { howWords, nameOf } from './words.ts';

interface Props {
  assetId: string;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}

/** One piece beside the library: the thing itself, its rights, where it runs, what it is filed under. */
export function AssetPanel({ assetId, onClose, onPrevious, onNext }: Props) {
  const query = useApiQuery(getAsset, { assetId });
  const [isRemoving, setRemoving] = useState(false);
  const canWrite = useCan('content:write');
  const remove = useApiMutation(removeAsset, {
    invalidate: ['contentAssets', 'contentCapture'],
    onSuccess: () => {
      sayDone('Taken out of the library');
      onClose();
    },
    onError: (error) => sayFailed('Not taken out', error),
  });
  return (
    <SidePanel
      label={query.data === undefined ? 'Content' : nameOf(query.data)}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      actions={
        query.data !== undefined && (
          <>
            <FileActions asset={query.data} />
            {canWrite && (
              <Button variant="subtle" color="gray" onClick={() => setRemoving(true)}>
                Take out
              </Button>
            )}
          </>
        )
      }
    >
      <QueryState query={query}>
        {(asset) => (
          <div className="stack ct-panel">
            <AssetPicture asset={asset} />
            <About asset={asset} />
            {asset.url !== null && <FiguresSection assetId={asset.id} />}
            <RightsSection asset={asset} canWrite={canWrite} />
            <PlacementsSection asset={asset} canWrite={canWrite} />
            {canWrite && <LabelsForm key={asset.id} asset={asset} />}
          </div>
        )}
      </QueryState>
      <ConfirmDialog
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        title="Take this out of the library?"
        confirmLabel="Take out"
        isDangerous
        onConfirm={() => remove.mutateAsync({ assetId })}
      >
        It is not captured again by itself. Adding it by its address brings it back.
      </ConfirmDialog>
    </SidePanel>
  );
}

function About({ asset }: { asset: WholeAsset }) {
  const { figures } = asset;
  const known = (['likes', 'comments', 'views', 'shares', 'saves'] as const).flatMap((name) => {
    const value = figures[name];
    return value === null ? [] : [`${formatCompact(value)} ${name}`];
  });
  return (
    <div className="stack-tight">
      <h2>
        {asset.person === null ? (
          'Creator not known'
        ) : (
          <AppLink to="/creators/$personId" params={{ personId: asset.person.id }}>
            {asset.person.name}
          </AppLink>
        )}
      </h2>
      {asset.title !== '' && <p>{asset.title}</p>}
      {asset.campaign !== null && (
        <p className="meta">
          On{' '}
          <AppLink to="/campaigns/$campaignId/captured" params={{ campaignId: asset.campaign.id }}>
            {asset.campaign.name}
          </AppLink>
        </p>
      )}
      {asset.caption !== null && <p className="ct-caption">{asset.caption}</p>}
      <p className="meta">
        {known.length === 0
          ? 'No figures known'
          : `${known.join(', ')}, read ${figures.observedAt === null ? 'on a day not known' : formatDate(figures.observedAt)}`}
      </p>
      {asset.expiresAt !== null && (
        <p className="meta">
          Story, {Date.parse(asset.expiresAt) > Date.now() ? 'stands until' : 'gone since'}{' '}
          {formatDateTime(asset.expiresAt)}. What is kept is what was read while it stood.
        </p>
      )}
      <p className="meta">
        {howWords[asset.capturedHow]} {asset.capturedBy}, {formatDate(asset.capturedAt)}
      </p>
    </div>
  );
}

function FileActions({ asset }: { asset: WholeAsset }) {
  const download = useDownload(downloadAsset);
  const isBlocked = asset.rights.state === 'ended';
  return (
    <>
      {asset.url !== null && (
        <Button
          component="a"
          href={asset.url}
          target="_blank"
          rel="noreferrer"
          leftSection={<IconExternalLink size={16} stroke={1.6} aria-hidden />}
        >
          Open the post
        </Button>
      )}
      {asset.file !== null && (
        <Button
          leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
          loading={download.isRunning}
          disabled={isBlocked}
          title={isBlocked ? 'The rights have ended: ask to renew them first' : undefined}
          onClick={() =>
            void download
              .start({ assetId: asset.id }, asset.file?.name ?? 'file')
              .catch((error) => sayFailed('Not downloaded', error))
          }
        >
          Download
        </Button>
      )}
    </>
  );
}
