import type { Tx } from '#infra/db/database.ts';
import { hashPassword } from '#modules/workspaces/index.ts';
import type { LinkRule, LinkVariant, Utm } from './api.ts';
import { trackingError } from './errors.ts';
import type { LinkExtraColumns } from './queries/links.ts';
import { selectDomain } from './queries/places.ts';
import { isAllowedHost } from './rules/allowed-host.ts';
import { buildTarget, readDestination } from './rules/destination.ts';
import type { StoredApp } from './rules/link-rules.ts';
import { readAppAddress } from './rules/read-app-address.ts';
import { loadSettings } from './tracking-settings.ts';

/** What a caller may say of a link beyond its destination; what is left out stays as it is. */
export interface ExtrasInput {
  expiredUrl?: string | null | undefined;
  rules?: LinkRule[] | undefined;
  variants?: LinkVariant[] | undefined;
  apps?: { ios?: AppInput | null | undefined; android?: AppInput | null | undefined } | null | undefined;
  password?: string | null | undefined;
  cookies?: 'always' | 'consent' | 'never' | null | undefined;
  tags?: string[] | undefined;
}

interface AppInput {
  opens: string;
  store: string | null;
}

export const noExtras: LinkExtraColumns = {
  expired_url: null,
  rules: [],
  variants: [],
  apps: null,
  password_hash: null,
  cookies: null,
  tags: [],
};

/** Judges addresses by the workspace's list of hosts. */
export type Guard = (text: string, field: string) => string;

/** A guard that gives an address in its normal form. Error of the guard: tracking.bad_destination. */
export async function openGuard(tx: Tx, workspaceId: string): Promise<Guard> {
  const { destinationHosts } = await loadSettings(tx, workspaceId);
  return (text, field) => {
    const verdict = readDestination(text);
    const message = !verdict.ok
      ? verdict.message
      : isAllowedHost(new URL(verdict.url).hostname, destinationHosts)
        ? null
        : `Links of this workspace may not lead to ${new URL(verdict.url).hostname}. Choose a host of the list in the tracking settings, or add it there.`;
    if (verdict.ok && message === null) return verdict.url;
    throw trackingError('bad_destination', message ?? '', [{ field, message: message ?? '' }]);
  };
}

/** The extras of a link with what the input changes. Errors: tracking.bad_destination, bad_app, bad_variants. */
export async function readExtras(
  guard: Guard,
  input: ExtrasInput,
  of: { before: LinkExtraColumns; utm: Utm },
): Promise<LinkExtraColumns> {
  const { before, utm } = of;
  const rules = input.rules?.map((rule, at) => ({
    ...rule,
    destination: guard(rule.destination, `rules.${at}.destination`),
  }));
  const variants = input.variants?.map((variant, at) => ({
    ...variant,
    destination: guard(variant.destination, `variants.${at}.destination`),
  }));
  if (variants !== undefined && variants.length > 0 && variants.every((variant) => variant.weight === 0)) {
    const message = 'All weights are 0. Give at least one destination a weight.';
    throw trackingError('bad_variants', message, [{ field: 'variants', message }]);
  }
  return {
    expired_url:
      input.expiredUrl === undefined
        ? before.expired_url
        : input.expiredUrl === null
          ? null
          : guard(input.expiredUrl, 'expiredUrl'),
    rules: (rules ?? before.rules).map((rule) => ({ ...rule, target: buildTarget(rule.destination, utm) })),
    variants: (variants ?? before.variants).map((variant) => ({
      ...variant,
      target: buildTarget(variant.destination, utm),
    })),
    apps: input.apps === undefined ? before.apps : readApps(guard, input.apps),
    password_hash:
      input.password === undefined
        ? before.password_hash
        : input.password === null
          ? null
          : await hashPassword(input.password),
    cookies: input.cookies === undefined ? before.cookies : input.cookies,
    tags: input.tags === undefined ? before.tags : [...new Set(input.tags)].sort(),
  };
}

function readApps(guard: Guard, input: NonNullable<ExtrasInput['apps']> | null): LinkExtraColumns['apps'] {
  if (input === null) return null;
  const apps: Partial<Record<'ios' | 'android', StoredApp>> = {};
  for (const system of ['ios', 'android'] as const) {
    const app = input[system];
    if (app === undefined || app === null) continue;
    const verdict = readAppAddress(app.opens);
    if (!verdict.ok) {
      const field = `apps.${system}.opens`;
      throw trackingError('bad_app', verdict.message, [{ field, message: verdict.message }]);
    }
    apps[system] = { opens: verdict.url, store: app.store === null ? null : guard(app.store, `apps.${system}.store`) };
  }
  return Object.keys(apps).length === 0 ? null : apps;
}

/** The host of a workspace's own that a link lives on. */
export interface LinkHome {
  host: string;
  keepsCase: boolean;
}

/** The host a link is to live on. Errors: not_found for none of the workspace's, tracking.domain_waiting before its DNS says so. */
export async function readDomain(tx: Tx, workspaceId: string, host: string | null): Promise<LinkHome | null> {
  if (host === null) return null;
  const domain = await selectDomain(tx, workspaceId, { host: host.trim().toLowerCase() });
  if (domain === undefined || domain.state !== 'live') {
    const message =
      domain === undefined
        ? `"${host}" is no host of this workspace. Name it under Tracking, Settings first.`
        : `"${host}" serves no links yet: ${domain.problem ?? 'its DNS was not seen'}.`;
    throw trackingError('domain_waiting', message, [{ field: 'domain', message }]);
  }
  return { host: domain.host, keepsCase: domain.is_case_sensitive };
}
