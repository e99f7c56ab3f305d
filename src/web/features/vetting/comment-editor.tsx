import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import {
  type ClassedComment,
  type CorrectedLabels,
  commentIntents,
  commentKinds,
  commentTargets,
  correctComment,
  correctedLabelsSchema,
  sentiments,
  undoCorrection,
} from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { intentWords, kindWords, sentimentWords, targetWords } from './comment-words.ts';

interface Props {
  comment: ClassedComment;
  onClose: () => void;
}

const stale = ['vettedComments', 'vetting'];

function optionsOf<Name extends string>(names: readonly Name[], words: Record<Name, string>) {
  return names.map((value) => ({ value, label: words[value] }));
}

/** The labels of a comment, to be set right in place. Only what was changed is sent; it counts at once in every sum. */
export function CommentEditor({ comment, onClose }: Props) {
  const send = useApiMutation(correctComment, { invalidate: stale });
  const undo = useApiMutation(undoCorrection, {
    invalidate: stale,
    onSuccess: () => {
      sayDone('Correction taken back');
      onClose();
    },
    onError: (error) => sayFailed('Not taken back', error),
  });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      kind: comment.kind ?? '',
      sentiment: comment.sentiment ?? '',
      intents: [...(comment.intents ?? [])] as string[],
      target: comment.target ?? 'unknown',
      reason: '',
    },
    validate: { reason: (text) => (text.trim() === '' ? 'Say why, in a word or two' : null) },
    send: async ({ reason, ...values }) => {
      const labels = changedLabels(comment, values);
      if (Object.keys(labels).length === 0) {
        onClose();
        return;
      }
      await send.mutateAsync({ commentId: comment.id, labels, reason });
      sayDone('Corrected; all sums follow');
      onClose();
    },
  });
  return (
    <form
      className="form vt-editor"
      onSubmit={onSubmit}
      noValidate
      aria-label="Correct the labels"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      {failure && <FormAlert>{failure}</FormAlert>}
      <div className="vt-filters">
        <Select
          label="Kind"
          data={optionsOf(commentKinds, kindWords)}
          allowDeselect={false}
          data-autofocus
          {...form.getInputProps('kind')}
        />
        <Select
          label="Sentiment"
          data={optionsOf(sentiments, sentimentWords)}
          allowDeselect={false}
          placeholder="Not known"
          {...form.getInputProps('sentiment')}
        />
        <MultiSelect label="Wants" data={optionsOf(commentIntents, intentWords)} {...form.getInputProps('intents')} />
        <Select
          label="Aimed at"
          data={optionsOf(commentTargets, targetWords)}
          allowDeselect={false}
          {...form.getInputProps('target')}
        />
      </div>
      <TextInput label="Reason" required maxLength={2000} {...form.getInputProps('reason')} />
      <div className="acts">
        {comment.correction !== null && (
          <Button
            variant="subtle"
            color="gray"
            loading={undo.isPending}
            onClick={() => undo.mutate({ commentId: comment.id })}
          >
            Take back the last correction
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" variant="filled" loading={isBusy}>
          Correct labels
        </Button>
      </div>
    </form>
  );
}

interface Chosen {
  kind: string;
  sentiment: string;
  intents: string[];
  target: string;
}

function changedLabels(comment: ClassedComment, chosen: Chosen): CorrectedLabels {
  const before = [...(comment.intents ?? [])].sort().join();
  return correctedLabelsSchema.parse({
    ...(chosen.kind !== '' && chosen.kind !== comment.kind && { kind: chosen.kind }),
    ...(chosen.sentiment !== '' && chosen.sentiment !== comment.sentiment && { sentiment: chosen.sentiment }),
    ...([...chosen.intents].sort().join() !== before && { intents: chosen.intents }),
    ...(chosen.target !== (comment.target ?? 'unknown') && { target: chosen.target }),
  });
}
