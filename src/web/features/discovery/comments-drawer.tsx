import { Button, Drawer, Textarea } from '@mantine/core';
import { useState } from 'react';
import { commentListMember, type ListMember, listComments } from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';

interface Props {
  listId: string;
  member: ListMember;
  canWrite: boolean;
  onClose: () => void;
}

/** What the team and guests of shared links said about a member, and a place to say more. */
export function CommentsDrawer({ listId, member, canWrite, onClose }: Props) {
  const { personId } = member;
  const query = useApiQuery(listComments, { listId, personId, limit: 200 });
  const [body, setBody] = useState('');
  const add = useApiMutation(commentListMember, {
    invalidate: ['lists'],
    onSuccess: () => setBody(''),
    onError: (error) => sayFailed('Not said', error),
  });
  return (
    <Drawer opened onClose={onClose} position="right" size={420} title={`About ${member.name ?? 'this creator'}`}>
      <div className="stack">
        {canWrite && (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (body.trim() !== '') add.mutate({ listId, personId, body });
            }}
          >
            <Textarea
              label="Comment"
              description="Read by your team only"
              value={body}
              onChange={(event) => setBody(event.currentTarget.value)}
              maxLength={2000}
              autosize
              minRows={2}
              data-autofocus
            />
            <div>
              <Button type="submit" variant="filled" loading={add.isPending} disabled={body.trim() === ''}>
                Add comment
              </Button>
            </div>
          </form>
        )}
        <QueryState query={query}>
          {({ rows }) =>
            rows.length === 0 ? (
              <p className="meta">Nobody has said anything yet.</p>
            ) : (
              <ul className="discover-comments">
                {rows.map((comment) => (
                  <li key={comment.id}>
                    <div className="row">
                      <b>{comment.authorName}</b>
                      {comment.authorKind === 'guest' && <Tag>guest</Tag>}
                      <span className="meta">{formatWhen(comment.at)}</span>
                    </div>
                    <p>{comment.body}</p>
                  </li>
                ))}
              </ul>
            )
          }
        </QueryState>
      </div>
    </Drawer>
  );
}
