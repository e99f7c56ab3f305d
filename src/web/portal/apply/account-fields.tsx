import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { platforms as allPlatforms, type Platform, platformNames } from '#kernel/platform.ts';
import { words } from './words.ts';

export interface Account {
  key: string;
  platform: Platform;
  handle: string;
  followers: number | null;
}

const accountsMax = 8;

export function newAccount(platforms: readonly Platform[]): Account {
  return { key: crypto.randomUUID(), platform: platforms[0] ?? 'instagram', handle: '', followers: null };
}

interface Props {
  /** Those the page asks for; empty: any. */
  platforms: readonly Platform[];
  accounts: readonly Account[];
  errors: Record<string, string>;
  onChange: (accounts: Account[]) => void;
}

export function AccountFields({ platforms, accounts, errors, onChange }: Props) {
  const change = (key: string, patch: Partial<Account>) =>
    onChange(accounts.map((one) => (one.key === key ? { ...one, ...patch } : one)));
  // The ones asked for come first; others may be named too.
  const rest = allPlatforms.filter((platform) => !platforms.includes(platform));
  const data = [...platforms, ...rest].map((value) => ({ value, label: platformNames[value] }));
  return (
    <>
      {accounts.map((account, at) => (
        <div key={account.key} className="apply-account">
          <Select
            label={words.platform}
            data={data}
            value={account.platform}
            onChange={(platform) => platform !== null && change(account.key, { platform: platform as Platform })}
          />
          <TextInput
            className="apply-handle"
            label={words.handle}
            required
            autoCapitalize="none"
            spellCheck={false}
            error={errors[`profiles.${at}.handle`] ?? (at === 0 ? errors.profiles : undefined)}
            value={account.handle}
            onChange={(event) => change(account.key, { handle: event.currentTarget.value })}
          />
          <NumberInput
            label={words.followers}
            min={0}
            allowDecimal={false}
            hideControls
            thousandSeparator=","
            value={account.followers ?? ''}
            onChange={(followers) =>
              change(account.key, { followers: typeof followers === 'number' ? followers : null })
            }
          />
          {accounts.length > 1 && (
            <Button
              variant="subtle"
              color="gray"
              onClick={() => onChange(accounts.filter((one) => one.key !== account.key))}
            >
              {words.removeAccount}
            </Button>
          )}
        </div>
      ))}
      {accounts.length < accountsMax && (
        <Button onClick={() => onChange([...accounts, newAccount(platforms)])}>{words.addAccount}</Button>
      )}
    </>
  );
}
