import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { answerRights, listPortalRights, type PortalRight } from '#modules/content/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';
import { words } from './words.ts';

/** What brands ask to do with the creator's content, to say yes or no to, and what they may do already. */
export function RightsPage() {
  const query = useApiQuery(listPortalRights, {});
  return (
    <>
      <h1>{words.title}</h1>
      <QueryState query={query}>
        {(rows) => {
          const open = rows.filter((right) => right.state === 'requested');
          const rest = rows.filter((right) => right.state !== 'requested');
          return (
            <>
              {rows.length === 0 && <p className="meta">{words.nothing}</p>}
              {open.length > 0 && <Open key={open.map((right) => right.id).join(' ')} rights={open} />}
              {rest.length > 0 && (
                <section>
                  <header>
                    <h2>{words.agreed}</h2>
                  </header>
                  <ul className="ph-list">
                    {rest.map((right) => (
                      <li key={right.id}>
                        <div>
                          <div className="grow">
                            <b>{nameOf(right)}</b>
                            <span className="meta">{sayUse(right)}</span>
                          </div>
                          <Tag tone={right.state === 'granted' ? 'good' : 'plain'}>{words.states[right.state]}</Tag>
                        </div>
                      </li>
                    ))}
                  </ul>
                </section>
              )}
            </>
          );
        }}
      </QueryState>
    </>
  );
}

function Open({ rights }: { rights: PortalRight[] }) {
  const [chosen, setChosen] = useState(rights.map((right) => right.id));
  const [name, setName] = useState('');
  const isPreview = useIsPreview();
  const answer = useApiMutation(answerRights, {
    invalidate: ['portalRights', 'portalHome'],
    onSuccess: (_, { answer: said }) => sayDone(said === 'grant' ? words.granted : words.declined),
  });
  const send = (said: 'grant' | 'decline') => answer.mutate({ rightIds: chosen, answer: said, name });
  const isReady = chosen.length > 0 && name.trim() !== '' && !isPreview;
  return (
    <section className="ph-card">
      <h2>{words.asked(rights[0]?.brand ?? '')}</h2>
      {rights.map((right) => (
        <div key={right.id}>
          <Checkbox
            label={nameOf(right)}
            description={sayUse(right)}
            checked={chosen.includes(right.id)}
            onChange={(event) =>
              setChosen(event.currentTarget.checked ? [...chosen, right.id] : chosen.filter((one) => one !== right.id))
            }
          />
          {right.content.url !== null && (
            <a className="meta" href={right.content.url} target="_blank" rel="noreferrer">
              {words.see}
            </a>
          )}
        </div>
      ))}
      {answer.error !== null && <FormAlert>{answer.error.message}</FormAlert>}
      <TextInput
        label={words.name}
        description={words.kept}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={120}
        autoComplete="name"
      />
      <div className="acts">
        <Button variant="filled" fullWidth disabled={!isReady} loading={answer.isPending} onClick={() => send('grant')}>
          {words.yes}
        </Button>
        <Button fullWidth disabled={!isReady} loading={answer.isPending} onClick={() => send('decline')}>
          {words.no}
        </Button>
      </div>
    </section>
  );
}

function nameOf({ content }: PortalRight): string {
  if (content.title !== '') return content.title;
  return content.postedAt === null ? words.piece : words.pieceOf(formatDate(content.postedAt));
}

function sayUse(right: PortalRight): string {
  const where = right.channels.map((channel) => words.channels[channel]).join(', ');
  const until = right.endsOn === null ? words.withoutEnd : words.until(formatDate(right.endsOn, 'UTC'));
  return [
    where,
    right.paid ? words.paid : words.organic,
    right.territory,
    until,
    ...(right.exclusive ? [words.exclusive] : []),
    ...(right.mayEdit ? [words.mayEdit] : []),
  ].join('; ');
}
