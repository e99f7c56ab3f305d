import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { AppError } from '#kernel/errors.ts';
import { lookUpTillCode, openTill, type TillEvent, type TillVerdict, undoAtTill } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useNoIndex } from '#web/shell/guest-gate.tsx';
import { OutsideFrame } from '#web/shell/outside-frame.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { ScanButton } from './scan-button.tsx';
import { TillEvents } from './till-events.tsx';
import { TillPurchase } from './till-purchase.tsx';
import { type TillQueue, useTillQueue } from './use-till-queue.ts';
import './tracking.css';

const refreshMs = 30_000;

/** The page on the staff's phone: no account, the secret of the link stands behind the # of the address. */
export function TillPage() {
  useNoIndex();
  const token = window.location.hash.slice(1);
  return (
    <OutsideFrame>
      {token === '' ? (
        <>
          <h1 className="vh">A till</h1>
          <EmptyState title="This link is not whole">
            Scan the code on the poster again, or ask for a new link.
          </EmptyState>
        </>
      ) : (
        <OpenTill token={token} />
      )}
    </OutsideFrame>
  );
}

function OpenTill({ token }: { token: string }) {
  const query = useApiQuery(openTill, { token }, { refetchInterval: refreshMs, retry: 1 });
  const queue = useTillQueue(token, () => void query.refetch());
  const isEnded = query.error instanceof AppError && query.error.code === 'tracking.till_unknown';
  if (isEnded)
    return (
      <>
        <h1 className="vh">A till</h1>
        <EmptyState title="This link has ended">Ask for the new one, or scan the new poster.</EmptyState>
      </>
    );
  if (query.data === undefined)
    return (
      <>
        <h1 className="vh">A till</h1>
        {query.error === null ? (
          <SkeletonLines />
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
        <Unsent queue={queue} />
      </>
    );
  const { name, place, brand, currency, events, undoMinutes } = query.data;
  return (
    <div className="till">
      <header>
        <h1>{name}</h1>
        <p className="meta">
          {brand}
          {place !== '' && `, ${place}`}
        </p>
      </header>
      {query.error !== null && (
        <FormAlert>No connection. You can go on: what you enter is kept on this phone and sent later.</FormAlert>
      )}
      <Unsent queue={queue} />
      <Redeem token={token} currency={currency} queue={queue} />
      <section aria-label="Today">
        <h2 className="trk-h3">Noted here lately</h2>
        <Lately token={token} events={events} undoMinutes={undoMinutes} onUndone={() => void query.refetch()} />
      </section>
    </div>
  );
}

function Redeem({ token, currency, queue }: { token: string; currency: string; queue: TillQueue }) {
  const [code, setCode] = useState('');
  const [verdict, setVerdict] = useState<TillVerdict | null>(null);
  const [isBlind, setBlind] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const lookUp = useApiMutation(lookUpTillCode, {
    invalidate: [],
    onSuccess: setVerdict,
    onError: (error) => {
      // Without a network nothing can be said of the code; the purchase can still be noted.
      if (error.kind === 'unavailable') setBlind(true);
      else setProblem(error.message);
    },
  });
  const look = (text: string) => {
    setProblem(null);
    setVerdict(null);
    setBlind(false);
    if (text.trim() !== '') lookUp.mutate({ token, code: text.trim() });
  };
  const restart = () => {
    setCode('');
    setVerdict(null);
    setBlind(false);
    setProblem(null);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    look(code);
  };
  if (verdict !== null || isBlind)
    return (
      <TillPurchase
        code={verdict?.code ?? code.trim()}
        verdict={verdict}
        currency={currency}
        queue={queue}
        onDone={restart}
      />
    );
  return (
    <form className="till-ask" onSubmit={onSubmit} noValidate>
      {problem !== null && <FormAlert>{problem}</FormAlert>}
      <TextInput
        label="The customer's code"
        size="lg"
        autoCapitalize="characters"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <div className="row">
        <Button type="submit" variant="filled" size="lg" loading={lookUp.isPending} disabled={code.trim() === ''}>
          Check
        </Button>
        <ScanButton
          onCode={(text) => {
            setCode(text);
            look(text);
          }}
        />
      </div>
    </form>
  );
}

function Unsent({ queue }: { queue: TillQueue }) {
  if (queue.deeds.length === 0) return null;
  const waiting = queue.deeds.filter((deed) => deed.refusal === null);
  return (
    <section className="till-unsent" aria-label="Not sent yet" role="status">
      {waiting.length > 0 && (
        <div className="spread">
          <b>{formatPlural(waiting.length, 'entry', 'entries')} not sent yet</b>
          <Button loading={queue.isSending} onClick={() => void queue.sendAll()}>
            Send now
          </Button>
        </div>
      )}
      <ul className="trk-ways">
        {queue.deeds.map((deed) => (
          <li key={deed.key}>
            <span>
              <b>{deed.code}</b> {deed.kind === 'visit' ? 'visit' : `${deed.amount}, receipt ${deed.receipt}`}
            </span>
            {deed.refusal === null ? (
              <span className="meta">Kept on this phone. It is sent when there is a connection.</span>
            ) : (
              <>
                <span className="bad">Not taken: {deed.refusal}</span>
                <span>
                  <Button variant="subtle" color="gray" onClick={() => queue.drop(deed.key)}>
                    Forget it
                  </Button>
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface LatelyProps {
  token: string;
  events: readonly TillEvent[];
  undoMinutes: number;
  onUndone: () => void;
}

function Lately({ token, events, undoMinutes, onUndone }: LatelyProps) {
  const undo = useApiMutation(undoAtTill, {
    invalidate: [],
    onSuccess: () => {
      sayDone('Taken back');
      onUndone();
    },
    onError: (error) => sayFailed('Not taken back', error),
  });
  return (
    <TillEvents
      events={events}
      onUndo={(event) => undo.mutate({ token, eventId: event.id })}
      mayUndo={(event) => Date.now() - Date.parse(event.happenedAt) < undoMinutes * 60_000}
    />
  );
}
