import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MoneyJson } from '#kernel/money.ts';
import { answerRights, counterRights, listPortalRights, type PortalRight } from '#modules/content/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { MoneyInput } from '#web/ui/money-input.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';
import './rights.css';
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
                            <Tag tone={right.state === 'granted' ? 'good' : 'plain'}>{words.states[right.state]}</Tag>
                            <span className="meta">{sayUse(right)}</span>
                            {right.state === 'countered' && right.counter !== null && (
                              <span className="meta">{words.youAsked(formatMoney(right.counter.price))}</span>
                            )}
                            {right.state === 'agreed' && right.contractId !== null && (
                              <PortalLink to="/contracts/$contractId" params={{ contractId: right.contractId }}>
                                {words.sign}
                              </PortalLink>
                            )}
                          </div>
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
    invalidate: ['portalRights', 'portalHome', 'portalContracts'],
    onSuccess: (rows, { answer: said }) => {
      const isToSign = rows.some((right) => chosen.includes(right.id) && right.state === 'agreed');
      sayDone(isToSign ? words.agreedToSign : said === 'grant' ? words.granted : words.declined);
    },
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
          {right.price !== null && <p className="pr-price">{words.offered(formatMoney(right.price))}</p>}
          {right.content.url !== null && (
            <a className="meta pr-price" href={right.content.url} target="_blank" rel="noreferrer">
              {words.see}
            </a>
          )}
        </div>
      ))}
      {answer.error !== null && <FormAlert>{answer.error.message}</FormAlert>}
      <TextInput
        label={words.name}
        required
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
      <CounterForm rights={rights.filter((right) => chosen.includes(right.id))} name={name} isReady={isReady} />
    </section>
  );
}

/** Another price for the pieces chosen, in the currency the brand offered or one of the creator's. */
function CounterForm({ rights, name, isReady }: { rights: readonly PortalRight[]; name: string; isReady: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  const [price, setPrice] = useState<MoneyJson | null>(null);
  const [note, setNote] = useState('');
  const counter = useApiMutation(counterRights, {
    invalidate: ['portalRights', 'portalHome'],
    onSuccess: () => sayDone(words.sent),
  });
  const offered = rights.find((right) => right.price !== null)?.price ?? null;
  const currency = offered?.currency ?? rights[0]?.currency ?? 'USD';
  if (!isOpen)
    return (
      <Button variant="subtle" color="gray" onClick={() => setIsOpen(true)}>
        {offered === null ? words.counterOpen : words.counter}
      </Button>
    );
  return (
    <div className="stack">
      {counter.error !== null && <FormAlert>{counter.error.message}</FormAlert>}
      <MoneyInput key={currency} label={words.price} value={price} currency={currency} onChange={setPrice} />
      <Textarea
        label={words.note}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={2000}
        autosize
      />
      <Button
        disabled={!isReady || price === null}
        loading={counter.isPending}
        onClick={() => {
          if (price !== null) counter.mutate({ rightIds: rights.map((right) => right.id), price, note, name });
        }}
      >
        {words.send}
      </Button>
    </div>
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
