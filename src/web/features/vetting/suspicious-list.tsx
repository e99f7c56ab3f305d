import { useState } from 'react';
import type { AudienceSample } from '#modules/vetting/api.ts';
import { formatCount, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { audienceNouns } from './audience-words.ts';
import { points } from './words.ts';

const shownFirst = 6;

type Account = AudienceSample['suspicious']['accounts'][number];

/** Accounts more likely suspicious than not, each with what makes it so. */
export function SuspiciousList({ sample }: { sample: AudienceSample }) {
  const [isWhole, setWhole] = useState(false);
  const { total, accounts } = sample.suspicious;
  if (sample.state === 'too_small' || sample.state === 'unknown') return null;
  const { many } = audienceNouns[sample.kind];
  return (
    <>
      <h3 className="vt-h3">
        Suspicious {many}{' '}
        <span className="meta">
          {total === 0
            ? 'none is more likely suspicious than not'
            : `${formatPlural(total, 'account')} more likely suspicious than not${total > accounts.length ? `, the ${accounts.length} likeliest` : ''}; each reason with what it adds to the log-odds`}
        </span>
      </h3>
      {accounts.length > 0 && (
        <ul className="list vt-suspects" aria-label={`Suspicious ${many}`}>
          {(isWhole ? accounts : accounts.slice(0, shownFirst)).map((account) => (
            <li key={account.row}>
              <span className="vt-what">
                <AccountName account={account} />
                <span className="meta">{likely(account.suspicion)}</span>
              </span>
              <ul className="vt-reasons" aria-label="Why">
                {account.reasons.map((reason) => (
                  <li key={reason.name} className={reason.added > 0 ? 'against' : 'for'}>
                    {reason.text} <b>{points(Math.round(reason.added * 10) / 10)}</b>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
      {!isWhole && accounts.length > shownFirst && (
        <button type="button" className="vt-link vt-more" onClick={() => setWhole(true)}>
          Show {accounts.length - shownFirst} more
        </button>
      )}
    </>
  );
}

/** Never surer than the model can be. */
function likely(suspicion: number): string {
  return suspicion > 0.99 ? 'over 99 % likely' : `${formatShare(suspicion)} likely`;
}

/** The user name with its address, or the place in the sample where no name was given. */
export function AccountName({ account }: { account: Pick<Account, 'handle' | 'url' | 'row'> }) {
  if (account.handle === null) return <span>Account {formatCount(account.row)} of the sample</span>;
  if (account.url === null) return <span>@{account.handle}</span>;
  return (
    <a href={account.url} target="_blank" rel="noreferrer noopener">
      @{account.handle}
    </a>
  );
}
