import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { changeExistingList, createNewList } from './change-list.ts';
import { addMembers, noteMember, removeMembers } from './change-members.ts';
import { changeSettings } from './change-settings.ts';
import { changeTiers } from './change-tiers.ts';
import { exportListFile } from './export-list.ts';
import { findValues } from './find-values.ts';
import type { IndexHost } from './index-host.ts';
import { marketRoutes } from './market-routes.ts';
import { selectSettings } from './queries/search-settings.ts';
import { pageLists, pageMembers, readList, readListsOfCreator } from './read-lists.ts';
import { readTiers } from './read-tiers.ts';
import { forgetSearch, keepSearch, pageSearches, runSavedSearch } from './saved-searches.ts';
import { searchIn } from './search-creators.ts';
import { commentOnMember, pageComments, voteOnMember } from './vote-on-member.ts';

export function discoveryRoutes(infra: Infra, host: IndexHost): Route[] {
  return [
    route(api.searchCreators, ({ workspaceId, input }) => searchIn(infra, host, { workspaceId, query: input })),
    route(api.searchValues, ({ workspaceId, input }) => findValues(infra, host, { workspaceId, ...input })),
    route(api.getTiers, ({ workspaceId }) =>
      infra.db.inWorkspace(workspaceId, async (tx) => ({ tiers: await readTiers(tx, workspaceId) })),
    ),
    route(api.putTiers, (call) => changeTiers(infra, call)),
    route(api.getSearchSettings, ({ workspaceId }) =>
      infra.db.inWorkspace(workspaceId, (tx) => selectSettings(tx, workspaceId)),
    ),
    route(api.putSearchSettings, (call) => changeSettings(infra, call)),
    route(api.listLists, (call) => pageLists(infra, call)),
    route(api.createList, (call) => createNewList(infra, host, call)),
    route(api.getList, (call) => readList(infra, call)),
    route(api.listMembers, (call) => pageMembers(infra, host, call)),
    route(api.updateList, (call) => changeExistingList(infra, host, call)),
    route(api.addToList, (call) => addMembers(infra, host, call)),
    route(api.removeFromList, (call) => removeMembers(infra, host, call)),
    route(api.noteListMember, (call) => noteMember(infra, call)),
    route(api.voteListMember, (call) => voteOnMember(infra, call)),
    route(api.commentListMember, (call) => commentOnMember(infra, call)),
    route(api.listComments, (call) => pageComments(infra, call)),
    downloadRoute(api.exportList, (call) => exportListFile(infra, host, call)),
    route(api.listsOfCreator, (call) => readListsOfCreator(infra, call)),
    route(api.listSearches, (call) => pageSearches(infra, call)),
    route(api.saveSearch, (call) => keepSearch(infra, host, call)),
    route(api.deleteSearch, (call) => forgetSearch(infra, call)),
    route(api.runSearch, (call) => runSavedSearch(infra, host, call)),
    ...marketRoutes(infra),
  ];
}
