import type { Contract, Obligation } from '#modules/contracts/api.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Money } from '#web/ui/money.tsx';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';

const tones = { open: 'plain', late: 'bad', met: 'good' } as const;
const ends = ['rights_end', 'exclusivity_end', 'post_stays', 'contract_end'];

/** What is owed by the version in force, by day. No money is moved from here. */
export function ObligationsCard({ contract }: { contract: Contract }) {
  if (contract.inForceVersion === null || contract.endedAt !== null) return null;
  return (
    <Section title="Owed and due" note={`by version ${contract.inForceVersion}`}>
      {contract.obligations.length === 0 ? (
        <p className="ink-2">Nothing with a day or a sum was agreed.</p>
      ) : (
        <ul className="ctr-owed">
          {contract.obligations.map((one) => (
            <li key={one.id}>
              <span>{one.title}</span>
              {one.amount === null ? <span /> : <Money value={one.amount} />}
              <span className="meta">
                <Status tone={tones[one.state]}>{sayWhen(one)}</Status>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function sayWhen(one: Obligation): string {
  if (one.dueOn === null) return `waits for ${one.waitsFor ?? 'a day'}`;
  const day = formatDate(`${one.dueOn}T12:00:00Z`, 'UTC');
  if (ends.includes(one.kind)) return one.state === 'met' ? `over since ${day}` : `until ${day}`;
  const who = one.party === 'brand' ? 'you owe it' : 'the creator owes it';
  return one.state === 'met'
    ? `done, was due ${day}`
    : `${one.state === 'late' ? 'late, was due' : 'due'} ${day}, ${who}`;
}
