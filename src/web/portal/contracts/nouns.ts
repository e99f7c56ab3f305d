/** Answers that are stale after a contract changed. */
export const portalContractNouns = ['portalContracts', 'portalHome', 'portal'];
