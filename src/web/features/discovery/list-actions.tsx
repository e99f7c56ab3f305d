import { Button, Menu, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconDownload, IconShare } from '@tabler/icons-react';
import { type CreatorList, exportList, updateList } from '#modules/discovery/api.ts';
import { listMembers } from '#modules/workspaces/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { ShareDialog } from './share-dialog.tsx';

const stale = ['lists', 'discovery'];

/** Sharing, exporting, describing and archiving a list. */
export function ListActions({ list, canWrite }: { list: CreatorList; canWrite: boolean }) {
  const download = useDownload(exportList);
  const [isDescribing, describing] = useDisclosure(false);
  const [isSharing, sharing] = useDisclosure(false);
  const update = useApiMutation(updateList, { invalidate: stale, onError: (error) => sayFailed('Not changed', error) });
  const isArchived = list.archivedAt !== null;
  const archive = () =>
    update.mutate(
      { listId: list.id, archived: !isArchived },
      { onSuccess: () => sayDone(isArchived ? `${list.name} is open again` : `${list.name} archived`) },
    );
  const save = (format: 'csv' | 'xlsx') =>
    void download
      .start({ listId: list.id, format }, `${list.name}.${format}`)
      .catch((error: unknown) => sayFailed('Not exported', error));
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />} loading={download.isRunning}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => save('xlsx')}>Excel (XLSX)</Menu.Item>
          <Menu.Item onClick={() => save('csv')}>CSV</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {canWrite && !isArchived && (
        <Button variant="filled" leftSection={<IconShare size={16} stroke={1.6} aria-hidden />} onClick={sharing.open}>
          Share
        </Button>
      )}
      {canWrite && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button aria-label="More for this list" variant="default" px={8}>
              <IconDots size={16} stroke={1.6} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={describing.open}>Name, note, tags and owner</Menu.Item>
            <Menu.Item onClick={archive}>{isArchived ? 'Open again' : 'Archive'}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {isDescribing && <DescribeDialog list={list} onClose={describing.close} />}
      {isSharing && <ShareDialog list={list} onClose={sharing.close} />}
    </>
  );
}

function DescribeDialog({ list, onClose }: { list: CreatorList; onClose: () => void }) {
  const canSeeMembers = useCan('members:read');
  const members = useApiQuery(listMembers, {}, { enabled: canSeeMembers });
  const update = useApiMutation(updateList, { invalidate: stale });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: list.name, note: list.note ?? '', tags: list.tags, ownerId: list.ownerId },
    send: (values) => update.mutateAsync({ listId: list.id, ...values, note: values.note || null }).then(onClose),
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="About this list"
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
      <Textarea label="Note" autosize minRows={2} maxLength={4000} {...form.getInputProps('note')} />
      <TagsInput label="Tags" description="Enter after each" maxTags={20} {...form.getInputProps('tags')} />
      {canSeeMembers && (
        <Select
          label="Owner"
          clearable
          data={(members.data?.rows ?? []).map((member) => ({ value: member.userId, label: member.name }))}
          {...form.getInputProps('ownerId')}
        />
      )}
    </FormDialog>
  );
}
