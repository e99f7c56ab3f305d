/** Which application page, and the invitation it was opened by. */
export interface PageAddress {
  workspaceSlug: string;
  pageSlug: string;
  inviteCode: string;
}
