import { Button, Select } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import {
  exportSafetyFlags,
  listSafetyFlags,
  type SafetyFlag,
  safetyCategories,
  safetyCategorySchema,
} from '#modules/vetting/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { DismissFlagDialog } from './dismiss-flag-dialog.tsx';
import { SafetyFlags } from './safety-flags.tsx';
import { SafetyListsSection } from './safety-lists-section.tsx';
import './partnerships.css';
import './vetting.css';

const search = z.object({
  flags: z.enum(['open', 'dismissed', 'all']).default('open'),
  category: safetyCategorySchema.optional(),
});
const categoryNames = Object.entries(safetyCategories).map(([value, label]) => ({ value, label }));

/** Every brand-safety flag of the workspace, and the words behind them. */
export function BrandSafetyPage() {
  const [{ flags, category }, setState] = useSearchState(search);
  const [chosen, setChosen] = useState<SafetyFlag | null>(null);
  const asked = { state: flags, ...(category === undefined ? {} : { category }) };
  const { rows, query } = useApiPages(listSafetyFlags, { ...asked, limit: 50 });
  const download = useDownload(exportSafetyFlags);
  return (
    <div className="page vt">
      <PageHeader
        title="Brand safety"
        sub="Words brands stay away from, in captions and bios of the last three years. A flag stays until a person says why it is harmless."
        actions={
          <Button
            variant="default"
            leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
            loading={download.isRunning}
            onClick={() =>
              void download
                .start(asked, 'brand-safety-flags.csv')
                .catch((error: unknown) => sayFailed('Not exported', error))
            }
          >
            CSV
          </Button>
        }
      />
      <Section
        title="Flags"
        note="newest found first"
        end={
          <span className="row vt-wrap">
            <Select
              aria-label="Category"
              placeholder="All categories"
              size="xs"
              clearable
              data={categoryNames}
              value={category ?? null}
              onChange={(next) => setState({ category: next === null ? undefined : safetyCategorySchema.parse(next) })}
            />
            <Segments
              label="Which flags"
              value={flags}
              onChange={(next) => setState({ flags: next })}
              options={[
                { value: 'open', label: 'Open' },
                { value: 'dismissed', label: 'Dismissed' },
                { value: 'all', label: 'All' },
              ]}
            />
          </span>
        }
      >
        <SafetyFlags rows={rows} query={query} onDecide={setChosen} withNames />
      </Section>
      <hr className="vt-rule" />
      <SafetyListsSection />
      {chosen !== null && <DismissFlagDialog key={chosen.id} flag={chosen} onClose={() => setChosen(null)} />}
    </div>
  );
}
