import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { AppError } from '#kernel/errors.ts';
import {
  defaultTiers,
  getSearchSettings,
  getTiers,
  putSearchSettings,
  putTiers,
  type Tier,
  usualFollowersMin,
} from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';

/** What counts as nano, micro and so on here; vendors disagree, so it is for the workspace to say. */
export function TiersDialog({ onClose }: { onClose: () => void }) {
  const query = useApiQuery(getTiers, {});
  const settings = useApiQuery(getSearchSettings, {});
  return (
    <QueryState query={query}>
      {(answer) => (
        <QueryState query={settings}>
          {({ followersMin }) => <TiersForm tiers={answer.tiers} followersMin={followersMin} onClose={onClose} />}
        </QueryState>
      )}
    </QueryState>
  );
}

interface Draft {
  key: number;
  name: string;
  from: number | string;
  to: number | string;
}

const toDraft = (tier: Tier, key: number): Draft => ({
  key,
  name: tier.name,
  from: tier.followersMin,
  to: tier.followersMax ?? '',
});

interface FormProps {
  tiers: Tier[];
  followersMin: number;
  onClose: () => void;
}

function TiersForm({ tiers, followersMin, onClose }: FormProps) {
  const [least, setLeast] = useState<number | string>(followersMin === 0 ? '' : followersMin);
  const [drafts, setDrafts] = useState<Draft[]>(() => tiers.map(toDraft));
  const [failure, setFailure] = useState<AppError | null>(null);
  const put = useApiMutation(putTiers, { invalidate: ['tiers', 'discovery', 'lists'], onError: setFailure });
  const putLeast = useApiMutation(putSearchSettings, { invalidate: ['discovery'], onError: setFailure });
  const change = (key: number, patch: Partial<Draft>) =>
    setDrafts(drafts.map((draft) => (draft.key === key ? { ...draft, ...patch } : draft)));
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const next = drafts.map((draft) => ({
      name: draft.name,
      followersMin: Number(draft.from),
      followersMax: draft.to === '' ? null : Number(draft.to),
    }));
    const done = () => {
      sayDone('Tiers saved');
      onClose();
    };
    put.mutate(
      { tiers: next },
      { onSuccess: () => putLeast.mutate({ followersMin: Number(least || 0) }, { onSuccess: done }) },
    );
  };
  const errorOf = (at: number, field: string) =>
    failure?.details.find((detail) => detail.field === `tiers.${at}.${field}`)?.message ?? null;
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Tiers of size"
      submitLabel="Save tiers"
      onSubmit={onSubmit}
      isBusy={put.isPending || putLeast.isPending}
      failure={failure?.message ?? null}
    >
      <p className="ink-2">From is included, to is not. Leave the last one open.</p>
      {drafts.map((draft, at) => (
        <div key={draft.key} className="discover-tier">
          <TextInput
            label="Name"
            value={draft.name}
            error={errorOf(at, 'name')}
            onChange={(event) => change(draft.key, { name: event.currentTarget.value })}
          />
          <NumberInput
            label="Followers from"
            value={draft.from}
            error={errorOf(at, 'followersMin')}
            min={0}
            thousandSeparator=","
            allowDecimal={false}
            onChange={(from) => change(draft.key, { from })}
          />
          <NumberInput
            label="to"
            value={draft.to}
            error={errorOf(at, 'followersMax')}
            min={1}
            thousandSeparator=","
            allowDecimal={false}
            placeholder="no end"
            onChange={(to) => change(draft.key, { to })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${draft.name || 'this tier'}`}
            disabled={drafts.length === 1}
            onClick={() => setDrafts(drafts.filter((other) => other.key !== draft.key))}
          >
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      <div className="row">
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          disabled={drafts.length >= 12}
          onClick={() =>
            setDrafts([
              ...drafts,
              { key: Math.max(0, ...drafts.map((draft) => draft.key)) + 1, name: '', from: '', to: '' },
            ])
          }
        >
          Add a tier
        </Button>
        <Button variant="subtle" color="gray" onClick={() => setDrafts(defaultTiers.map(toDraft))}>
          Back to the usual ones
        </Button>
      </div>
      <NumberInput
        label="Leave out of every search profiles with fewer followers than"
        description={`Empty: nobody is left out. Other tools take ${usualFollowersMin.toLocaleString('en')}. A filter by size, a list or named creators still finds them; with a bound, profiles of unknown size are left out too and counted.`}
        value={least}
        onChange={setLeast}
        min={0}
        max={1_000_000_000}
        thousandSeparator=","
        allowDecimal={false}
        placeholder="nobody"
      />
    </FormDialog>
  );
}
