import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from '../api.ts';
import { createCampaignModel, listCampaignModels, removeCampaignModel, updateCampaignModel } from './keep-models.ts';

export function modelRoutes(infra: Infra): Route[] {
  return [
    route(api.listCampaignModels, (call) => listCampaignModels(infra, call)),
    route(api.createCampaignModel, (call) => createCampaignModel(infra, call)),
    route(api.updateCampaignModel, (call) => updateCampaignModel(infra, call)),
    route(api.removeCampaignModel, (call) => removeCampaignModel(infra, call)),
  ];
}
