import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import * as api from './api.ts';
import { cancelOne, downloadOne, getOne, listAll, type Parts, removeOne, startOne } from './make-archives.ts';
import {
  cancelOneImport,
  getOneImport,
  listAllImports,
  removeOneImport,
  startOneImport,
  uploadOne,
} from './take-in-archives.ts';

export function archivesRoutes(parts: Parts): Route[] {
  return [
    route(api.startArchive, (call) => startOne(parts, call)),
    route(api.listArchives, (call) => listAll(parts, call)),
    route(api.getArchive, (call) => getOne(parts, call)),
    route(api.cancelArchive, (call) => cancelOne(parts, call)),
    downloadRoute(api.downloadArchive, (call) => downloadOne(parts, call)),
    route(api.removeArchive, (call) => removeOne(parts, call)),
    route(api.uploadArchive, (call) => uploadOne(parts, call)),
    route(api.listArchiveImports, (call) => listAllImports(parts, call)),
    route(api.getArchiveImport, (call) => getOneImport(parts, call)),
    route(api.startArchiveImport, (call) => startOneImport(parts, call)),
    route(api.cancelArchiveImport, (call) => cancelOneImport(parts, call)),
    route(api.removeArchiveImport, (call) => removeOneImport(parts, call)),
  ];
}
