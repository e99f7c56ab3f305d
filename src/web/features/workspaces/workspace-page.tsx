import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { updateWorkspace } from '#modules/workspaces/api.ts';
import { useRefreshSession } from '#web/api/session.tsx';
import { useClient } from '#web/api/use-client.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { CurrencySelect, TimeZoneSelect } from './workspace-fields.tsx';

export function WorkspacePage() {
  const canChange = useCan('workspace:write');
  return (
    <div className="settings">
      <Section title="Workspace">{canChange ? <WorkspaceForm /> : <WorkspaceFacts />}</Section>
    </div>
  );
}

function WorkspaceFacts() {
  const { name, slug, currency, timeZone, createdAt } = useWorkspace();
  return (
    <div className="settings-form">
      <KeyValues
        items={[
          { term: 'Name', value: name },
          { term: 'Address', value: `/app/${slug}` },
          { term: 'Currency', value: currency },
          { term: 'Time zone', value: timeZone },
          { term: 'Since', value: formatDate(createdAt, timeZone) },
        ]}
      />
      <p className="meta">Owners and admins change these.</p>
    </div>
  );
}

function WorkspaceForm() {
  const { name, slug, currency, timeZone } = useWorkspace();
  const client = useClient();
  const navigate = useNavigate();
  const refresh = useRefreshSession();
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name, slug, currency, timeZone },
    send: async (values) => {
      const changed = await client.call(updateWorkspace, values);
      form.resetDirty();
      await refresh();
      sayDone('Saved the workspace');
      // The address of every page holds the slug; this one moves along with it.
      if (changed.slug !== slug) {
        await navigate({ to: '/$workspace/settings', params: { workspace: changed.slug }, replace: true });
      }
    },
  });
  return (
    <form className="form settings-form" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <TextInput label="Name" required {...form.getInputProps('name')} />
      <TextInput
        label="Address"
        description="Part of every address here; links that people saved end when it changes"
        leftSection={<span className="meta">/app/</span>}
        leftSectionWidth={48}
        required
        {...form.getInputProps('slug')}
      />
      <CurrencySelect
        description="Reports are shown in it; amounts keep the currency they were entered in"
        {...form.getInputProps('currency')}
      />
      <TimeZoneSelect description="Days begin and end here" {...form.getInputProps('timeZone')} />
      <div className="acts">
        <Button type="submit" variant="filled" loading={isBusy} disabled={!form.isDirty()}>
          Save
        </Button>
      </div>
    </form>
  );
}
