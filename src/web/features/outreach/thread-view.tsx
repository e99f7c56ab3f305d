import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect } from 'react';
import { getThread, type Message, markThread, type Thread } from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';
import { ReplyBox } from './reply-box.tsx';
import { channelWords, messageWords, outcomeWords } from './words.ts';
import './outreach.css';

interface Props {
  threadId: string;
  refreshMs?: number;
  onClose?: () => void;
}

/** One conversation, oldest message first, with the box to answer in. */
export function ThreadView({ threadId, refreshMs, onClose }: Props) {
  const query = useApiQuery(getThread, { threadId }, refreshMs === undefined ? {} : { refetchInterval: refreshMs });
  const canWrite = useCan('outreach:write');
  const mark = useApiMutation(markThread, {
    invalidate: ['threads'],
    onError: (error) => sayFailed('Not marked', error),
  });
  const { mutate } = mark;
  const isUnread = query.data?.thread.isUnread === true;
  useEffect(() => {
    if (isUnread && canWrite) mutate({ threadId, isUnread: false });
  }, [isUnread, canWrite, mutate, threadId]);
  return (
    <section className="out-view" aria-label="Conversation">
      <QueryState query={query}>
        {({ thread, messages, reach }) => (
          <>
            <ThreadHead
              thread={thread}
              onClose={onClose}
              onState={
                canWrite ? () => mark.mutate({ threadId, state: thread.state === 'open' ? 'done' : 'open' }) : undefined
              }
            />
            {thread.wantsStop && (
              <p className="alert warn">
                They asked for no more mails. They are on the do-not-contact list; an answer to them still goes out.
              </p>
            )}
            <ol className="out-messages">
              {messages.map((message) => (
                <MessageItem key={message.id} message={message} />
              ))}
            </ol>
            {canWrite && <ReplyBox threadId={threadId} reach={reach} />}
          </>
        )}
      </QueryState>
    </section>
  );
}

function ThreadHead(props: { thread: Thread; onClose: (() => void) | undefined; onState: (() => void) | undefined }) {
  const { thread, onClose, onState } = props;
  return (
    <header className="out-view-head">
      {onClose && (
        <ActionIcon className="out-back" aria-label="Back to the conversations" onClick={onClose}>
          <IconArrowLeft size={18} stroke={1.6} />
        </ActionIcon>
      )}
      <div>
        <h2>{thread.subject}</h2>
        <p className="meta">
          <AppLink to="/creators/$personId" params={{ personId: thread.personId }}>
            {thread.name}
          </AppLink>
          {thread.address !== null && `, ${thread.address}`}
        </p>
      </div>
      {onState && <Button onClick={onState}>{thread.state === 'open' ? 'Mark as done' : 'Open again'}</Button>}
    </header>
  );
}

function MessageItem({ message }: { message: Message }) {
  const { timeZone } = useWorkspace();
  const state = messageWords[message.state];
  return (
    <li className={`out-message ${message.direction}${message.kind === 'message' ? '' : ' machine'}`}>
      <div className="spread">
        <b>
          {message.direction === 'out'
            ? (message.authorName ?? 'From your mail program')
            : (message.authorName ?? message.from)}
        </b>
        <time className="meta" dateTime={message.at}>
          {formatDateTime(message.at, timeZone)}
        </time>
      </div>
      <div className="row">
        {message.channel !== 'email' && <Tag>{channelWords[message.channel]}</Tag>}
        {message.outcome !== null && <Tag>{outcomeWords[message.outcome] ?? message.outcome}</Tag>}
        {message.kind === 'auto_reply' && <Tag>written by a program</Tag>}
        {message.kind === 'bounce' && <Tag tone="bad">report of a mail server</Tag>}
        {state && <Tag tone={state.tone}>{state.word}</Tag>}
        {message.openedAt !== null && <Tag>picture loaded {formatDateTime(message.openedAt, timeZone)}</Tag>}
      </div>
      <p className="out-text">{message.text}</p>
      {message.why !== null && <p className="meta">{message.why}</p>}
      {message.attachments.length > 0 && (
        <p className="meta">With {message.attachments.map((one) => one.name).join(', ')}; files stay in the mailbox.</p>
      )}
      {message.quoted !== '' && (
        <details>
          <summary className="meta">{message.direction === 'in' ? 'What they quoted' : 'What stands below it'}</summary>
          <p className="out-text meta">{message.quoted}</p>
        </details>
      )}
    </li>
  );
}
