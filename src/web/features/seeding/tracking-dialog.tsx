import { importTracking } from '#modules/seeding/api.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { RowImport } from './row-import.tsx';

/** Reads tracking numbers, states and postage by order. */
export function TrackingDialog({ campaignId, onClose }: { campaignId: string; onClose: () => void }) {
  const upload = useUpload(importTracking);
  return (
    <RowImport
      title="Import tracking numbers"
      drop={{
        title: "Drop the carrier's file here, or choose one",
        note: 'CSV with an order (or parcel id of the packing list) and a tracking number; carrier, state, date and postage are found by name',
      }}
      progress={upload.progress}
      send={(file, dryRun) => upload.start({ campaignId, dryRun }, file)}
      changes={(answer) => answer.changed}
      importLabel={(answer) => `Import ${formatPlural(answer.changed, 'row')}`}
      say={(answer) => (
        <p>
          {formatPlural(answer.read, 'row')} read:{' '}
          <b>
            {formatCount(answer.changed)} {answer.isDryRun ? 'would change' : 'changed'}
          </b>
          , {formatCount(answer.unchanged)} as before.
        </p>
      )}
      onClose={onClose}
    />
  );
}
