import { Button } from '@mantine/core';
import { getWebhookMessage, replayWebhookMessage } from '#modules/webhooks/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { messageWords, webhookNouns } from './words.ts';

/** One message: what it says, and what was answered at each try. */
export function MessagePanel({ messageId, onClose }: { messageId: string; onClose: () => void }) {
  const query = useApiQuery(getWebhookMessage, { messageId });
  const { timeZone } = useWorkspace();
  const canWrite = useCan('api-keys:write');
  const replay = useApiMutation(replayWebhookMessage, {
    invalidate: webhookNouns,
    onSuccess: () => sayDone('It is sent again'),
    onError: (error) => sayFailed('Not sent again', error),
  });
  const isEnded = query.data !== undefined && query.data.state !== 'waiting';
  return (
    <SidePanel
      label="Message"
      onClose={onClose}
      actions={
        canWrite && isEnded ? (
          <Button loading={replay.isPending} onClick={() => replay.mutate({ messageId })}>
            Send again
          </Button>
        ) : undefined
      }
    >
      <QueryState query={query}>
        {(message) => (
          <div className="stack whk-panel">
            <h2 className="t-lead">{message.event}</h2>
            <div className="row">
              <Tag tone={messageWords[message.state].tone}>{messageWords[message.state].label}</Tag>
              <span className="meta">
                {message.nextTryAt === null
                  ? formatDateTime(message.happenedAt, timeZone)
                  : `next try ${formatDateTime(message.nextTryAt, timeZone)}`}
              </span>
            </div>
            <CopyField label="Message id" value={message.id} />
            <Section title="Tries">
              {message.tries.length === 0 ? (
                <p className="meta">None yet.</p>
              ) : (
                <ol className="whk-tries">
                  {message.tries.map((one) => (
                    <li key={one.number}>
                      <span className="spread">
                        <b>{one.status ?? 'no answer'}</b>
                        <span className="meta num">
                          {formatDateTime(one.at, timeZone)}, {one.tookMs} ms
                        </span>
                      </span>
                      {one.answer !== '' && <span className="ink-2 whk-answer">{one.answer}</span>}
                    </li>
                  ))}
                </ol>
              )}
            </Section>
            <Section title="Body">
              <pre className="whk-body">{pretty(message.body)}</pre>
            </Section>
          </div>
        )}
      </QueryState>
    </SidePanel>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
