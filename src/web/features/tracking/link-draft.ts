import type { InputOf } from '#kernel/endpoint.ts';
import {
  type createLink,
  deviceNames,
  type Link,
  type LinkRule,
  systemNames,
  type Utm,
  type updateLink,
} from '#modules/tracking/api.ts';
import type { RuleDraft, VariantDraft } from './link-rule-fields.tsx';
import { readInstant } from './words.ts';

/** A link as its form holds it. */
export type LinkDraft = ReturnType<typeof draftOf>;

export function draftOf(link: Link | null) {
  return {
    destination: link?.destination ?? '',
    slug: '',
    domain: link?.domain ?? '',
    source: link?.utm.source ?? '',
    medium: link?.utm.medium ?? '',
    campaign: link?.utm.campaign ?? '',
    content: link?.utm.content ?? '',
    term: link?.utm.term ?? '',
    expiresAt: '',
    expiredUrl: link?.expiredUrl ?? '',
    tags: link?.tags ?? [],
    cookies: link?.cookies ?? '',
    password: '',
    removesPassword: false,
    iosOpens: link?.apps?.ios?.opens ?? '',
    iosStore: link?.apps?.ios?.store ?? '',
    androidOpens: link?.apps?.android?.opens ?? '',
    androidStore: link?.apps?.android?.store ?? '',
    rules: (link?.rules ?? []).map(
      (rule, at): RuleDraft => ({
        key: `rule ${at}`,
        countries: rule.countries ?? [],
        devices: rule.devices ?? [],
        systems: rule.systems ?? [],
        destination: rule.destination,
      }),
    ),
    variants: (link?.variants ?? []).map((variant, at): VariantDraft => ({ key: `variant ${at}`, ...variant })),
  };
}

/** UTM parameters of the form; for a new link only those that were filled in, so that the defaults stand. */
export function utmOf(values: LinkDraft, link: Link | null): Utm {
  const { source, medium, campaign, content, term } = values;
  const all = { source, medium, campaign, content, term };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => link !== null || value !== ''));
}

type Extras = Pick<
  InputOf<typeof updateLink> & InputOf<typeof createLink>,
  'expiredUrl' | 'rules' | 'variants' | 'apps' | 'password' | 'cookies' | 'tags' | 'expiresAt'
>;

/** Everything beyond destination and UTM, as the API takes it. */
export function extrasOf(values: LinkDraft): Extras {
  const app = (opens: string, store: string) =>
    opens.trim() === '' ? null : { opens, store: store.trim() === '' ? null : store };
  const ios = app(values.iosOpens, values.iosStore);
  const android = app(values.androidOpens, values.androidStore);
  const expiresAt = readInstant(values.expiresAt);
  return {
    ...(expiresAt === null ? {} : { expiresAt }),
    expiredUrl: values.expiredUrl.trim() === '' ? null : values.expiredUrl,
    rules: values.rules.map(ruleOf),
    variants: values.variants.map(({ weight, destination }) => ({ weight, destination })),
    apps: ios === null && android === null ? null : { ios, android },
    cookies: cookieMode(values.cookies),
    tags: values.tags,
    ...(values.password === '' ? (values.removesPassword ? { password: null } : {}) : { password: values.password }),
  };
}

function ruleOf({ countries, devices, systems, destination }: RuleDraft): LinkRule {
  return {
    ...(countries.length > 0 ? { countries } : {}),
    ...(devices.length > 0 ? { devices: deviceNames.filter((name) => devices.includes(name)) } : {}),
    ...(systems.length > 0 ? { systems: systemNames.filter((name) => systems.includes(name)) } : {}),
    destination,
  };
}

function cookieMode(text: string): 'always' | 'consent' | 'never' | null {
  return text === 'always' || text === 'consent' || text === 'never' ? text : null;
}
