import { Button, TextInput } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { getPortalMe, type PortalMe, updatePortalMe } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { useBrand, useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { ProofsSection } from './proofs-section.tsx';
import { words } from './words.ts';

const said = words.me;

/** What the brand has of the creator, to be put right by themselves. */
export function MePage() {
  const { name } = useBrand();
  const me = useApiQuery(getPortalMe, {});
  return (
    <>
      <h1>{said.title(name)}</h1>
      <QueryState query={me}>
        {(answer) => (
          <>
            <ContactForm me={answer} />
            <ProofsSection profiles={answer.profiles} />
          </>
        )}
      </QueryState>
      <nav aria-label={words.account.title}>
        <ul className="ph-list">
          <More to="/me/account" label={words.account.title} />
          <More to="/me/data" label={words.data.title} />
        </ul>
      </nav>
    </>
  );
}

function More({ to, label }: { to: string; label: string }) {
  return (
    <li>
      <PortalLink to={to}>
        <b className="grow">{label}</b>
        <IconChevronRight className="i" size={16} stroke={1.6} aria-hidden />
      </PortalLink>
    </li>
  );
}

function ContactForm({ me }: { me: PortalMe }) {
  const isPreview = useIsPreview();
  const save = useApiMutation(updatePortalMe, { invalidate: ['portalMe'], onSuccess: () => sayDone(said.saved) });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      name: me.name ?? '',
      city: me.city ?? '',
      region: me.region ?? '',
      country: me.country ?? '',
      website: me.website ?? '',
      phone: me.phones[0] ?? '',
      email: me.emails[0] ?? '',
    },
    send: ({ phone, email, name, city, region, country, website }) =>
      save.mutateAsync({
        ...(name.trim() === '' ? {} : { name }),
        city: orNull(city),
        region: orNull(region),
        country: orNull(country.toUpperCase()),
        website: orNull(website),
        phones: firstOf(phone, me.phones),
        ...(me.hasAccount && email.trim() !== '' && email !== me.emails[0]
          ? { emails: firstOf(email, me.emails) }
          : {}),
      }),
  });
  return (
    <section>
      <header>
        <h2>{said.contact}</h2>
      </header>
      <form className="ph-card form" onSubmit={onSubmit} noValidate>
        {failure && <FormAlert>{failure}</FormAlert>}
        <TextInput label={said.name} autoComplete="name" {...form.getInputProps('name')} />
        <TextInput
          label={said.email}
          type="email"
          autoComplete="email"
          disabled={!me.hasAccount}
          description={me.hasAccount ? undefined : said.emailNeedsAccount}
          {...form.getInputProps('email')}
        />
        <TextInput label={said.phone} type="tel" autoComplete="tel" {...form.getInputProps('phone')} />
        <TextInput label={said.city} autoComplete="address-level2" {...form.getInputProps('city')} />
        <TextInput label={said.region} autoComplete="address-level1" {...form.getInputProps('region')} />
        <TextInput label={said.country} maxLength={2} autoComplete="country" {...form.getInputProps('country')} />
        <TextInput label={said.website} type="url" autoComplete="url" {...form.getInputProps('website')} />
        <p className="meta">{said.address}</p>
        <Button type="submit" variant="filled" loading={isBusy} disabled={isPreview}>
          {said.save}
        </Button>
      </form>
    </section>
  );
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

/** The typed one first, the others as they were; none when it was emptied. */
function firstOf(typed: string, all: readonly string[]): string[] {
  const rest = all.slice(1).filter((one) => one !== typed.trim());
  return typed.trim() === '' ? rest : [typed.trim(), ...rest];
}
