import { type Route, route } from '#infra/http/call.ts';
import { describeInvitation, joinByInvitation } from './accept-invitation.ts';
import * as api from './api.ts';
import { giveRole, listPeople, takeOut } from './change-member.ts';
import { createOwnWorkspace } from './create-workspace.ts';
import { describeSession } from './describe-session.ts';
import { getWorkspace } from './get-workspace.ts';
import { endInvitation, invite, listOpenInvitations } from './invite.ts';
import { listOpenWorkspaces } from './list-workspaces.ts';
import { endKey, listKeys, makeKey } from './manage-api-keys.ts';
import { endAllSessions, type ProfileParts, renameSelf, replacePassword } from './own-profile.ts';
import { readAudit, readAuditFilters } from './read-audit.ts';
import { choosePassword, makeResetLink } from './reset-password.ts';
import { checkSetUp, setUpFirstOwner } from './set-up.ts';
import type { SetUpDoor } from './set-up-door.ts';
import { changeWorkspace } from './update-workspace.ts';

export function workspacesRoutes(parts: ProfileParts & { door: SetUpDoor }): Route[] {
  const { infra, auth, door } = parts;
  return [
    route(api.getSession, (call) => describeSession(infra, auth, call)),
    route(api.canSetUp, (call) => checkSetUp(infra, door, call)),
    route(api.setUp, (call) => setUpFirstOwner(infra, door, call)),
    route(api.listWorkspaces, (call) => listOpenWorkspaces(infra, call)),
    route(api.createWorkspace, (call) => createOwnWorkspace(infra, call)),
    route(api.getWorkspaceSettings, ({ workspaceId }) =>
      infra.db.inWorkspace(workspaceId, (tx) => getWorkspace(tx, workspaceId)),
    ),
    route(api.updateWorkspace, (call) => changeWorkspace(infra, call)),
    route(api.listMembers, (call) => listPeople(infra, call)),
    route(api.changeMemberRole, (call) => giveRole(infra, call)),
    route(api.removeMember, (call) => takeOut(infra, call)),
    route(api.listInvitations, (call) => listOpenInvitations(infra, call)),
    route(api.createInvitation, (call) => invite(infra, call)),
    route(api.revokeInvitation, (call) => endInvitation(infra, call)),
    route(api.lookUpInvitation, (call) => describeInvitation(infra, call)),
    route(api.acceptInvitation, (call) => joinByInvitation(infra, auth, call)),
    route(api.listApiKeys, (call) => listKeys(infra, call)),
    route(api.createApiKey, (call) => makeKey(infra, call)),
    route(api.revokeApiKey, (call) => endKey(infra, call)),
    route(api.listAudit, (call) => readAudit(infra, call)),
    route(api.listAuditFilters, (call) => readAuditFilters(infra, call)),
    route(api.updateProfile, (call) => renameSelf(parts, call)),
    route(api.changePassword, (call) => replacePassword(parts, call)),
    route(api.createPasswordReset, (call) => makeResetLink(infra, call)),
    route(api.chooseNewPassword, (call) => choosePassword(infra, call)),
    route(api.signOutEverywhere, (call) => endAllSessions(parts, call)),
  ];
}
