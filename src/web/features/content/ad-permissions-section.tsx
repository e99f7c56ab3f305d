import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Platform, platformNames, platforms } from '#kernel/platform.ts';
import { type AdPermission, listAdPermissions, saveAdPermission, sparkDays } from '#modules/content/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';

const kinds = { partnership_ads: 'Partnership ads', spark_code: 'Code of a post' } as const;
const states = { requested: 'Asked for', granted: 'Granted', declined: 'Declined', ended: 'Ended' } as const;
const dayMs = 86_400_000;

/** Whether the creator lets us advertise from their account, and the codes they gave. */
export function AdPermissionsSection({ personId, canWrite }: { personId: string; canWrite: boolean }) {
  const query = useApiQuery(listAdPermissions, { personId });
  const [editing, setEditing] = useState<AdPermission | 'new' | null>(null);
  return (
    <Section
      title="Advertising from their account"
      end={canWrite && <Button onClick={() => setEditing('new')}>Write down a permission</Button>}
    >
      <QueryState query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="meta">Nothing is written down.</p>
          ) : (
            <ul className="ct-lines">
              {rows.map((row) => (
                <li key={row.id}>
                  <div>
                    <span>
                      {kinds[row.kind]} on {platformNames[row.platform]}
                    </span>
                    <span className="meta block">
                      {row.startsOn === null ? 'from the start' : `from ${formatDate(row.startsOn, 'UTC')}`},{' '}
                      {row.endsOn === null ? 'without end' : `to ${formatDate(row.endsOn, 'UTC')}`}
                      {row.code === null ? '' : `, code ${row.code}`}
                    </span>
                  </div>
                  <span className="row row-3">
                    <Tag tone={row.state === 'granted' ? 'good' : 'plain'}>{states[row.state]}</Tag>
                    {canWrite && (
                      <Button size="compact-md" variant="subtle" color="gray" onClick={() => setEditing(row)}>
                        Change
                      </Button>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
      {editing !== null && (
        <PermissionDialog
          personId={personId}
          before={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  );
}

function PermissionDialog({
  personId,
  before,
  onClose,
}: {
  personId: string;
  before: AdPermission | null;
  onClose: () => void;
}) {
  const save = useApiMutation(saveAdPermission, { invalidate: ['adPermissions'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      platform: (before?.platform ?? 'instagram') as Platform,
      kind: (before?.kind ?? 'partnership_ads') as AdPermission['kind'],
      state: (before?.state ?? 'granted') as AdPermission['state'],
      startsOn: before?.startsOn ?? '',
      endsOn: before?.endsOn ?? '',
      code: before?.code ?? '',
      note: before?.note ?? '',
    },
    send: async ({ startsOn, endsOn, code, ...values }) => {
      await save.mutateAsync({
        personId,
        ...(before === null ? {} : { id: before.id }),
        ...values,
        startsOn: startsOn === '' ? null : startsOn,
        endsOn: endsOn === '' ? null : endsOn,
        code: code === '' ? null : code,
      });
      onClose();
    },
  });
  const { startsOn, kind } = form.values;
  const lastDay = (days: number) =>
    new Date(Date.parse(`${startsOn}T00:00:00Z`) + (days - 1) * dayMs).toISOString().slice(0, 10);
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Advertising from their account"
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Select
        label="Platform"
        allowDeselect={false}
        data={platforms.map((value) => ({ value, label: platformNames[value] }))}
        {...form.getInputProps('platform')}
      />
      <Select
        label="Kind"
        allowDeselect={false}
        data={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
        {...form.getInputProps('kind')}
      />
      <Select
        label="State"
        allowDeselect={false}
        data={Object.entries(states).map(([value, label]) => ({ value, label }))}
        {...form.getInputProps('state')}
      />
      {kind === 'spark_code' && <TextInput label="Code" {...form.getInputProps('code')} />}
      <div className="row row-3">
        <TextInput className="grow" type="date" label="From" {...form.getInputProps('startsOn')} />
        <TextInput
          className="grow"
          type="date"
          label="Last day"
          description="Without end when empty"
          {...form.getInputProps('endsOn')}
        />
      </div>
      {kind === 'spark_code' && startsOn !== '' && (
        <div className="row row-3">
          {sparkDays.map((days) => (
            <Button key={days} size="compact-md" onClick={() => form.setFieldValue('endsOn', lastDay(days))}>
              {days} days
            </Button>
          ))}
        </div>
      )}
      <Textarea label="Note" autosize minRows={2} {...form.getInputProps('note')} />
    </FormDialog>
  );
}
