import type { Infra } from '#infra/module.ts';
import type { MailServers, TokenAnswer } from './mail-servers.ts';

/** A model that may write drafts, on this machine or elsewhere; used only when somebody asks for it. */
export interface DraftModel {
  name: string;
  propose(ask: { question: string; instructions: string }, signal: AbortSignal): Promise<unknown>;
}

/** What the use cases of this module are made of. */
export interface Parts {
  infra: Infra;
  servers: MailServers;
  /** Null unless one is configured. */
  draftModel: DraftModel | null;
  /** Access tokens while they hold, by mailbox; never written down. */
  tokens: Map<string, TokenAnswer>;
}
