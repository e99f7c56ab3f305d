import type { z } from 'zod';
import type { Endpoint, OutputOf } from '#kernel/endpoint.ts';
import { automationsError } from './errors.ts';
import type { Facts, IdName } from './rules/facts.ts';
import { fillText } from './rules/fill-text.ts';

/** Calls another module as the automation, by one of its endpoints: parsed, in its own transaction, with its own audit entry. */
export type Act = <E extends Endpoint>(target: E, input: z.input<E['input']>) => Promise<OutputOf<E>>;

/** One action at work: what is known, what was set, and today in the workspace's time zone. */
export interface Doing {
  facts: Facts;
  settings: Readonly<Record<string, string>>;
  today: string;
  act: Act;
}

/** The id of what the event is about. Error: bad_action. */
export const id = ({ facts }: Doing, name: IdName): string => {
  const found = facts.ids[name];
  if (found === undefined) throw automationsError('bad_action', `What happened names no ${name}.`);
  return found;
};
/** A setting with what is known put into it. */
export const text = ({ facts, settings }: Doing, name: string): string => fillText(settings[name]?.trim() ?? '', facts);
export const one = (doing: Doing) => [id(doing, 'creator')];
export const enrolled = (doing: Doing) => ({
  campaignId: id(doing, 'campaign'),
  enrolmentIds: [id(doing, 'enrolment')],
});
