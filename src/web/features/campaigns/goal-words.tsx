import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  type GoalMetric,
  type GoalProposal,
  type GoalValue,
  goalMetrics,
  proposeGoal,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { sayFailed } from '#web/ui/say.ts';
import { readTarget } from './goal-fields.ts';

interface Props {
  /** What the same span brought before, for a goal such as "+30 %". */
  baseline?: GoalValue | undefined;
  currency: string;
  endsOn: string;
  /** With what it was before, where the words are a change and it was said here. */
  onRead: (proposal: GoalProposal, baseline: GoalValue | null) => void;
}

/** A goal in one's own words, read into the fields; what cannot be measured comes back with choices. */
export function GoalWords({ currency, endsOn, baseline, onRead }: Props) {
  const [text, setText] = useState('');
  const [before, setBefore] = useState('');
  const propose = useApiMutation(proposeGoal, { onError: (error) => sayFailed('Not read', error) });
  const { data } = propose;
  const ask = async (was: GoalValue | null) => {
    if (text.trim() === '') return;
    const read = await propose.mutateAsync({ text: text.trim(), currency, endsOn, baseline: was }).catch(() => null);
    if (read !== null) onRead(read, was);
  };
  const read = () => void ask(baseline ?? null);
  const readAgain = () => {
    try {
      void ask(data?.metric ? (readTarget(before, data.metric, currency) ?? null) : null);
    } catch (error) {
      sayFailed('Not read', error);
    }
  };
  return (
    <div className="stack" style={{ gap: 8 }}>
      <div className="camp-say">
        <TextInput
          label="In your words"
          placeholder="5,000 visitors by 31 May"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            read();
          }}
        />
        <Button onClick={read} loading={propose.isPending} disabled={text.trim() === ''}>
          Read it
        </Button>
      </div>
      <div role="status">
        {data && data.missing.length > 0 && (
          <div className="camp-warn">
            <span>This cannot be measured yet: {sayMissing(data)}.</span>
            <span className="meta">Proposal: {data.proposal}</span>
            {data.missing.includes('baseline') && data.metric !== null && (
              <span className="camp-say">
                <TextInput
                  label="How much it was before"
                  description="In a span of the same length"
                  inputMode="decimal"
                  value={before}
                  onChange={(event) => setBefore(event.currentTarget.value)}
                />
                <Button onClick={readAgain} loading={propose.isPending} disabled={before.trim() === ''}>
                  Work it out
                </Button>
              </span>
            )}
            {data.missing.includes('metric') && (
              <span className="row" style={{ flexWrap: 'wrap' }}>
                {data.choices.map((metric: GoalMetric) => (
                  <Button key={metric} size="compact-sm" onClick={() => onRead({ ...data, metric }, null)}>
                    {goalMetrics[metric].label}
                  </Button>
                ))}
              </span>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

function sayMissing(proposal: GoalProposal): string {
  const words = { metric: 'what is counted', target: 'how many', baseline: 'how much it was before', dueOn: 'by when' };
  return `say ${proposal.missing.map((field) => words[field]).join(' and ')}`;
}
