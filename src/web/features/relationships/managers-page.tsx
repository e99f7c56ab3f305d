import { Button, Checkbox, Menu, Textarea, TextInput } from '@mantine/core';
import { IconDots, IconMail, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { listManagers, type Manager, messageManager, removeManager } from '#modules/relationships/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { ManagerDialog } from './manager-dialog.tsx';
import './relationships.css';

/** Managers and agencies, for whom they speak, and one message about many. */
export function ManagersPage() {
  const query = useApiQuery(listManagers, {});
  const mayWrite = useCan('creators:write');
  const [isAdding, setAdding] = useState(false);
  const count = query.data?.length;
  const add = mayWrite && (
    <Button
      variant="filled"
      leftSection={<IconPlus size={16} stroke={2} aria-hidden />}
      onClick={() => setAdding(true)}
    >
      New manager
    </Button>
  );
  return (
    <div className="page rel">
      <PageHeader
        title={count === undefined || count === 0 ? 'Managers' : formatPlural(count, 'manager')}
        sub="Managers and agencies speak for several creators; one message reaches all of theirs."
        actions={count === 0 ? null : add}
      />
      <QueryState query={query}>
        {(managers) =>
          managers.length === 0 ? (
            <EmptyState title="No managers yet" action={add}>
              Keep whoever speaks for creators here, and say for whom on the page of each creator.
            </EmptyState>
          ) : (
            <ul className="rel-list">
              {managers.map((manager) => (
                <Card key={manager.id} manager={manager} mayWrite={mayWrite} />
              ))}
            </ul>
          )
        }
      </QueryState>
      {isAdding && <ManagerDialog manager={null} onClose={() => setAdding(false)} />}
    </div>
  );
}

function Card({ manager, mayWrite }: { manager: Manager; mayWrite: boolean }) {
  const maySend = useCan('outreach:write');
  const [dialog, setDialog] = useState<'edit' | 'remove' | 'write' | null>(null);
  const remove = useApiMutation(removeManager, { invalidate: ['managers', 'relationships'] });
  const close = () => setDialog(null);
  return (
    <li className="rel-manager">
      <div className="spread">
        <div>
          <h2>
            {manager.name} <Tag>{manager.kind}</Tag>
          </h2>
          <span className="meta">
            {[manager.company, manager.email, manager.phone].filter((part) => part !== null).join(', ') ||
              'no address yet'}
          </span>
        </div>
        <span className="row">
          {maySend && manager.email !== null && manager.creators.length > 0 && (
            <Button leftSection={<IconMail size={16} stroke={1.6} aria-hidden />} onClick={() => setDialog('write')}>
              Write about creators
            </Button>
          )}
          {mayWrite && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="subtle" color="gray" size="compact-sm" aria-label={`More for ${manager.name}`}>
                  <IconDots size={16} stroke={1.6} />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setDialog('edit')}>Change</Menu.Item>
                <Menu.Item onClick={() => setDialog('remove')}>Remove</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </span>
      </div>
      {manager.note !== null && <p className="rel-text">{manager.note}</p>}
      <div className="rel-people">
        {manager.creators.length === 0 && <span className="meta">Speaks for nobody yet.</span>}
        {manager.creators.map((creator) => (
          <AppLink key={creator.id} to="/creators/$personId/relationship" params={{ personId: creator.id }}>
            {creator.name}
          </AppLink>
        ))}
      </div>
      {dialog === 'edit' && <ManagerDialog manager={manager} onClose={close} />}
      {dialog === 'write' && <MessageDialog manager={manager} onClose={close} />}
      <ConfirmDialog
        isOpen={dialog === 'remove'}
        onClose={close}
        title={`Remove ${manager.name}?`}
        confirmLabel="Remove"
        isDangerous
        onConfirm={() =>
          remove.mutateAsync({ managerId: manager.id }).then(
            () => sayDone('Removed'),
            (error: unknown) => sayFailed('Not removed', error),
          )
        }
      >
        The creators stay; only who speaks for them is forgotten.
      </ConfirmDialog>
    </li>
  );
}

function MessageDialog({ manager, onClose }: { manager: Manager; onClose: () => void }) {
  const send = useApiMutation(messageManager, { invalidate: ['relationships'] });
  const [chosen, setChosen] = useState<string[]>(() => manager.creators.map((creator) => creator.id));
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { subject: '', body: `Hi ${manager.name},\n\nwe would like to work with {creators}.` },
    send: async (values) => {
      const { state } = await send.mutateAsync({ managerId: manager.id, personIds: chosen, ...values });
      if (state === 'queued') sayDone('On its way');
      else sayFailed('Kept, not sent', new Error('No mailbox is set up to send from.'));
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Write to ${manager.name}`}
      submitLabel="Send one message"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Checkbox.Group label="About" value={chosen} onChange={setChosen}>
        {manager.creators.map((creator) => (
          <Checkbox key={creator.id} value={creator.id} label={creator.name} mt={6} />
        ))}
      </Checkbox.Group>
      <TextInput label="Subject" required {...form.getInputProps('subject')} />
      <Textarea
        label="Message"
        description="{creators} stands for their names"
        required
        autosize
        minRows={5}
        {...form.getInputProps('body')}
      />
    </FormDialog>
  );
}
