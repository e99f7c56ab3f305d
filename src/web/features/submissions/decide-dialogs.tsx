import { Radio, Select, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { approveDraft, type ReviewRole, requestChanges, type Submission } from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { DiffText } from './diff-text.tsx';
import { draftNouns, roleNames } from './words.ts';

interface Props {
  draft: Submission;
  onClose: () => void;
}

function useRole(draft: Submission) {
  const mine = draft.reviewers.filter((one) => one.mayYou).map((one) => one.role);
  const [role, setRole] = useState<ReviewRole>(mine.includes('manager') ? 'manager' : (mine[0] ?? 'manager'));
  const field =
    mine.length > 1 ? (
      <Select
        label="You decide as"
        data={mine.map((one) => ({ value: one, label: roleNames[one] }))}
        value={role}
        onChange={(value) => setRole(mine.find((one) => one === value) ?? role)}
        allowDeselect={false}
      />
    ) : null;
  return { role, field };
}

/** Approves the newest round; where the label fails, by repairing it or with a reason. */
export function ApproveDialog({ draft, onClose }: Props) {
  const { role, field } = useRole(draft);
  const round = draft.rounds.at(-1);
  const repaired = round?.disclosure?.repaired ?? null;
  const fails = round?.disclosure?.verdict === 'fail';
  const [way, setWay] = useState<'repair' | 'overrule'>(repaired === null ? 'overrule' : 'repair');
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const approve = useApiMutation(approveDraft, {
    invalidate: draftNouns,
    onSuccess: (after) => {
      sayDone(after.state === 'approved' ? 'Approved' : 'Your approval is kept, others are waited for');
      onClose();
    },
  });
  const caption = round?.proposal?.caption ?? round?.caption ?? '';
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    approve.mutate({
      submissionId: draft.id,
      round: draft.round,
      role,
      note,
      ...(fails && way === 'repair' && repaired !== null ? { caption: repaired } : {}),
      ...(fails && way === 'overrule' ? { overruleReason: reason } : {}),
    });
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Approve round ${draft.round} of ${draft.person.name}?`}
      submitLabel={fails && way === 'repair' ? 'Repair and approve' : 'Approve'}
      onSubmit={onSubmit}
      isBusy={approve.isPending}
      failure={approve.error?.message ?? null}
    >
      {field}
      {fails && (
        <Radio.Group
          label="The label fails the rules"
          value={way}
          onChange={(value) => setWay(value === 'repair' ? 'repair' : 'overrule')}
        >
          <div className="stack">
            <Radio
              value="repair"
              disabled={repaired === null}
              label="Approve the repaired caption"
              description={repaired === null ? 'No repair is known' : 'The creator sees the change and confirms it'}
            />
            {way === 'repair' && repaired !== null && <DiffText before={caption} after={repaired} />}
            <Radio value="overrule" label="Approve it as it is" description="The reason stays with the draft" />
          </div>
        </Radio.Group>
      )}
      {fails && way === 'overrule' && (
        <Textarea
          label="Why it is right all the same"
          required
          minRows={2}
          autosize
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Textarea
        label="Note, if any"
        minRows={2}
        autosize
        maxLength={4000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

/** Asks for changes: to the creator as manager, to the manager as anybody else. */
export function ChangesDialog({ draft, onClose }: Props) {
  const { role, field } = useRole(draft);
  const { used, max, source } = draft.revisions;
  const isBeyond = role === 'manager' && max !== null && used >= max;
  const [note, setNote] = useState('');
  const [reason, setReason] = useState('');
  const open = draft.comments.filter(
    (one) => one.round === draft.round && one.resolvedAt === null && one.visibility === 'everyone',
  );
  const ask = useApiMutation(requestChanges, {
    invalidate: draftNouns,
    onSuccess: () => {
      sayDone(role === 'manager' ? `${draft.person.name} is asked` : 'The manager sees it');
      onClose();
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    ask.mutate({
      submissionId: draft.id,
      round: draft.round,
      role,
      note,
      ...(isBeyond ? { allowanceReason: reason } : {}),
    });
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Ask ${draft.person.name} for changes?`}
      submitLabel="Ask for changes"
      onSubmit={onSubmit}
      isBusy={ask.isPending}
      failure={ask.error?.message ?? null}
    >
      {field}
      <Textarea
        label="What should change"
        description={open.length === 0 ? 'In plain words' : `${open.length} open remarks go along`}
        required
        minRows={3}
        autosize
        maxLength={4000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        data-autofocus
      />
      {isBeyond && (
        <Textarea
          label="Why one more round"
          description={`All ${max} rounds agreed in the ${source} are used; the reason stays`}
          required
          minRows={2}
          autosize
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {draft.rounds.at(-1)?.proposal !== null && (
        <p className="meta">The changed caption goes along; the creator can take it over with one tap.</p>
      )}
    </FormDialog>
  );
}
