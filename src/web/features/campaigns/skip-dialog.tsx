import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';

interface Props {
  /** What was refused, one sentence a creator. */
  messages: readonly string[];
  onClose: () => void;
  onSkip: (reason: string) => void;
}

const shown = 5;

/** Says which stages were not passed and moves on all the same, with a reason that stays. */
export function SkipDialog({ messages, onClose, onSkip }: Props) {
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`${formatPlural(messages.length, 'creator')} would pass over a stage`}
      submitLabel="Move all the same"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') onSkip(reason.trim());
      }}
    >
      <ul className="camp-plainlist">
        {messages.slice(0, shown).map((message) => (
          <li key={message}>{message}</li>
        ))}
        {messages.length > shown && <li className="meta">and {messages.length - shown} more</li>}
      </ul>
      <Textarea
        label="Why is it left out?"
        description="Stays in each creator’s history"
        placeholder="Signed on paper"
        maxLength={300}
        required
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
