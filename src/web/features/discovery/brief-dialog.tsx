import { Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FormDialog } from '#web/ui/form-dialog.tsx';

/** Longer ones do not fit into an address. */
const briefCharsMax = 6000;

/** Takes a brief, or the text of a brand's website, to rank creators for. */
export function BriefDialog({
  brief,
  onClose,
  onMatch,
}: {
  brief: string;
  onClose: () => void;
  onMatch: (brief: string) => void;
}) {
  const [text, setText] = useState(brief);
  const [failure, setFailure] = useState<string | null>(null);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (text.trim().length < 20) {
      setFailure('Write or paste a few sentences: what the brand makes, for whom, in which tone.');
      return;
    }
    onMatch(text.trim().slice(0, briefCharsMax));
    onClose();
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Match a brief"
      submitLabel="Rank creators"
      onSubmit={onSubmit}
      failure={failure}
    >
      <Textarea
        label="Brief, or the text of the brand's website"
        description="The filters in force stay. Each score is shown as the sum it is."
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={briefCharsMax}
        minRows={6}
        maxRows={14}
        autosize
        data-autofocus
      />
    </FormDialog>
  );
}
