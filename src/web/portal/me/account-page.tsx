import { Button, PasswordInput } from '@mantine/core';
import {
  endPortalSession,
  getPortalMe,
  leavePortal,
  listPortalSessions,
  makePortalAccount,
  setPortalPassword,
} from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import {
  useBrand,
  useIsPreview,
  usePortalSession,
  useRefreshPortalSession,
} from '#web/portal/shell/portal-session.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { CodeForm } from './code-form.tsx';
import { MakeAccountForm } from './make-account-form.tsx';
import { words } from './words.ts';

const said = words.account;

/** The account: made by confirming an e-mail; its password and the browsers it is signed in on. */
export function AccountPage() {
  const { account } = usePortalSession();
  const refresh = useRefreshPortalSession();
  const me = useApiQuery(getPortalMe, {});
  const isPreview = useIsPreview();
  return (
    <>
      <h1>{said.title}</h1>
      {account !== null ? (
        <>
          <p>{said.have(account.email)}</p>
          <PasswordForm hasOne={account.hasPassword} />
        </>
      ) : (
        <section className="ph-card">
          <p className="ink-2">{said.none}</p>
          <h2>{said.confirmTitle}</h2>
          {!isPreview && (
            <QueryState query={me}>
              {({ emails }) => (
                <>
                  <CodeForm email={emails[0] ?? ''} onDone={() => void me.refetch()} />
                  <MakeAccountForm email={emails[0] ?? ''} endpoint={makePortalAccount} onDone={() => void refresh()} />
                </>
              )}
            </QueryState>
          )}
        </section>
      )}
      <Sessions />
    </>
  );
}

function PasswordForm({ hasOne }: { hasOne: boolean }) {
  const refresh = useRefreshPortalSession();
  const save = useApiMutation(setPortalPassword, { invalidate: ['portalSessions'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { password: '', oldPassword: '' },
    send: async ({ password, oldPassword }) => {
      await save.mutateAsync({ password, ...(hasOne ? { oldPassword } : {}) });
      form.reset();
      await refresh();
      sayDone(said.passwordSaved);
    },
  });
  return (
    <section>
      <header>
        <h2>{hasOne ? said.changePassword : said.setPassword}</h2>
      </header>
      <form className="ph-card form" onSubmit={onSubmit} noValidate>
        {failure && <FormAlert>{failure}</FormAlert>}
        <p className="meta">{said.optional}</p>
        {hasOne && (
          <PasswordInput
            label={said.oldPassword}
            autoComplete="current-password"
            required
            {...form.getInputProps('oldPassword')}
          />
        )}
        <PasswordInput
          label={said.newPassword}
          autoComplete="new-password"
          required
          {...form.getInputProps('password')}
        />
        <Button type="submit" variant="filled" loading={isBusy}>
          {words.me.save}
        </Button>
      </form>
    </section>
  );
}

function Sessions() {
  const { timeZone } = useBrand();
  const isPreview = useIsPreview();
  const refresh = useRefreshPortalSession();
  const sessions = useApiQuery(listPortalSessions, {});
  const end = useApiMutation(endPortalSession, {
    invalidate: ['portalSessions'],
    onError: (error) => sayFailed('Not signed out', error),
  });
  const leave = useApiMutation(leavePortal, { onSuccess: () => void refresh() });
  return (
    <section>
      <header>
        <h2>{said.sessions}</h2>
      </header>
      <QueryState query={sessions}>
        {({ rows }) => (
          <ul className="ph-list">
            {rows.map((row) => (
              <li key={row.id}>
                <div>
                  <div className="grow">
                    <b>{browserName(row.browser)}</b>
                    <span className="meta">
                      {row.isAccount ? said.byAccount : said.byLink}
                      {row.isCurrent ? `, ${said.thisOne}` : `, ${said.lastUsed(formatDateTime(row.usedAt, timeZone))}`}
                    </span>
                  </div>
                  {!row.isCurrent && (
                    <Button
                      variant="subtle"
                      color="gray"
                      disabled={isPreview}
                      onClick={() => end.mutate({ sessionId: row.id })}
                    >
                      {said.end}
                    </Button>
                  )}
                </div>
              </li>
            ))}
          </ul>
        )}
      </QueryState>
      {!isPreview && (
        <Button className="ph-after" fullWidth variant="subtle" color="gray" onClick={() => leave.mutate({})}>
          {said.leave}
        </Button>
      )}
    </section>
  );
}

/** "Firefox on Android" of what a browser says of itself. */
function browserName(userAgent: string | null): string {
  if (userAgent === null) return said.unknownBrowser;
  const browsers: [RegExp, string][] = [
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ];
  const systems: [RegExp, string][] = [
    [/iPhone|iPad/, 'iPhone or iPad'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS/, 'Mac'],
    [/Linux/, 'Linux'],
  ];
  const find = (list: [RegExp, string][]) => list.find(([shape]) => shape.test(userAgent))?.[1];
  const browser = find(browsers) ?? said.unknownBrowser;
  const system = find(systems);
  return system === undefined ? browser : `${browser} on ${system}`;
}
