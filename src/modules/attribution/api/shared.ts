export const read = 'tracking:read' as const;
export const write = 'tracking:write' as const;
