import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { createUtmTemplate, listUtmTemplates, removeUtmTemplate } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { trackingNouns } from './words.ts';

/** UTM parameters kept under a name. */
export function TemplatesSection() {
  const query = useApiQuery(listUtmTemplates, {});
  const canWrite = useCan('tracking:write');
  const [isAdding, setAdding] = useState(false);
  const remove = useApiMutation(removeUtmTemplate, {
    invalidate: trackingNouns,
    onError: (error) => sayFailed('Not removed', error),
  });
  return (
    <Section
      title="UTM templates"
      note="{platform}, {campaign} and {creator} stand for what a link knows"
      end={canWrite && <Button onClick={() => setAdding(true)}>Add a template</Button>}
    >
      <QueryState query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="meta">
              Without one, links carry the platform, the medium affiliate, the campaign and the creator.
            </p>
          ) : (
            <ul className="trk-hosts">
              {rows.map((row) => (
                <li key={row.id} className="row">
                  <b>{row.name}</b>
                  <span className="meta">
                    {Object.entries(row.utm)
                      .map(([key, value]) => `utm_${key}=${value}`)
                      .join('  ')}
                  </span>
                  {canWrite && (
                    <Button
                      className="trk-end"
                      variant="subtle"
                      color="gray"
                      onClick={() => remove.mutate({ templateId: row.id })}
                    >
                      Remove
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
      {isAdding && <TemplateDialog onClose={() => setAdding(false)} />}
    </Section>
  );
}

function TemplateDialog({ onClose }: { onClose: () => void }) {
  const create = useApiMutation(createUtmTemplate, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      name: '',
      source: '{platform}',
      medium: 'affiliate',
      campaign: '{campaign}',
      content: '{creator}',
    },
    send: async ({ name, ...utm }) => {
      const kept = Object.fromEntries(Object.entries(utm).filter(([, value]) => value !== ''));
      await create.mutateAsync({ name, utm: kept });
      sayDone(`Kept ${name}`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Add a template"
      submitLabel="Keep template"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" placeholder="Spring launch" required {...form.getInputProps('name')} />
      <div className="trk-two">
        <TextInput label="utm_source" {...form.getInputProps('source')} />
        <TextInput label="utm_medium" {...form.getInputProps('medium')} />
        <TextInput label="utm_campaign" {...form.getInputProps('campaign')} />
        <TextInput label="utm_content" {...form.getInputProps('content')} />
      </div>
    </FormDialog>
  );
}
