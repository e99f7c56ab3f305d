import { Button, Menu } from '@mantine/core';
import { IconSelector } from '@tabler/icons-react';
import { Outlet, useMatches, useRouter, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { chooseBrand, leavePortal } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useParts } from '#web/portal/shell/parts-context.ts';
import { BrandMark } from '#web/portal/shell/plain-frame.tsx';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import {
  type Brand,
  BrandProvider,
  usePortalSession,
  useRefreshPortalSession,
} from '#web/portal/shell/portal-session.tsx';
import { words } from '#web/portal/shell/words.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { sayFailed } from '#web/ui/say.ts';

/** Lets in who has a session, with the brand that is open; sends everybody else to the sign-in. */
export function PortalFrame() {
  const session = usePortalSession();
  const brand = session.brands.find((one) => one.slug === session.current) ?? session.brands[0];
  if (brand === undefined) return <ToSignIn />;
  return (
    <BrandProvider key={brand.slug} brand={brand}>
      <Frame brand={brand} />
    </BrandProvider>
  );
}

/** Goes on once, with the page that was asked for. */
function ToSignIn() {
  const router = useRouter();
  useEffect(() => {
    const asked = router.state.location.href.replace(/^\/p(?=\/|$)/, '').replace(/#.*$/s, '');
    router.history.replace(`/p/sign-in${asked === '' || asked === '/' ? '' : `?next=${encodeURIComponent(asked)}`}`);
  }, [router]);
  return null;
}

function Frame({ brand }: { brand: Brand }) {
  const { preview, brands } = usePortalSession();
  const title = useMatches().at(-1)?.staticData.title;
  useEffect(() => {
    document.title = title === undefined ? brand.name : `${title} · ${brand.name}`;
  }, [title, brand.name]);
  return (
    <>
      <a className="skip" href="#main">
        {words.skip}
      </a>
      {preview !== null && <PreviewBar name={brand.personName} />}
      <div className="ph">
        <header className="ph-top">
          {brands.length > 1 ? (
            <BrandMenu brand={brand} brands={brands} />
          ) : (
            <PortalLink to="/" className="ph-brand">
              <BrandMark name={brand.name} />
              <b>{brand.name}</b>
            </PortalLink>
          )}
          <PortalLink to="/me" aria-label={`${brand.personName}: my data`}>
            <Avatar id={brand.personId} name={brand.personName} size={40} />
          </PortalLink>
        </header>
        <main id="main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <BottomNav />
    </>
  );
}

function BottomNav() {
  const entries = useParts()
    .flatMap((part) => part.nav ?? [])
    .toSorted((a, b) => a.order - b.order);
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className="ph-nav" aria-label={words.mainMenu}>
      {entries.map(({ to, label, icon: Icon }) => {
        const isHere = to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`);
        return (
          <PortalLink key={to} to={to} aria-current={isHere ? 'page' : undefined}>
            <Icon size={20} stroke={1.6} aria-hidden />
            {label}
          </PortalLink>
        );
      })}
    </nav>
  );
}

function BrandMenu({ brand, brands }: { brand: Brand; brands: Brand[] }) {
  const refresh = useRefreshPortalSession();
  const router = useRouter();
  const choose = useApiMutation(chooseBrand, {
    onSuccess: () => void refresh().then(() => router.history.push('/p/')),
    onError: (error) => sayFailed('Not opened', error),
  });
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <button type="button" className="ph-brand" aria-label={`${brand.name}. ${words.chooseBrand}`}>
          <BrandMark name={brand.name} />
          <b>{brand.name}</b>
          <IconSelector size={16} stroke={1.6} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {brands.map((one) => (
          <Menu.Item
            key={one.slug}
            onClick={() => choose.mutate({ slug: one.slug })}
            disabled={one.slug === brand.slug}
          >
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function PreviewBar({ name }: { name: string }) {
  const end = useApiMutation(leavePortal, {
    onSuccess: () => window.close(),
    onError: (error) => sayFailed('Not ended', error),
  });
  return (
    <aside className="ph-preview" aria-label="Preview">
      <span>{words.previewBar(name)}</span>
      <Button size="xs" onClick={() => end.mutate({})}>
        {words.endPreview}
      </Button>
    </aside>
  );
}
