import { Button } from '@mantine/core';
import { useState } from 'react';
import { z } from 'zod';
import {
  listSafetyFlags,
  type SafetyFlag,
  safetyCategories,
  safetyCategorySchema,
  type Vetting,
} from '#modules/vetting/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { VerdictTag } from '#web/ui/verdict-tag.tsx';
import { DismissFlagDialog } from './dismiss-flag-dialog.tsx';
import { SafetyFlags } from './safety-flags.tsx';
import './partnerships.css';

const search = z.object({
  flags: z.enum(['open', 'dismissed']).default('open'),
  category: safetyCategorySchema.optional(),
});

/** Words brands stay away from in this creator's texts; each flag stays until a person says why it is harmless. */
export function SafetySection({ report }: { report: Vetting }) {
  const [{ flags, category }, setState] = useSearchState(search);
  const [chosen, setChosen] = useState<SafetyFlag | null>(null);
  const { rows, query } = useApiPages(listSafetyFlags, {
    personId: report.personId,
    state: flags,
    limit: 50,
    ...(category === undefined ? {} : { category }),
  });
  const safety = report.safety ?? null;
  return (
    <Section
      title="Brand safety"
      note={
        safety?.scannedAt == null
          ? 'no caption or bio to search'
          : `${formatPlural(safety.texts, 'text')} searched ${formatDate(safety.scannedAt)}, lists ${safety.listsVersion}`
      }
      end={
        <Segments
          label="Which flags"
          value={flags}
          onChange={(next) => setState({ flags: next })}
          options={[
            { value: 'open', label: 'Open' },
            { value: 'dismissed', label: 'Dismissed' },
          ]}
        />
      }
    >
      {safety === null || safety.texts === 0 ? (
        <p className="row">
          <VerdictTag verdict="unknown">Not known</VerdictTag>
          <span className="ink-2">Without texts nothing can be said; that is not the same as clean.</span>
        </p>
      ) : (
        safety.open === 0 && (
          <p className="row">
            <VerdictTag verdict="yes">None open</VerdictTag>
            <span className="ink-2">
              No word of the lists{safety.dismissed > 0 ? ` but ${safety.dismissed} that people dismissed` : ''}. Irony,
              quotation and pictures are not seen.
            </span>
          </p>
        )
      )}
      {safety !== null && safety.categories.length > 1 && (
        <div className="vt-chips">
          {safety.categories.map((one) => (
            <Button
              key={one.category}
              size="compact-xs"
              variant={category === one.category ? 'filled' : 'default'}
              aria-pressed={category === one.category}
              onClick={() => setState({ category: category === one.category ? undefined : one.category })}
            >
              {safetyCategories[one.category]} {flags === 'open' ? one.open : one.dismissed}
            </Button>
          ))}
        </div>
      )}
      <SafetyFlags rows={rows} query={query} onDecide={setChosen} isQuietEmpty={flags === 'open'} />
      <p className="meta vt-note">
        <AppLink to="/brand-safety">All flags and word lists</AppLink>
      </p>
      {chosen !== null && <DismissFlagDialog key={chosen.id} flag={chosen} onClose={() => setChosen(null)} />}
    </Section>
  );
}
