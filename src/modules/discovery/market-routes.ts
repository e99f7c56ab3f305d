import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { changeBrand, forgetBrand, watchBrand } from './competitors/change-brands.ts';
import { putBrandsSideBySide } from './competitors/compare-brands.ts';
import { pageBrandFollowers } from './competitors/find-brand-followers.ts';
import { listWatched } from './competitors/list-brands.ts';
import { pageBrandCreators, pageBrandPosts } from './competitors/read-brand-creators.ts';
import { matchFile, matchPasted } from './customers/match-customers.ts';
import {
  decideOnCustomer,
  forgetAllCustomers,
  pageCustomerCreators,
  readCustomerSummary,
} from './customers/read-customer-creators.ts';
import { compareAudiences } from './overlap/compare-audiences.ts';
import { importFollowerFile } from './overlap/import-followers.ts';
import { forgetSet, pageSets } from './overlap/read-sets.ts';
import { putTiersSideBySide } from './tier-comparison/compare-tiers.ts';

/** Audiences, brands, customers and tiers: what lies around the search. */
export function marketRoutes(infra: Infra): Route[] {
  return [
    route(api.importFollowers, (call) => importFollowerFile(infra, call)),
    route(api.listFollowerSets, (call) => pageSets(infra, call)),
    route(api.deleteFollowerSet, (call) => forgetSet(infra, call)),
    route(api.getOverlap, (call) => compareAudiences(infra, call)),
    route(api.listBrands, ({ workspaceId }) => listWatched(infra, workspaceId)),
    route(api.createBrand, (call) => watchBrand(infra, call)),
    route(api.compareBrands, (call) => putBrandsSideBySide(infra, call)),
    route(api.updateBrand, (call) => changeBrand(infra, call)),
    route(api.deleteBrand, (call) => forgetBrand(infra, call)),
    route(api.listBrandCreators, (call) => pageBrandCreators(infra, call)),
    route(api.listBrandPosts, (call) => pageBrandPosts(infra, call)),
    route(api.listBrandFollowers, (call) => pageBrandFollowers(infra, call)),
    route(api.matchCustomers, (call) => matchPasted(infra, call)),
    route(api.importCustomers, (call) => matchFile(infra, call)),
    route(api.getCustomers, ({ workspaceId }) => readCustomerSummary(infra, workspaceId)),
    route(api.listCustomerCreators, (call) => pageCustomerCreators(infra, call)),
    route(api.decideCustomer, (call) => decideOnCustomer(infra, call)),
    route(api.forgetCustomers, (call) => forgetAllCustomers(infra, call)),
    route(api.compareTiers, (call) => putTiersSideBySide(infra, call)),
  ];
}
