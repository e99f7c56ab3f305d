import { Button, Checkbox, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { areas, type Scope } from '#kernel/endpoint.ts';
import { createApiKey, type scopeSchema } from '#modules/workspaces/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';

type Lifetime = 'never' | '30' | '90' | '365';

interface Values extends Record<string, unknown> {
  name: string;
  reach: 'all' | 'some';
  scopes: z.infer<typeof scopeSchema>[];
  lifetime: Lifetime;
}

const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: 'never', label: 'Never' },
];

const dayMs = 86_400_000;
const initialValues: Values = { name: '', reach: 'some', scopes: [], lifetime: '365' };

/** Makes a key and shows it: it exists in this dialog only. */
export function ApiKeyDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<{ name: string; key: string } | null>(null);
  const create = useApiMutation(createApiKey, { invalidate: ['api-keys', 'audit'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues,
    send: async ({ name, reach, scopes, lifetime }) => {
      const expiry =
        lifetime === 'never' ? {} : { expiresAt: new Date(Date.now() + Number(lifetime) * dayMs).toISOString() };
      setMade(await create.mutateAsync({ name, scopes: reach === 'all' ? ['all'] : scopes, ...expiry }));
    },
  });
  if (made !== null) return <MadeKey name={made.name} value={made.key} onClose={onClose} />;
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="New API key"
      submitLabel="Make the key"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput
        label="Name"
        description="What will use it, such as Shop orders"
        data-autofocus
        required
        {...form.getInputProps('name')}
      />
      <Segments
        label="What it may do"
        value={form.values.reach}
        options={[
          { value: 'some', label: 'Chosen scopes' },
          { value: 'all', label: 'Everything' },
        ]}
        onChange={(reach) => form.setFieldValue('reach', reach)}
      />
      {form.values.reach === 'some' && (
        <ScopeGrid value={form.values.scopes} onChange={(scopes) => form.setFieldValue('scopes', scopes)} />
      )}
      {form.errors.scopes && <div className="bad">Choose at least one scope.</div>}
      <Select label="Ends after" data={lifetimes} {...form.getInputProps('lifetime')} />
    </FormDialog>
  );
}

function MadeKey({ name, value, onClose }: { name: string; value: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={`Copy the key "${name}" now`} size="md" closeOnClickOutside={false}>
      <div className="form">
        <p className="ink-2">It is shown this once; only its fingerprint is kept. Keep it like a password.</p>
        <CopyField label="API key" value={value} />
        <CopyField
          label="example call"
          value={`curl -H 'Authorization: Bearer ${value}' ${window.location.origin}/api/v1/workspaces`}
        />
        <div className="acts">
          <Button variant="filled" onClick={onClose}>
            I have copied it
          </Button>
        </div>
      </div>
    </Modal>
  );
}

interface GridProps {
  value: Scope[];
  onChange: (next: Scope[]) => void;
}

const areaWords: Record<(typeof areas)[number], string> = {
  workspace: 'Workspace',
  members: 'People and invitations',
  'api-keys': 'API keys',
  audit: 'Audit trail',
  creators: 'Creators and imports',
  discovery: 'Search and lists',
  vetting: 'Vetting',
  campaigns: 'Campaigns',
  contracts: 'Contracts',
  content: 'Drafts, content and rights',
  outreach: 'Mail and outreach',
  tracking: 'Links, clicks and orders',
  reports: 'Reports',
  automations: 'Automations',
};

function ScopeGrid({ value, onChange }: GridProps) {
  const toggle = (scope: Scope) =>
    onChange(value.includes(scope) ? value.filter((held) => held !== scope) : [...value, scope]);
  return (
    <fieldset className="scope-grid" aria-label="Scopes">
      <span />
      <span className="meta">Read</span>
      <span className="meta">Write</span>
      {areas.map((area) => (
        <ScopeRow key={area} area={area} value={value} toggle={toggle} />
      ))}
    </fieldset>
  );
}

function ScopeRow({
  area,
  value,
  toggle,
}: {
  area: (typeof areas)[number];
  value: Scope[];
  toggle: (scope: Scope) => void;
}) {
  const writes = value.includes(`${area}:write`);
  return (
    <>
      <span>{areaWords[area]}</span>
      <Checkbox
        aria-label={`Read: ${areaWords[area]}`}
        checked={writes || value.includes(`${area}:read`)}
        disabled={writes}
        onChange={() => toggle(`${area}:read`)}
      />
      <Checkbox aria-label={`Write: ${areaWords[area]}`} checked={writes} onChange={() => toggle(`${area}:write`)} />
    </>
  );
}
