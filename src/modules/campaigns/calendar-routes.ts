import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import type { CalendarSource } from './calendar-items.ts';
import { endFeed, makeFeed, openFeed, readFeed } from './keep-feed.ts';
import { getCalendar, getCalendarFile } from './list-calendar.ts';

export function calendarRoutes(infra: Infra, sources: readonly CalendarSource[]): Route[] {
  return [
    route(api.getCalendar, (call) => getCalendar(infra, sources, call)),
    downloadRoute(api.getCalendarFile, (call) => getCalendarFile(infra, sources, call)),
    route(api.getCalendarFeed, (call) => readFeed(infra, call)),
    route(api.makeCalendarFeed, (call) => makeFeed(infra, call)),
    route(api.endCalendarFeed, (call) => endFeed(infra, call)),
    downloadRoute(api.openCalendarFeed, (call) => openFeed(infra, sources, call)),
  ];
}
