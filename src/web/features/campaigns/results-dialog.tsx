import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  type ContentMetric,
  contentMetrics,
  type Deliverable,
  listResults,
  recordResults,
} from '#modules/campaigns/api.ts';
import { typeFigures } from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatCount } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { ResultPictures, useLivePostOf } from './result-pictures.tsx';
import { campaignNouns } from './use-campaign.ts';
import { useToday } from './use-today.ts';

const names: Record<ContentMetric, string> = {
  reach: 'Reach',
  impressions: 'Impressions',
  views: 'Views',
  likes: 'Likes',
  comments: 'Comments',
  shares: 'Shares',
  saves: 'Saves',
  engagements: 'Engagements in all',
};

/** Enters what a piece brought. Empty fields say nothing: they are not zeros. */
export function ResultsDialog({ deliverable, onClose }: { deliverable: Deliverable; onClose: () => void }) {
  const today = useToday();
  const record = useApiMutation(recordResults, { invalidate: campaignNouns });
  const type = useApiMutation(typeFigures, { invalidate: [...campaignNouns, 'livePosts'] });
  const live = useLivePostOf(deliverable);
  const [picture, setPicture] = useState<string | null>(null);
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      source: 'Screenshot of insights',
      observedOn: today,
      isEstimate: false,
      ...(Object.fromEntries(contentMetrics.map((metric) => [metric, ''])) as Record<ContentMetric, string>),
    },
    validate: Object.fromEntries(
      contentMetrics.map((metric) => [metric, (text: string) => (/^\d*$/.test(clean(text)) ? null : 'A whole number')]),
    ),
    send: async ({ source, observedOn, isEstimate, ...texts }) => {
      const values = Object.fromEntries(
        contentMetrics
          .filter((metric) => clean(texts[metric]) !== '')
          .map((metric) => [metric, Number(clean(texts[metric]))]),
      );
      const isNow = observedOn === today || observedOn === '';
      const at = `${observedOn}T00:00:00Z`;
      if (picture !== null && live !== null)
        await type.mutateAsync({
          submissionId: live.submissionId,
          fileId: picture,
          values,
          ...(isNow ? {} : { readAt: at }),
        });
      else
        await record.mutateAsync({
          deliverableId: deliverable.id,
          source,
          isEstimate,
          values,
          ...(isNow ? {} : { observedAt: at }),
        });
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Results of ${deliverable.title}, ${deliverable.person.name}`}
      submitLabel="Save results"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
      size={picture === null ? 'md' : 'xl'}
    >
      <p className="ink-2">Leave open what you do not know. Earlier numbers are kept; the newest count.</p>
      <div className={picture === null ? 'form' : 'camp-beside'}>
        {live !== null && <ResultPictures live={live} chosen={picture} onChoose={setPicture} />}
        <div className="camp-results">
          {contentMetrics.map((metric) => (
            <TextInput
              key={metric}
              label={names[metric]}
              inputMode="numeric"
              placeholder={sayKnown(deliverable, metric)}
              {...form.getInputProps(metric)}
            />
          ))}
        </div>
      </div>
      <div className="camp-two">
        {picture === null && <TextInput label="Read from" required {...form.getInputProps('source')} />}
        <TextInput label="Read on" type="date" max={today} {...form.getInputProps('observedOn')} />
      </div>
      {picture === null ? (
        <Checkbox label="These numbers are an estimate" {...form.getInputProps('isEstimate', { type: 'checkbox' })} />
      ) : (
        <p className="meta">They are marked as typed by you from this picture, and never stand before measured ones.</p>
      )}
      <Before deliverableId={deliverable.id} />
    </FormDialog>
  );
}

const clean = (text: string) => text.replace(/[\s,.']/g, '');

function sayKnown(deliverable: Deliverable, metric: ContentMetric): string {
  const known = deliverable.results[metric];
  return known === undefined ? 'not known' : formatCount(known.value);
}

function Before({ deliverableId }: { deliverableId: string }) {
  const { data } = useApiQuery(listResults, { deliverableId });
  if (data === undefined || data.length === 0) return null;
  return (
    <details>
      <summary className="meta">Earlier results ({data.length})</summary>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Read on</th>
            <th scope="col">What</th>
            <th scope="col" className="num">
              Number
            </th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {data.slice(0, 60).map((row) => (
            <tr key={`${row.metric}${row.source}${row.observedAt}`}>
              <td className="nowrap">{formatDate(row.observedAt)}</td>
              <td>{names[row.metric]}</td>
              <td className="num">{formatCount(row.value)}</td>
              <td>
                {row.source}
                {row.isEstimate ? ', estimate' : ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
