import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  createMailTemplate,
  listMailTemplates,
  type MailTemplate,
  mergeFields,
  removeMailTemplate,
  updateMailTemplate,
} from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';

/** Mails kept for use again. */
export function TemplatesPage() {
  const query = useApiQuery(listMailTemplates, {});
  const canWrite = useCan('outreach:write');
  const [open, setOpen] = useState<MailTemplate | 'new' | null>(null);
  const [leaving, setLeaving] = useState<MailTemplate | null>(null);
  const remove = useApiMutation(removeMailTemplate, { invalidate: ['mailTemplates'] });
  const make = canWrite && (
    <Button variant="filled" onClick={() => setOpen('new')}>
      Make a template
    </Button>
  );
  return (
    <div className="out-sheet">
      <QueryState query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title="No templates yet" action={make}>
              A mail you write often, with fields such as {'{{first_name}}'} that stand for each creator.
            </EmptyState>
          ) : (
            <>
              <div>{make}</div>
              <ul className="list">
                {rows.map((row) => (
                  <li key={row.id}>
                    <div className="clip" style={{ flex: 1 }}>
                      <b>{row.name}</b>
                      <span className="meta block clip">{row.subject}</span>
                      <span className="row">
                        {row.fields.map((field) => (
                          <Tag key={field}>{field}</Tag>
                        ))}
                      </span>
                    </div>
                    <span className="meta">
                      {formatWhen(row.updatedAt)}, {row.createdBy}
                    </span>
                    {canWrite && <Button onClick={() => setOpen(row)}>Change</Button>}
                    {canWrite && (
                      <Button variant="subtle" color="gray" onClick={() => setLeaving(row)}>
                        Remove
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </QueryState>
      {open !== null && <TemplateDialog template={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        isOpen={leaving !== null}
        onClose={() => setLeaving(null)}
        title={`Remove "${leaving?.name}"?`}
        confirmLabel="Remove"
        isDangerous
        onConfirm={() => remove.mutateAsync({ templateId: leaving?.id ?? '' })}
      >
        Mails and sequences that were made from it stay as they are.
      </ConfirmDialog>
    </div>
  );
}

function TemplateDialog({ template, onClose }: { template: MailTemplate | null; onClose: () => void }) {
  const done = { invalidate: ['mailTemplates'] };
  const create = useApiMutation(createMailTemplate, done);
  const update = useApiMutation(updateMailTemplate, done);
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: template?.name ?? '', subject: template?.subject ?? '', body: template?.body ?? '' },
    send: async (values) => {
      if (template === null) await create.mutateAsync(values);
      else await update.mutateAsync({ templateId: template.id, ...values });
      sayDone('Saved');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={template === null ? 'New template' : 'Change the template'}
      submitLabel="Save the template"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" required {...form.getInputProps('name')} />
      <TextInput label="Subject" required {...form.getInputProps('subject')} />
      <Textarea
        label="Text"
        required
        autosize
        minRows={8}
        maxRows={20}
        description={`Fields: ${mergeFields.map((field) => `{{${field}}}`).join(' ')}`}
        {...form.getInputProps('body')}
      />
    </FormDialog>
  );
}
