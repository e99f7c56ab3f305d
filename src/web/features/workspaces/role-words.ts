import { type Role, roles } from '#modules/workspaces/api.ts';

/** What each role is called and may do, in the words of the page. The server's table decides. */
export const roleWords: Record<Role, { label: string; does: string }> = {
  owner: { label: 'Owner', does: 'everything, and alone makes or removes owners.' },
  admin: { label: 'Admin', does: 'everything but changes to owners.' },
  manager: {
    label: 'Manager',
    does: 'runs campaigns, creators, links and reports; sees people, keys and the audit trail.',
  },
  analyst: { label: 'Analyst', does: 'sees all work, searches, vets creators and builds reports.' },
  finance: { label: 'Finance', does: 'sees all work and builds reports.' },
  viewer: { label: 'Viewer', does: 'sees all work, changes nothing.' },
};

export const roleOptions = roles.map((role) => ({ value: role, label: roleWords[role].label }));
