import type { PartQuestion } from '../rules/answer-part.ts';
import type { Members } from '../rules/compile-filters.ts';

const nobody: ReadonlySet<string> = new Set();

/** The question without the members of the lists it names, which may be many. */
export function withoutLists(question: PartQuestion): PartQuestion {
  return withLists(question, () => nobody);
}

/** The question with the members of the lists it names. */
export function withLists(question: PartQuestion, membersOf: (listId: string) => ReadonlySet<string>): PartQuestion {
  const fill = ({ listId, ids }: Members): Members => ({ listId, ids: listId === null ? ids : membersOf(listId) });
  const groups = question.asked.groups.map((group) => {
    const tests = group.tests.map((test) =>
      test.kind === 'members' ? { ...test, lists: test.lists.map(fill) } : test,
    );
    return { ...group, tests };
  });
  return { ...question, asked: { ...question.asked, groups } };
}
