import { Checkbox, MultiSelect, NumberInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  getReviewSetting,
  putReviewSetting,
  type ReviewRole,
  type ReviewSetting,
  reviewRoles,
} from '#modules/submissions/api.ts';
import { listMembers } from '#modules/workspaces/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { roleNames } from './words.ts';

/** Who has to approve, how many rounds there are, and whether silence approves. */
export function ReviewSettingsDialog({ campaignId, onClose }: { campaignId: string; onClose: () => void }) {
  const query = useApiQuery(getReviewSetting, { campaignId }, { staleTime: 0 });
  return query.data === undefined ? null : <Form campaignId={campaignId} setting={query.data} onClose={onClose} />;
}

function Form({ campaignId, setting, onClose }: { campaignId: string; setting: ReviewSetting; onClose: () => void }) {
  const [value, setValue] = useState(setting);
  const members = useApiQuery(listMembers, {});
  const save = useApiMutation(putReviewSetting, {
    invalidate: ['reviewSettings', 'submissions'],
    onSuccess: () => {
      sayDone('Saved');
      onClose();
    },
  });
  const people = (members.data?.rows ?? []).map((member) => ({ value: member.userId, label: member.name }));
  const nameOf = (userId: string) => people.find((one) => one.value === userId)?.label ?? userId;
  const setReviewers = (role: ReviewRole, ids: string[]) =>
    setValue({
      ...value,
      reviewers: [
        ...value.reviewers.filter((one) => one.role !== role),
        ...ids.map((userId) => ({ role, userId, name: nameOf(userId) })),
      ],
    });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate({ campaignId, ...value });
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="How drafts are reviewed"
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={save.isPending}
      failure={save.error?.message ?? null}
    >
      <MultiSelect
        label="Who has to approve"
        description="A draft is approved once all of them have"
        data={reviewRoles.map((role) => ({ value: role, label: roleNames[role] }))}
        value={value.requiredRoles}
        onChange={(roles) => setValue({ ...value, requiredRoles: reviewRoles.filter((role) => roles.includes(role)) })}
      />
      {value.requiredRoles.map((role) => (
        <MultiSelect
          key={role}
          label={`Who speaks as ${roleNames[role].toLowerCase()}`}
          description={
            role === 'client'
              ? 'Besides links for clients; nobody named: every member who may decide'
              : 'Nobody named: every member who may decide'
          }
          data={people}
          value={value.reviewers.flatMap((one) => (one.role === role ? [one.userId] : []))}
          onChange={(ids) => setReviewers(role, ids)}
          searchable
        />
      ))}
      <NumberInput
        label="Silence approves after working days"
        description="Empty: never. A contract that says something else stands over it. Objections and failing labels stop it."
        min={1}
        max={30}
        allowDecimal={false}
        value={value.autoApproveDays ?? ''}
        onChange={(days) => setValue({ ...value, autoApproveDays: days === '' ? null : Number(days) })}
      />
      <NumberInput
        label="Rounds of changes"
        description="Empty: as many as it takes. A contract that says something else stands over it."
        min={0}
        max={20}
        allowDecimal={false}
        value={value.revisionsMax ?? ''}
        onChange={(rounds) => setValue({ ...value, revisionsMax: rounds === '' ? null : Number(rounds) })}
      />
      <Checkbox
        label="Ask the address of live posts whether they are still there"
        description="After 1, 7 and 30 days, from this machine to the platform"
        checked={value.looksAtAddress}
        onChange={(event) => setValue({ ...value, looksAtAddress: event.currentTarget.checked })}
      />
    </FormDialog>
  );
}
