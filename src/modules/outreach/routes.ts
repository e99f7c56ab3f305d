import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import * as api from './api.ts';
import { beginConsent, endConsent } from './ask-for-consent.ts';
import { approve, change, discard, listAllDrafts } from './decide-drafts.ts';
import { add, check, list, remove } from './do-not-contact.ts';
import { readSettings, saveSettings } from './keep-settings.ts';
import { cancel, listAll, listRuns } from './list-mailings.ts';
import { connectBox, listBoxes, testBox, updateBox } from './manage-mailboxes.ts';
import { changeSequence, dropSequence, listAllSequences, makeSequence } from './manage-sequences.ts';
import { createTemplate, listTemplates, removeTemplate, updateTemplate } from './manage-templates.ts';
import type { Parts } from './parts.ts';
import { propose } from './propose-drafts.ts';
import { countWaiting } from './queries/threads.ts';
import { listPage, mark, readThread } from './read-threads.ts';
import { removeBox } from './remove-mailbox.ts';
import { preview, start } from './start-mailing.ts';
import { syncNow } from './sync-mailbox.ts';
import { openPicture, readChoice, unsubscribe } from './unsubscribe.ts';
import { log, reply } from './write-in-thread.ts';

export function outreachRoutes(parts: Parts): Route[] {
  const { infra } = parts;
  return [
    route(api.getOutreachSettings, (call) => readSettings(infra, call)),
    route(api.saveOutreachSettings, (call) => saveSettings(infra, call)),
    route(api.listMailboxes, (call) => listBoxes(infra, call)),
    route(api.connectMailbox, (call) => connectBox(parts, call)),
    route(api.startConsent, (call) => beginConsent(parts, call)),
    route(api.finishConsent, (call) => endConsent(parts, call)),
    route(api.updateMailbox, (call) => updateBox(parts, call)),
    route(api.testMailbox, (call) => testBox(parts, call)),
    route(api.syncMailbox, (call) => syncNow(parts, call)),
    route(api.removeMailbox, (call) => removeBox(infra, call)),
    route(api.listMailTemplates, (call) => listTemplates(infra, call)),
    route(api.createMailTemplate, (call) => createTemplate(infra, call)),
    route(api.updateMailTemplate, (call) => updateTemplate(infra, call)),
    route(api.removeMailTemplate, (call) => removeTemplate(infra, call)),
    route(api.listSequences, (call) => listAllSequences(infra, call)),
    route(api.createSequence, (call) => makeSequence(infra, call)),
    route(api.updateSequence, (call) => changeSequence(infra, call)),
    route(api.removeSequence, (call) => dropSequence(infra, call)),
    route(api.previewMailing, (call) => preview(infra, call)),
    route(api.startMailing, (call) => start(infra, call)),
    route(api.listMailings, (call) => listAll(infra, call)),
    route(api.listMailingRuns, (call) => listRuns(infra, call)),
    route(api.cancelMailing, (call) => cancel(infra, call)),
    route(api.listThreads, (call) => listPage(infra, call)),
    route(api.countThreads, ({ workspaceId }) =>
      infra.db.inWorkspace(workspaceId, (tx) => countWaiting(tx, workspaceId)),
    ),
    route(api.getThread, (call) => readThread(infra, call)),
    route(api.replyToThread, (call) => reply(infra, call)),
    route(api.markThread, (call) => mark(infra, call)),
    route(api.logTouch, (call) => log(infra, call)),
    route(api.proposeDrafts, (call) => propose(parts, call)),
    route(api.listDrafts, (call) => listAllDrafts(infra, call)),
    route(api.changeDraft, (call) => change(infra, call)),
    route(api.approveDraft, (call) => approve(infra, call)),
    route(api.discardDraft, (call) => discard(infra, call)),
    route(api.listDoNotContact, (call) => list(infra, call)),
    route(api.addDoNotContact, (call) => add(infra, call)),
    route(api.checkDoNotContact, (call) => check(infra, call)),
    route(api.removeDoNotContact, (call) => remove(infra, call)),
    route(api.oneClickUnsubscribe, (call) => unsubscribe(infra, call)),
    route(api.readUnsubscribe, (call) => readChoice(infra, call)),
    downloadRoute(api.readOpenPicture, (call) => openPicture(infra, call)),
  ];
}
