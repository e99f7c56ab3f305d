import { Button } from '@mantine/core';
import { useState } from 'react';
import { type ContentRight, endRight } from '#modules/content/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag, type Tone } from '#web/ui/tag.tsx';
import { RightsDialog } from './rights-dialog.tsx';
import type { WholeAsset } from './whole-asset.ts';
import { sayRight, sayRights } from './words.ts';

const stateWords: Record<ContentRight['state'], { text: string; tone: Tone }> = {
  requested: { text: 'Asked for', tone: 'plain' },
  granted: { text: 'Granted', tone: 'good' },
  declined: { text: 'Declined', tone: 'plain' },
  ended: { text: 'Ended', tone: 'plain' },
};
const sourceWords: Record<ContentRight['source'], string> = {
  contract: 'by contract',
  request: 'by the creator, on request',
  by_hand: 'written down by hand',
  handed_in: 'accepted on handing in',
};

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
              <span>{sayRight(right)}</span>
              <span className="meta block">
                {stateWords[right.state].text} {sourceWords[right.source]}
                {right.answeredBy === null ? '' : `, ${right.answeredBy}`}
                {right.daysLeft === null ? '' : `, ${right.daysLeft} days left`}
                {right.attribution === '' ? '' : `; name ${right.attribution}`}
              </span>
            </div>
            {canWrite && right.source !== 'contract' && (right.state === 'granted' || right.state === 'requested') && (
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
