import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from '../api.ts';
import type { LinkTable } from '../link-table.ts';
import type { LiveHub } from '../live-hub.ts';
import { createSnippetKey, listSnippetKeys, revokeSnippetKey, updateSnippetKey } from './manage-keys.ts';
import { createTellLimit, tellBySnippet } from './tell.ts';

export function snippetRoutes(infra: Infra, parts: { table: LinkTable; hub: LiveHub }): Route[] {
  const tell = { infra, ...parts, limit: createTellLimit() };
  return [
    route(api.listSnippetKeys, (call) => listSnippetKeys(infra, call)),
    route(api.createSnippetKey, (call) => createSnippetKey(infra, call)),
    route(api.updateSnippetKey, (call) => updateSnippetKey(infra, call)),
    route(api.revokeSnippetKey, (call) => revokeSnippetKey(infra, call)),
    route(api.tellBySnippet, (call) => tellBySnippet(tell, call)),
  ];
}
