import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type ContractClause,
  type ContractModel,
  type ContractTemplate,
  contractModelSchema,
  jurisdictionSchema,
  type LibraryClause,
  type listClauses,
  type listTemplates,
  notLegalAdvice,
  type removeClause,
  type removeTemplate,
  type saveClause,
  type saveTemplate,
  termsSchema,
} from './api.ts';
import { contractsError } from './errors.ts';
import { shippedClauses } from './library/clauses.ts';
import type { ShippedClause } from './library/shipped-clause.ts';
import { shippedTemplates } from './library/templates.ts';
import {
  type ClauseRow,
  removeLibraryRow,
  selectClauses,
  selectTemplates,
  type TemplateRow,
  upsertClause,
  upsertTemplate,
} from './queries/library.ts';
import { variables } from './rules/clause-variables.ts';
import { faultsOfBody, isTermsField, variablesOf } from './rules/render-clauses.ts';

/** The library: what ships, then what the workspace wrote. */
export async function pageClauses(infra: Infra, call: Call<typeof listClauses>): Promise<OutputOf<typeof listClauses>> {
  const { workspaceId, input } = call;
  const clauses = await infra.db.inWorkspace(workspaceId, (tx) => readLibrary(tx, workspaceId));
  return {
    notice: notLegalAdvice,
    variables: Object.entries(variables).map(([name, { about }]) => ({ name, about })),
    clauses: clauses.filter(
      (clause) =>
        (input.model === undefined || clause.models.includes(input.model)) &&
        (input.jurisdiction === undefined || clause.jurisdictions.includes(input.jurisdiction)),
    ),
  };
}

export async function readLibrary(tx: Tx, workspaceId: string): Promise<LibraryClause[]> {
  return [...shippedClauses.map(toShipped), ...(await selectClauses(tx, workspaceId)).map(toOwn)];
}

/** Keeps an own clause. Errors: contracts.bad_clause naming unknown variables, not_found. */
export async function keepClause(infra: Infra, call: Call<typeof saveClause>): Promise<LibraryClause> {
  const { workspaceId, input, actor } = call;
  const faults = faultsOfBody(input.body);
  if (faults.length > 0) throw badClause('body', `${faults.join('. ')}. The library lists what can be filled in.`);
  if (input.whenTerm !== null && !isTermsField(input.whenTerm)) {
    throw badClause('whenTerm', `“${input.whenTerm}” is no field of the terms.`);
  }
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const at = infra.clock.now();
    const before = (await selectClauses(tx, workspaceId)).find((clause) => clause.id === input.clauseId);
    if (input.clauseId !== undefined && before === undefined) throw notFound('clause');
    const row: ClauseRow = {
      workspace_id: workspaceId,
      id: before?.id ?? newId('clause', at.getTime()),
      version: (before?.version ?? 0) + 1,
      title: input.title,
      body: input.body,
      jurisdictions: [...input.jurisdictions],
      models: [...input.models],
      when_term: input.whenTerm,
      saved_by: actor.name,
      saved_at: at,
      removed_at: null,
    };
    await upsertClause(tx, row);
    await recordAudit(tx, {
      ...call,
      action: 'clause.saved',
      subjectKind: 'clause',
      subjectId: row.id,
      changes: { title: row.title, version: row.version },
    });
    return toOwn(row);
  });
}

/** Takes an own clause out of the library. Error: not_found, also for one that ships. */
export async function dropClause(infra: Infra, call: Call<typeof removeClause>): Promise<{ removed: true }> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const removed = { table: 'contract_clause', id: input.clauseId, at: infra.clock.now() } as const;
    if (!(await removeLibraryRow(tx, workspaceId, removed))) throw notFound('clause');
    await recordAudit(tx, { ...call, action: 'clause.removed', subjectKind: 'clause', subjectId: input.clauseId });
    return { removed: true };
  });
}

export async function pageTemplates(
  infra: Infra,
  call: Call<typeof listTemplates>,
): Promise<OutputOf<typeof listTemplates>> {
  const { workspaceId, input } = call;
  const templates = await infra.db.inWorkspace(workspaceId, (tx) => readTemplates(tx, workspaceId));
  return {
    notice: notLegalAdvice,
    templates: templates.filter(
      (one) =>
        (input.model === undefined || one.model === input.model) &&
        (input.jurisdiction === undefined || one.jurisdiction === input.jurisdiction),
    ),
  };
}

