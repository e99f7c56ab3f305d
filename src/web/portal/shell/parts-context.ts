import { createContext, useContext } from 'react';
import type { PortalPart } from '#web/portal/shell/part.ts';

export const PartsContext = createContext<readonly PortalPart[]>([]);

export function useParts(): readonly PortalPart[] {
  return useContext(PartsContext);
}
