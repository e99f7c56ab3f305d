import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from '../api.ts';
import { importOrders } from './import-orders.ts';
import { getOrderImport, listOrderImportErrors, listOrderImports } from './read-order-imports.ts';
import { cancelOrderImport, startOrderImport } from './start-order-import.ts';
import { previewOrderFile, uploadOrderFile } from './upload-order-file.ts';

export function orderImportRoutes(infra: Infra): Route[] {
  return [
    route(api.importOrders, (call) => importOrders(infra, call)),
    route(api.uploadOrderFile, (call) => uploadOrderFile(infra, call)),
    route(api.previewOrderFile, (call) => previewOrderFile(infra, call)),
    route(api.startOrderImport, (call) => startOrderImport(infra, call)),
    route(api.listOrderImports, (call) => listOrderImports(infra, call)),
    route(api.getOrderImport, (call) => getOrderImport(infra, call)),
    route(api.cancelOrderImport, (call) => cancelOrderImport(infra, call)),
    route(api.listOrderImportErrors, (call) => listOrderImportErrors(infra, call)),
  ];
}
