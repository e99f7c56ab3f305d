import { Button, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { replyToThread } from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';

interface Props {
  threadId: string;
  reach: { to: string | null; problems: string[] };
}

/** Answers in the conversation. A key of its own makes pressing twice one mail. */
export function ReplyBox({ threadId, reach }: Props) {
  const [text, setText] = useState('');
  const key = useRef(crypto.randomUUID());
  const reply = useApiMutation(replyToThread, {
    invalidate: ['threads', 'mailboxes'],
    onSuccess: (message) => {
      setText('');
      key.current = crypto.randomUUID();
      if (message.state === 'off') sayFailed('Not sent', new Error('No mailbox carries it. It stays here.'));
      else sayDone('Your answer is on its way');
    },
    onError: (error) => sayFailed('Not sent', error),
  });
  if (reach.to === null) return <p className="meta">{reach.problems[0] ?? 'No address is known.'}</p>;
  return (
    <form
      className="out-reply"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') reply.mutate({ threadId, text, key: key.current });
      }}
    >
      <Textarea
        label={`Answer ${reach.to}`}
        autosize
        minRows={4}
        maxRows={16}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {reach.problems.length > 0 && <p className="meta">{reach.problems.join('. ')}.</p>}
      <div className="acts">
        <Button type="submit" variant="filled" disabled={text.trim() === ''} loading={reply.isPending}>
          Send the answer
        </Button>
      </div>
    </form>
  );
}
