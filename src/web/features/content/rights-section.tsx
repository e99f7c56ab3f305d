import { Button } from '@mantine/core';
import { useState } from 'react';
import { answerCounter, type ContentRight, endRight } from '#modules/content/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag, type Tone } from '#web/ui/tag.tsx';
import { RightsDialog } from './rights-dialog.tsx';
import type { WholeAsset } from './whole-asset.ts';
import { sayRight, sayRights } from './words.ts';

const stateWords: Record<ContentRight['state'], { text: string; tone: Tone }> = {
  requested: { text: 'Asked for', tone: 'plain' },
  countered: { text: 'Another price asked', tone: 'warn' },
  agreed: { text: 'Agreed, amendment to be signed', tone: 'plain' },
  granted: { text: 'Granted', tone: 'good' },
  declined: { text: 'Declined', tone: 'plain' },
  ended: { text: 'Ended', tone: 'plain' },
};
/** What the creator asks instead, to be accepted or turned down. */
function Counter({ right, canWrite }: { right: ContentRight; canWrite: boolean }) {
  const answer = useApiMutation(answerCounter, {
    invalidate: ['contentAssets', 'contracts', 'campaigns', 'costs'],
    onSuccess: (after) => sayDone(after.state === 'agreed' ? 'Agreed; the amendment is out to be signed' : 'Answered'),
    onError: (error) => sayFailed('Not answered', error),
  });
  if (right.counter === null) return null;
  const { price, note } = right.counter;
  const send = (said: 'accept' | 'decline') => answer.mutate({ rightId: right.id, answer: said, price });
  return (
    <div className="stack">
      <span>
        Asks {formatMoney(price)}
        {note === '' ? '' : `: “${note}”`}
      </span>
      {canWrite && (
        <div className="row">
          <Button size="compact-md" loading={answer.isPending} onClick={() => send('accept')}>
            Accept {formatMoney(price)}
          </Button>
          <Button
            size="compact-md"
            variant="subtle"
            color="gray"
            loading={answer.isPending}
            onClick={() => send('decline')}
          >
            Turn down
          </Button>
        </div>
      )}
    </div>
  );
}

const sourceWords: Record<ContentRight['source'], string> = {
  contract: 'By contract',
  request: 'On request',
  by_hand: 'Written down by hand',
  handed_in: 'Accepted on handing in',
};

/** What a right rests on, who answered, how long it holds, what it costs, whom to name. */
function sayBasis(right: ContentRight): string {
  const isOpen = right.state === 'requested' || right.state === 'countered';
  return [
    sourceWords[right.source],
    ...(right.answeredBy === null || isOpen ? [] : [`answered by ${right.answeredBy}`]),
    ...(right.daysLeft === null ? [] : [`${formatPlural(right.daysLeft, 'day')} left`]),
    ...(right.price === null ? [] : [`${isOpen ? 'you offered ' : ''}${formatMoney(right.price)}`]),
    ...(right.attribution === '' ? [] : [`to be named: ${right.attribution}`]),
  ].join(', ');
}

/** What may be done with a piece, right by right, and a way to ask for more. */
export function RightsSection({ asset, canWrite }: { asset: WholeAsset; canWrite: boolean }) {
  const [asking, setAsking] = useState<'request' | 'grant' | null>(null);
  const said = sayRights(asset);
  const end = useApiMutation(endRight, {
    invalidate: ['contentAssets'],
    onSuccess: () => sayDone('The right has ended'),
    onError: (error) => sayFailed('Not ended', error),
  });
  return (
    <Section title="Rights" end={<Tag tone={said.tone}>{said.text}</Tag>}>
      {asset.rightsList.length === 0 && (
        <p className="meta">
          Nothing was agreed or is written down. To look at it inside is fine; to use it, ask first.
        </p>
      )}
      <ul className="ct-lines">
        {asset.rightsList.map((right) => (
          <li key={right.id}>
            <div>
              <span className="block">{sayRight(right)}</span>
              <Tag tone={stateWords[right.state].tone}>{stateWords[right.state].text}</Tag>
              <span className="meta block">{sayBasis(right)}</span>
              {right.state === 'agreed' && right.amendsId !== null && (
                <AppLink to="/contracts/$contractId" params={{ contractId: right.amendsId }}>
                  See the amendment
                </AppLink>
              )}
              {right.state === 'countered' && <Counter right={right} canWrite={canWrite} />}
            </div>
            {canWrite && right.source !== 'contract' && ['granted', 'requested', 'agreed'].includes(right.state) && (
              <Button
                size="compact-md"
                variant="subtle"
                color="gray"
                loading={end.isPending}
                aria-label={`${right.state === 'requested' ? 'Take back' : 'End'} the right to ${sayRight(right)}`}
                onClick={() => end.mutate({ rightId: right.id, reason: 'Ended in the library' })}
              >
                {right.state === 'requested' ? 'Take back' : 'End'}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {canWrite && (
        <div className="acts">
          <Button onClick={() => setAsking('grant')}>Write down a right</Button>
          <Button disabled={asset.person === null} onClick={() => setAsking('request')}>
            {asset.rights.state === 'ended' || asset.rights.state === 'ending' ? 'Ask to renew' : 'Ask for rights'}
          </Button>
        </div>
      )}
      {asking !== null && <RightsDialog how={asking} assetIds={[asset.id]} onClose={() => setAsking(null)} />}
    </Section>
  );
}
