/** How an automation signs what it does. */
export const actorNameOf = (automationName: string) => `Automation “${automationName}”`;
