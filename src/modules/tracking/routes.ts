import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { createLink, createRosterLinks } from './create-links.ts';
import { drawLinkQr } from './draw-link-qr.ts';
import type { LinkTable } from './link-table.ts';
import { getLink, listLinks } from './list-links.ts';
import { updateLink } from './update-link.ts';

export function trackingRoutes(infra: Infra, table: LinkTable): Route[] {
  return [
    route(api.createLink, (call) => createLink(infra, table, call)),
    route(api.createRosterLinks, (call) => createRosterLinks(infra, table, call)),
    route(api.listLinks, (call) => listLinks(infra, call)),
    route(api.getLink, (call) => getLink(infra, call)),
    route(api.updateLink, (call) => updateLink(infra, table, call)),
    downloadRoute(api.getLinkQr, (call) => drawLinkQr(infra, call)),
  ];
}
