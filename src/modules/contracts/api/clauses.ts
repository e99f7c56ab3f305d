import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { contractModelSchema, contractModels, jurisdictionSchema, jurisdictions, termsSchema } from './terms.ts';

/** A clause as it stands in a contract: copied, so that a later change of the library changes no contract. */
export const contractClauseSchema = z
  .object({
    id: z.string().min(1).max(60),
    version: z.number().int().min(1),
    title: z.string().trim().min(1).max(120),
    body: z
      .string()
      .trim()
      .min(1)
      .max(8000)
      .describe('Plain text; a blank line parts paragraphs, {{name}} is filled from the terms'),
    whenTerm: z
      .string()
      .max(40)
      .nullable()
      .default(null)
      .describe('Stands in the text only when something was agreed on this field of the terms'),
  })
  .meta({ id: 'ContractClause' });
export type ContractClause = z.infer<typeof contractClauseSchema>;

export const libraryClauseSchema = contractClauseSchema
  .extend({
    isOwn: z.boolean().describe('False: it ships with the program and is copied to be changed'),
    models: z.array(contractModelSchema),
    jurisdictions: z.array(jurisdictionSchema),
    variables: z.array(z.string()),
    source: z.string().nullable().describe('The rule it follows, where it follows one'),
    savedBy: z.string().nullable(),
    savedAt: z.string().nullable(),
  })
  .meta({ id: 'LibraryClause' });
export type LibraryClause = z.infer<typeof libraryClauseSchema>;

export const templateSchema = z
  .object({
    id: z.string(),
    version: z.number().int(),
    name: z.string(),
    isOwn: z.boolean(),
    model: contractModelSchema,
    jurisdiction: jurisdictionSchema,
    clauseIds: z.array(z.string()),
    terms: termsSchema,
    savedBy: z.string().nullable(),
    savedAt: z.string().nullable(),
  })
  .meta({ id: 'ContractTemplate' });
export type ContractTemplate = z.infer<typeof templateSchema>;

/** Said wherever a text of the library is shown. */
export const notLegalAdvice =
  'Texts of this library are plainly written starting points, not legal advice. Have yours read by a lawyer of the place whose law applies.';

const id = z.string().min(1).max(60);
const models = z.array(contractModelSchema).min(1).max(contractModels.length);
const places = z.array(jurisdictionSchema).min(1).max(jurisdictions.length);

export const listClauses = endpoint({
  name: 'clauses.list',
  method: 'GET',
  path: '/contract-clauses',
  access: 'contracts:read',
  summary: 'The clause library: what ships and what the workspace wrote',
  input: z.object({ model: contractModelSchema.optional(), jurisdiction: jurisdictionSchema.optional() }),
  output: z.object({
    notice: z.string(),
    variables: z.array(z.object({ name: z.string(), about: z.string() })),
    clauses: z.array(libraryClauseSchema),
  }),
});

export const saveClause = endpoint({
  name: 'clauses.save',
  method: 'POST',
  path: '/contract-clauses',
  access: 'contracts:write',
  summary: 'Write a clause of one’s own, or the next version of one; contracts made before keep theirs',
  input: z.object({
    clauseId: id.optional().describe('Of the workspace’s own clause to change; a new one when left out'),
    title: contractClauseSchema.shape.title,
    body: contractClauseSchema.shape.body,
    whenTerm: contractClauseSchema.shape.whenTerm,
    models: models.default([...contractModels]),
    jurisdictions: places.default([...jurisdictions]),
  }),
  output: libraryClauseSchema,
});

export const removeClause = endpoint({
  name: 'clauses.remove',
  method: 'DELETE',
  path: '/contract-clauses/:clauseId',
  access: 'contracts:write',
  summary: 'Take an own clause out of the library; contracts that hold it keep it',
  input: z.object({ clauseId: id }),
  output: z.object({ removed: z.literal(true) }),
});

export const listTemplates = endpoint({
  name: 'contractTemplates.list',
  method: 'GET',
  path: '/contract-templates',
  access: 'contracts:read',
  summary: 'Templates by model and jurisdiction: those that ship and the workspace’s own',
  input: z.object({ model: contractModelSchema.optional(), jurisdiction: jurisdictionSchema.optional() }),
  output: z.object({ notice: z.string(), templates: z.array(templateSchema) }),
});

export const saveTemplate = endpoint({
  name: 'contractTemplates.save',
  method: 'POST',
  path: '/contract-templates',
  access: 'contracts:write',
  summary: 'Keep a template of one’s own, or its next version',
  input: z.object({
    templateId: id.optional(),
    name: z.string().trim().min(1).max(120),
    model: contractModelSchema,
    jurisdiction: jurisdictionSchema,
    clauseIds: z.array(id).min(1, 'A template needs at least one clause').max(60),
    terms: termsSchema,
  }),
  output: templateSchema,
});

export const removeTemplate = endpoint({
  name: 'contractTemplates.remove',
  method: 'DELETE',
  path: '/contract-templates/:templateId',
  access: 'contracts:write',
  summary: 'Remove an own template; contracts made from it stay',
  input: z.object({ templateId: id }),
  output: z.object({ removed: z.literal(true) }),
});
