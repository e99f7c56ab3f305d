import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';

/** One page. `path` may hold `$params`; `children` are drawn in the page's <Outlet />. */
export interface FeatureRoute {
  path: string;
  /** Last breadcrumb and document title, until the page says better with useCrumb. */
  title: string;
  load: () => Promise<ComponentType>;
  children?: FeatureRoute[];
}

export interface RailEntry {
  label: string;
  /** Path below the workspace, such as /creators. */
  to: string;
  icon: Icon;
  /** `foot` entries stand at the end of the rail. */
  place?: 'main' | 'foot';
}

export interface RailCount {
  to: string;
  count: number;
  /** Said to screen readers after the number: "7 things need you". */
  label: string;
  isUrgent?: boolean;
}

/** A line of the command palette: a page to open or a thing to do. */
export interface Command {
  id: string;
  label: string;
  description?: string;
  icon?: Icon;
  /** Further words it should be found by. */
  keywords?: string[];
  run: (go: Go) => void;
}

export type Go = (
  to: string,
  options?: { params?: Record<string, string>; search?: Record<string, unknown>; replace?: boolean },
) => void;

/** Something the palette found for the typed words: a creator, a campaign. */
export interface Found {
  id: string;
  label: string;
  description?: string;
  /** Id the face is drawn from; leave out for things without a face. */
  faceId?: string;
  to: string;
  params?: Record<string, string>;
}

export interface RunningJob {
  id: string;
  /** What is being done: "Refreshing 214 creators". */
  label: string;
  /** 0 to 100, or null while the size is not known yet. */
  percent: number | null;
  cancel?: () => void;
}

export interface Notice {
  id: string;
  title: string;
  text?: string;
  at: string;
  to?: string;
  params?: Record<string, string>;
  isUnread: boolean;
}

/** A page inside another feature's page, drawn in its <Outlet /> and offered in its tabs: "Tracking" on a campaign. */
export interface FeatureTab {
  /** Path of the page it belongs to, as that feature declares it: /campaigns/$campaignId. */
  of: string;
  /** Below that page: /tracking. */
  path: string;
  title: string;
  load: () => Promise<ComponentType>;
  /** Tabs of other features stand by this number, then by title. */
  order: number;
  /** Offered only where the page shows a thing of this kind: a campaign of this model. */
  onlyFor?: string;
}

/** All that a feature gives to the shell. The `use…` hooks run inside the open workspace on every page. */
export interface Feature {
  name: string;
  /** Pages below /app/:workspace. */
  routes: FeatureRoute[];
  /** Pages below /app, outside of any workspace. */
  outside?: FeatureRoute[];
  /** Pages that stand as tabs on pages of other features. */
  tabs?: FeatureTab[];
  rail?: RailEntry[];
  commands?: Command[];
  useFound?: (words: string) => { group: string; hits: Found[] };
  useRailCounts?: () => RailCount[];
  useJobs?: () => RunningJob[];
  useNotices?: () => Notice[];
  /** The "Remove sample" button in the sample workspace's banner. */
  SampleAction?: ComponentType;
}
