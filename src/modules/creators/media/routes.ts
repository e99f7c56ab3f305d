import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from '../api.ts';
import { fetchOne, openPicture, removeOne, uploadOne } from './change-pictures.ts';

export function mediaRoutes(infra: Infra): Route[] {
  return [
    route(api.uploadPicture, (call) => uploadOne(infra, call)),
    route(api.fetchPicture, (call) => fetchOne(infra, call)),
    route(api.removePicture, (call) => removeOne(infra, call)),
    downloadRoute(api.getMedia, (call) => openPicture(infra, call)),
  ];
}