/** Own templates first: who wrote some wants those. */
export async function readTemplates(tx: Tx, workspaceId: string): Promise<ContractTemplate[]> {
  return [...(await selectTemplates(tx, workspaceId)).map(toTemplate), ...shippedTemplates];
}

/** A template with its clauses as a contract takes them over; clauses that were removed since are left out. Error: not_found. */
export async function openTemplate(
  tx: Tx,
  workspaceId: string,
  templateId: string,
): Promise<{ template: ContractTemplate; clauses: ContractClause[] }> {
  const template = (await readTemplates(tx, workspaceId)).find((one) => one.id === templateId);
  if (template === undefined) throw notFound('contract template');
  const library = new Map((await readLibrary(tx, workspaceId)).map((clause) => [clause.id, clause]));
  return { template, clauses: template.clauseIds.flatMap((id) => toContractClause(library.get(id))) };
}

function toContractClause(clause: LibraryClause | undefined): ContractClause[] {
  if (clause === undefined) return [];
  const { id, version, title, body, whenTerm } = clause;
  return [{ id, version, title, body, whenTerm }];
}

/** Keeps an own template. Errors: contracts.bad_template naming clauses that are not there, not_found. */
export async function keepTemplate(infra: Infra, call: Call<typeof saveTemplate>): Promise<ContractTemplate> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const at = infra.clock.now();
    const before = (await selectTemplates(tx, workspaceId)).find((one) => one.id === input.templateId);
    if (input.templateId !== undefined && before === undefined) throw notFound('contract template');
    const known = new Set((await readLibrary(tx, workspaceId)).map((clause) => clause.id));
    const missing = input.clauseIds.filter((id) => !known.has(id));
    if (missing.length > 0) {
      const message = `No such clause in the library: ${missing.slice(0, 5).join(', ')}`;
      throw contractsError('bad_template', `clauseIds: ${message}.`, [{ field: 'clauseIds', message }]);
    }
    const row: TemplateRow = {
      workspace_id: workspaceId,
      id: before?.id ?? newId('contractTemplate', at.getTime()),
      version: (before?.version ?? 0) + 1,
      name: input.name,
      model: input.model,
      jurisdiction: input.jurisdiction,
      clause_ids: [...new Set(input.clauseIds)],
      terms: JSON.parse(JSON.stringify(input.terms)),
      saved_by: actor.name,
      saved_at: at,
      removed_at: null,
    };
    await upsertTemplate(tx, { ...row, terms: JSON.stringify(input.terms) });
    await recordAudit(tx, {
      ...call,
      action: 'contract_template.saved',
      subjectKind: 'contract_template',
      subjectId: row.id,
      changes: { name: row.name, version: row.version },
    });
    return toTemplate(row);
  });
}

export async function dropTemplate(infra: Infra, call: Call<typeof removeTemplate>): Promise<{ removed: true }> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const removed = { table: 'contract_template', id: input.templateId, at: infra.clock.now() } as const;
    const isGone = await removeLibraryRow(tx, workspaceId, removed);
    if (!isGone) throw notFound('contract template');
    await recordAudit(tx, {
      ...call,
      action: 'contract_template.removed',
      subjectKind: 'contract_template',
      subjectId: input.templateId,
    });
    return { removed: true };
  });
}

function badClause(field: string, message: string) {
  return contractsError('bad_clause', message, [{ field, message }]);
}

function toShipped(clause: ShippedClause): LibraryClause {
  return {
    ...clause,
    models: [...clause.models],
    jurisdictions: [...clause.jurisdictions],
    isOwn: false,
    variables: variablesOf(clause.body),
    savedBy: null,
    savedAt: null,
  };
}

function toOwn(row: ClauseRow): LibraryClause {
  return {
    id: row.id,
    version: row.version,
    title: row.title,
    body: row.body,
    whenTerm: row.when_term,
    isOwn: true,
    models: contractModelSchema.array().parse(row.models),
    jurisdictions: jurisdictionSchema.array().parse(row.jurisdictions),
    variables: variablesOf(row.body),
    source: null,
    savedBy: row.saved_by,
    savedAt: row.saved_at.toISOString(),
  };
}

function toTemplate(row: TemplateRow): ContractTemplate {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    isOwn: true,
    model: row.model as ContractModel,
    jurisdiction: jurisdictionSchema.parse(row.jurisdiction),
    clauseIds: row.clause_ids,
    terms: termsSchema.parse(row.terms),
    savedBy: row.saved_by,
    savedAt: row.saved_at.toISOString(),
  };
}
