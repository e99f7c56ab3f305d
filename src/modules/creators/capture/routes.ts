import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from '../api.ts';
import { readOne, saveOne } from './capture-page.ts';
import { previewPasted } from './preview-handles.ts';

export function captureRoutes(infra: Infra): Route[] {
  return [
    route(api.previewHandles, (call) => previewPasted(infra, call)),
    route(api.readCapture, (call) => readOne(infra, call)),
    route(api.saveCapture, (call) => saveOne(infra, call)),
  ];
}
