import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { changeManagerCreators, listManagers, type Relationship } from '#modules/relationships/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { Section } from '#web/ui/section.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { ManagerDialog } from './manager-dialog.tsx';

/** Who speaks for this creator. */
export function ManagersOfCreator({ relationship }: { relationship: Relationship }) {
  const mayWrite = useCan('creators:write');
  const [dialog, setDialog] = useState<'new' | 'known' | null>(null);
  const close = () => setDialog(null);
  return (
    <Section title="Managed by" end={<AppLink to="/managers">All managers</AppLink>}>
      {relationship.managers.length === 0 ? (
        <p className="meta rel-empty">Speaks for themselves, as far as we know.</p>
      ) : (
        <ul className="list" aria-label="Managed by">
          {relationship.managers.map((manager) => (
            <li key={manager.id} className="rel-entry">
              <b>{manager.name}</b>
              <span className="meta">
                {[manager.kind, manager.company, manager.phone].filter((part) => part !== null).join(', ')}
              </span>
              {manager.email !== null && <a href={`mailto:${manager.email}`}>{manager.email}</a>}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <div className="row">
          <Button onClick={() => setDialog('known')}>Add one you know</Button>
          <button type="button" className="link bare" onClick={() => setDialog('new')}>
            New manager
          </button>
        </div>
      )}
      {dialog === 'new' && <ManagerDialog manager={null} personIds={[relationship.personId]} onClose={close} />}
      {dialog === 'known' && <KnownDialog relationship={relationship} onClose={close} />}
    </Section>
  );
}

function KnownDialog({ relationship, onClose }: { relationship: Relationship; onClose: () => void }) {
  const { data } = useApiQuery(listManagers, {});
  const change = useApiMutation(changeManagerCreators, { invalidate: ['managers', 'relationships'] });
  const { form, onSubmit, isBusy, failure } = useApiForm<{ managerId: string | null }>({
    initialValues: { managerId: null },
    send: ({ managerId }) =>
      change.mutateAsync({ managerId: managerId ?? '', add: [relationship.personId] }).then(onClose),
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Who speaks for ${relationship.name}?`}
      submitLabel="Add"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Select
        label="Manager or agency"
        searchable
        required
        nothingFoundMessage="Nobody of that name yet"
        data={(data ?? []).map((manager) => ({
          value: manager.id,
          label: manager.company === null ? manager.name : `${manager.name}, ${manager.company}`,
        }))}
        {...form.getInputProps('managerId')}
      />
    </FormDialog>
  );
}
