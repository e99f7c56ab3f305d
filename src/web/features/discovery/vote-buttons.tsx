import { IconMinus, IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import type { Vote } from '#modules/discovery/api.ts';

const votes = [
  { value: 'yes', label: 'Yes', icon: IconThumbUp },
  { value: 'maybe', label: 'Maybe', icon: IconMinus },
  { value: 'no', label: 'No', icon: IconThumbDown },
] as const;

interface Props {
  /** Whom the vote is on, for screen readers. */
  about: string;
  own: Vote | null;
  /** How many gave each; undefined shows none. */
  counts?: Record<Vote, number>;
  /** Null where one may only look. The same vote again takes it back. */
  onVote: ((vote: Vote | null) => void) | null;
}

/** Yes, maybe or no: one vote a person, which can be changed. */
export function VoteButtons({ about, own, counts, onVote }: Props) {
  return (
    <fieldset className="votes" aria-label={`Votes on ${about}`}>
      {votes.map(({ value, label, icon: Icon }) => {
        const count = counts?.[value];
        return (
          <button
            key={value}
            type="button"
            className={own === value ? `vote vote-${value} own` : `vote vote-${value}`}
            aria-pressed={own === value}
            aria-label={`${label}${count === undefined ? '' : `, ${count}`}`}
            title={label}
            disabled={onVote === null}
            onClick={() => onVote?.(own === value ? null : value)}
          >
            <Icon size={15} stroke={1.7} aria-hidden />
            {count !== undefined && <span>{count}</span>}
          </button>
        );
      })}
    </fieldset>
  );
}
