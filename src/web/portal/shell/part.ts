import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';

/** One page of the portal. `path` is below /p and may hold `$params`. */
export interface PortalRoute {
  path: string;
  /** Title of the document. */
  title: string;
  load: () => Promise<ComponentType>;
}

export interface PortalNavEntry {
  label: string;
  /** Below /p, such as /links. */
  to: string;
  icon: Icon;
  /** From left to right; there is room for five. */
  order: number;
}

/** All that a part gives to the portal: `export const part: PortalPart` in its routes.tsx, listed in portal-app.tsx. */
export interface PortalPart {
  name: string;
  /** Pages for a creator who is in: drawn in the frame, their calls in the brand that is open. */
  routes: PortalRoute[];
  /** Pages for anybody, such as an application form; they bring a frame of their own. */
  outside?: PortalRoute[];
  /** A section of the home page, below what is to do. It draws nothing when it has nothing to say. */
  home?: { order: number; load: () => Promise<ComponentType> };
  nav?: PortalNavEntry[];
}
