import { useState } from 'react';
import type { AudienceSample } from '#modules/vetting/api.ts';
import { formatCompact, formatPlural } from '#web/ui/format-number.ts';
import { audienceNouns } from './audience-words.ts';
import { AccountName } from './suspicious-list.tsx';

const shownFirst = 10;

/** Accounts of the sample with a following of their own. */
export function NotableList({ sample }: { sample: AudienceSample }) {
  const [isWhole, setWhole] = useState(false);
  const { total, accounts } = sample.notable;
  if (total === 0) return null;
  return (
    <>
      <h3 className="vt-h3">
        Notable {audienceNouns[sample.kind].many}{' '}
        <span className="meta">
          {formatPlural(total, 'account')} of the sample with 1,000 followers and more
          {total > accounts.length ? `, the ${accounts.length} largest` : ''}
        </span>
      </h3>
      <ul className="vt-notable" aria-label={`Notable ${audienceNouns[sample.kind].many}`}>
        {(isWhole ? accounts : accounts.slice(0, shownFirst)).map((account) => (
          <li key={account.row}>
            <AccountName account={account} />
            <span className="meta">{formatCompact(account.followers ?? 0)} followers</span>
          </li>
        ))}
      </ul>
      {!isWhole && accounts.length > shownFirst && (
        <button type="button" className="vt-link vt-more" onClick={() => setWhole(true)}>
          Show {accounts.length - shownFirst} more
        </button>
      )}
    </>
  );
}
