import type { SafeFetch } from '#infra/fetch/safe-fetch.ts';
import type { MailServers } from '#modules/outreach/index.ts';
import { checkImap, readFolders } from './imap/read-folders.ts';
import { openMailbox } from './smtp/open-mailbox.ts';
import { exchangeCode, refreshToken } from './smtp/refresh-token.ts';

/** Mail servers of the world. `allowedHosts`: those on this machine or network that may be used. */
export function createMailServers(fetch: SafeFetch, allowedHosts: readonly string[]): MailServers {
  return {
    openSmtp: (at) => openMailbox(allowedHosts, at),
    checkImap: (at) => checkImap(allowedHosts, at),
    readFolders: (at, from) => readFolders(allowedHosts, at, from),
    exchangeCode: (at, now) => exchangeCode(fetch, at, now),
    refreshToken: (at, now) => refreshToken(fetch, at, now),
  };
}
