import type { Terms, TermsField } from '../api/terms.ts';
import type { ContractClause, Section } from '../api.ts';
import { type RenderContext, variables } from './clause-variables.ts';
import { termLabels, termLines } from './compare-terms.ts';

const mark = /\{\{\s*([A-Za-z]+)\s*\}\}/g;
const alone = /^\{\{\s*([A-Za-z]+)\s*\}\}$/;
const gap = '__________';

/** Names that a clause asks for, each once. */
export function variablesOf(body: string): string[] {
  return [...new Set([...body.matchAll(mark)].map((match) => match[1] ?? ''))];
}

/** Names a clause asks for that nobody knows, and braces that are not closed. */
export function faultsOfBody(body: string): string[] {
  const unknown = variablesOf(body).filter((name) => !Object.hasOwn(variables, name));
  const rest = body.replace(mark, '');
  return [
    ...unknown.map((name) => `{{${name}}} is no variable`),
    ...(/\{\{|\}\}/.test(rest) ? ['A {{ or }} stands without its other half'] : []),
  ];
}

export function isTermsField(name: string): name is TermsField {
  return Object.hasOwn(termLabels, name);
}

function isAgreed(terms: Terms, field: string | null): boolean {
  if (field === null || !isTermsField(field)) return true;
  // Said of money that is paid, whether or not a rate of its own was agreed.
  if (field === 'lateFeePercent') return terms.fee !== null || terms.payouts.length > 0;
  if (field === 'cancelDays') return terms.cancelDays !== null;
  return termLines(terms, field).length > 0;
}

/**
 * The text of a contract: clauses of what was agreed, numbered, with their variables filled. A value is only ever text: braces in it are not
 * filled again. `gaps` names what a clause asked for and the terms do not say.
 */
export function renderClauses(
  clauses: readonly ContractClause[],
  context: RenderContext,
): { sections: Section[]; gaps: string[] } {
  const gaps = new Set<string>();
  const fill = (name: string): readonly string[] => {
    const value = Object.hasOwn(variables, name) ? (variables[name]?.value(context) ?? null) : null;
    if (value === null) {
      gaps.add(variables[name]?.about ?? name);
      return [gap];
    }
    return typeof value === 'string' ? [value] : value;
  };
  const sections = clauses
    .filter((clause) => isAgreed(context.terms, clause.whenTerm))
    .map((clause, at) => ({
      number: at + 1,
      clauseId: clause.id,
      clauseVersion: clause.version,
      title: clause.title,
      paragraphs: clause.body
        .split(/\n+/)
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .flatMap((line) => paragraphsOf(line, fill)),
    }));
  return { sections, gaps: [...gaps] };
}

function paragraphsOf(line: string, fill: (name: string) => readonly string[]): Section['paragraphs'] {
  const name = alone.exec(line)?.[1];
  if (name !== undefined) return fill(name).map((text) => ({ kind: 'item', text }));
  return [{ kind: 'text', text: line.replace(mark, (_, inline: string) => fill(inline).join('; ')) }];
}
