import { importProducts } from '#modules/seeding/api.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { RowImport } from './row-import.tsx';

/** Brings products in from a file. */
export function ProductImportDialog({ onClose }: { onClose: () => void }) {
  const upload = useUpload(importProducts);
  return (
    <RowImport
      title="Import products"
      drop={{
        title: 'Drop a file of products here, or choose one',
        note: 'CSV, a variant a row: product, SKU, category, colour, size, flavour or other options, cost, price, currency, stock, weight grams, ships to',
      }}
      progress={upload.progress}
      send={(file, dryRun) => upload.start({ dryRun }, file)}
      changes={({ variants, products }) => variants.created + variants.updated + products.updated}
      importLabel={() => 'Import'}
      say={(answer) => (
        <>
          <p>
            {formatPlural(answer.read, 'row')} read. {answer.isDryRun ? 'This would bring' : 'Brought in:'}{' '}
            <b>
              {formatPlural(answer.products.created, 'new product')} and{' '}
              {formatPlural(answer.variants.created, 'new variant')}
            </b>
            , change {formatPlural(answer.variants.updated, 'variant')}, leave {formatCount(answer.variants.unchanged)}{' '}
            as before.
          </p>
          {answer.ignoredColumns.length > 0 && <p className="meta">Not read: {answer.ignoredColumns.join(', ')}</p>}
        </>
      )}
      onClose={onClose}
    />
  );
}
