import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { askTheModel } from './ask/ask-model.ts';
import { askQuestion } from './ask/ask-question.ts';
import { createWordsKeeper } from './ask/gather-words.ts';
import type { QuestionModel } from './ask/question-model.ts';
import type { IndexHost } from './index-host.ts';
import { commentByLink, readShared, voteByLink } from './open-share.ts';
import { readDetails } from './read-details.ts';
import { changeSavedSearch } from './saved-searches.ts';
import { forgetHistory, readHistory, remember } from './search-history.ts';
import { checkNow, pageNotices, readNotice, seeNotices } from './search-notices.ts';
import { endLink, makeShare, pageShares } from './share-list.ts';

/** Questions in words, alerts and history of searches, shared lists. */
export function shortlistRoutes(infra: Infra, host: IndexHost, model: QuestionModel | null): Route[] {
  const parts = { host, wordsOf: createWordsKeeper(infra, host), canAskModel: model !== null };
  return [
    route(api.askDiscovery, ({ workspaceId, input }) => askQuestion(infra, parts, { workspaceId, ...input })),
    route(api.askModel, ({ workspaceId, input }) => askTheModel(infra, { ...parts, model }, { workspaceId, ...input })),
    route(api.hitDetails, ({ workspaceId, input }) => readDetails(infra, { workspaceId, ...input })),
    route(api.updateSearch, (call) => changeSavedSearch(infra, host, call)),
    route(api.checkSearch, (call) => checkNow(infra, host, call)),
    route(api.listSearchNotices, (call) => pageNotices(infra, call)),
    route(api.getSearchNotice, (call) => readNotice(infra, call)),
    route(api.seeSearchNotices, (call) => seeNotices(infra, call)),
    route(api.searchHistory, (call) => readHistory(infra, call)),
    route(api.rememberSearch, (call) => remember(infra, call)),
    route(api.forgetSearches, (call) => forgetHistory(infra, call)),
    route(api.shareList, (call) => makeShare(infra, call)),
    route(api.listShares, (call) => pageShares(infra, call)),
    route(api.revokeShare, (call) => endLink(infra, call)),
    route(api.openShare, (call) => readShared(infra, host, call)),
    route(api.voteAsGuest, (call) => voteByLink(infra, call)),
    route(api.commentAsGuest, (call) => commentByLink(infra, call)),
  ];
}
