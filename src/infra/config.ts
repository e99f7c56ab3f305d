import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '#kernel/errors.ts';

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4600),
  HOST: z.string().min(1).default('127.0.0.1'),
  RAPPORT_DATA: z.string().min(1).default('./data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  RAPPORT_URL: z.url({ protocol: /^https?$/ }).optional(),
  RAPPORT_ADMIN_EMAIL: z.email().optional(),
  RAPPORT_ADMIN_PASSWORD: z.string().min(8).max(200).optional(),
  RAPPORT_SECRET: z.string().min(32).optional(),
  RAPPORT_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  RAPPORT_TRUSTED_PROXIES: z.string().optional(),
  RAPPORT_WORD_VECTORS: z.string().min(1).optional(),
  RAPPORT_AI_URL: z.url({ protocol: /^https?$/ }).optional(),
  RAPPORT_AI_MODEL: z.string().min(1).max(200).optional(),
  RAPPORT_AI_KEY: z.string().min(1).max(1000).optional(),
  RAPPORT_SEARCH_ENGINE: z.enum(['auto', 'memory', 'sql']).default('auto'),
  RAPPORT_INDEX_MEMORY_MB: z.coerce.number().int().min(16).max(1_000_000).default(2000),
  RAPPORT_SMTP_URL: z.url({ protocol: /^smtps?$/, hostname: /./ }).optional(),
  RAPPORT_MAIL_FROM: z.string().transform(readSender).optional(),
  RAPPORT_MAIL_HOSTS: z.string().optional(),
});

/** `Name <address>` or an address alone. */
function readSender(text: string, context: z.RefinementCtx): { name: string | null; address: string } {
  const named = /^\s*"?([^"<>\r\n]{1,200}?)"?\s*<([^<>\s]+)>\s*$/.exec(text);
  const address = (named?.[2] ?? text).trim();
  if (!z.email().safeParse(address).success)
    context.addIssue({ code: 'custom', message: 'must be an e-mail address, or Name <address>' });
  return { name: named?.[1] ?? null, address };
}

export interface Config {
  port: number;
  host: string;
  /** Absolute path of the data folder. */
  dataDir: string;
  databaseUrl: string | null;
  /** Public origin without a trailing slash; short links and mails are made from it. */
  publicUrl: string;
  adminEmail: string | null;
  adminPassword: string | null;
  /** Shared install secret; null means the one kept in the data folder. */
  secret: string | null;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Addresses whose X-Forwarded-* headers are believed; none by default. */
  trustedProxies: string[];
  /** Absolute path of word vectors to use instead of those that ship; null for those. */
  wordVectorsFile: string | null;
  /** An OpenAI-compatible API that may read questions; null asks none. */
  languageModel: { url: string; model: string; key: string | null } | null;
  /** What answers searches: an index in memory, the database, or the index as long as it fits the memory allowed. */
  searchEngine: 'auto' | 'memory' | 'sql';
  /** Memory that the search indexes of all workspaces may take together; the one not asked the longest is let go above it. */
  indexMemoryMb: number;
  /** The installation's own way of sending mail; null sends none. */
  mail: { url: URL; from: { name: string | null; address: string } } | null;
  /** Mail servers on this machine or network that mailboxes of workspaces may use; none by default. */
  mailHosts: string[];
}

/** Reads the environment once; all faults are reported together. Nothing else in the program reads it. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    const details = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
    const list = details.map((detail) => `${detail.field}: ${detail.message}`).join('; ');
    throw new AppError('invalid', 'config.invalid', `The environment is not usable. ${list}`, details);
  }
  const values = parsed.data;
  if ((values.RAPPORT_SMTP_URL === undefined) !== (values.RAPPORT_MAIL_FROM === undefined)) {
    const field = values.RAPPORT_SMTP_URL === undefined ? 'RAPPORT_SMTP_URL' : 'RAPPORT_MAIL_FROM';
    const message = 'RAPPORT_SMTP_URL and RAPPORT_MAIL_FROM are given together or not at all';
    throw new AppError('invalid', 'config.invalid', `The environment is not usable. ${field}: ${message}`, [
      { field, message },
    ]);
  }
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: resolve(values.RAPPORT_DATA),
    databaseUrl: values.DATABASE_URL ?? null,
    publicUrl: (values.RAPPORT_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, ''),
    adminEmail: values.RAPPORT_ADMIN_EMAIL ?? null,
    adminPassword: values.RAPPORT_ADMIN_PASSWORD ?? null,
    secret: values.RAPPORT_SECRET ?? null,
    logLevel: values.RAPPORT_LOG,
    wordVectorsFile: values.RAPPORT_WORD_VECTORS === undefined ? null : resolve(values.RAPPORT_WORD_VECTORS),
    trustedProxies: listOf(values.RAPPORT_TRUSTED_PROXIES),
    languageModel:
      values.RAPPORT_AI_URL === undefined || values.RAPPORT_AI_MODEL === undefined
        ? null
        : { url: values.RAPPORT_AI_URL, model: values.RAPPORT_AI_MODEL, key: values.RAPPORT_AI_KEY ?? null },
    searchEngine: values.RAPPORT_SEARCH_ENGINE,
    indexMemoryMb: values.RAPPORT_INDEX_MEMORY_MB,
    mail:
      values.RAPPORT_SMTP_URL === undefined || values.RAPPORT_MAIL_FROM === undefined
        ? null
        : { url: new URL(values.RAPPORT_SMTP_URL), from: values.RAPPORT_MAIL_FROM },
    mailHosts: listOf(values.RAPPORT_MAIL_HOSTS).map((host) => host.toLowerCase()),
  };
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
