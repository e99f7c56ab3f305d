import { readFile } from 'node:fs/promises';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { getAttributionSettings, type Policy, policySchema } from '#modules/attribution/api.ts';
import { findCampaign } from './campaigns-find.ts';

export interface RuleOptions {
  campaign?: string;
  file?: string;
  model?: string;
  precedence?: string;
  days?: string;
  repeatDays?: string;
  together?: boolean;
  follow?: boolean;
  note?: string;
}

/** The rules that options ask for: those that hold now, with what a file and the options change. */
export async function readRules(
  client: Client,
  options: RuleOptions,
): Promise<{ campaignId?: string; policy: Policy | null }> {
  const campaignId = await campaignIdOf(client, options.campaign);
  const scope = campaignId === undefined ? {} : { campaignId };
  if (options.follow === true) {
    if (campaignId === undefined) throw optionFault('--follow', 'Name the campaign with --campaign.');
    return { ...scope, policy: null };
  }
  const { workspace, campaigns } = await client.call(getAttributionSettings, {});
  const own = campaigns.find((version) => version.campaign?.id === campaignId);
  const now = (campaignId === undefined ? null : own?.policy) ?? workspace.policy ?? policySchema.parse({});
  const file = options.file === undefined ? {} : await readPolicyFile(options.file);
  const asked = {
    ...now,
    ...file,
    ...(options.model === undefined ? {} : { model: options.model }),
    ...(options.precedence === undefined
      ? {}
      : { precedence: options.precedence.split(',').map((kind) => kind.trim()) }),
    ...(options.together === true ? { isTogether: true } : {}),
  };
  const windows = {
    ...now.windows,
    ...(isObject(file.windows) ? file.windows : {}),
    ...(options.days === undefined ? {} : { firstDays: Number(options.days), repeatDays: Number(options.days) }),
    ...(options.repeatDays === undefined ? {} : { repeatDays: Number(options.repeatDays) }),
  };
  const parsed = policySchema.safeParse({ ...asked, windows });
  if (parsed.success) return { ...scope, policy: parsed.data };
  const [issue] = parsed.error.issues;
  throw optionFault(issue?.path.join('.') ?? 'rules', issue?.message ?? 'is not as expected');
}

async function readPolicyFile(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw optionFault('--file', `${file} cannot be read.`);
  });
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    throw optionFault('--file', `${file} is not JSON.`);
  }
  throw optionFault('--file', `${file} holds no rules. Write an object such as {"model": "linear"}.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function optionFault(option: string, message: string): AppError {
  return new AppError('invalid', 'cli.bad_option', `${option}: ${message}`, [{ field: option, message }]);
}

export async function campaignIdOf(client: Client, campaign: string | undefined): Promise<string | undefined> {
  return campaign === undefined ? undefined : (await findCampaign(client, campaign)).id;
}
