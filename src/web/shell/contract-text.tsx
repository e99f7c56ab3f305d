import type { Section, TermsChange } from '#modules/contracts/api.ts';
import './contract.css';

/** The text of a contract, section by section, as it stands in its document. */
export function ContractText({ sections }: { sections: readonly Section[] }) {
  return (
    <div className="ctr-text">
      {sections.map((section) => (
        <section key={section.clauseId}>
          <h3>
            {section.number}. {section.title}
          </h3>
          {blocksOf(section).map((block) =>
            block.items === null ? (
              <p key={block.key}>{block.text}</p>
            ) : (
              <ul key={block.key}>
                {block.items.map((item) => (
                  <li key={item}>{item}</li>
                ))}
              </ul>
            ),
          )}
        </section>
      ))}
    </div>
  );
}

interface Block {
  key: string;
  text: string;
  items: string[] | null;
}

// Items that follow each other are one list.
function blocksOf(section: Section): Block[] {
  const blocks: Block[] = [];
  for (const [at, part] of section.paragraphs.entries()) {
    const last = blocks.at(-1);
    if (part.kind === 'text') blocks.push({ key: `t${at}`, text: part.text, items: null });
    else if (last !== undefined && last.items !== null) last.items.push(part.text);
    else blocks.push({ key: `l${at}`, text: '', items: [part.text] });
  }
  return blocks;
}

/** What a version changed: lines that went and lines that came. */
export function ContractChanges({ changes }: { changes: readonly TermsChange[] }) {
  return (
    <div className="ctr-changes">
      {changes.map((change) => (
        <div key={change.field} className="ctr-change">
          <b>{change.label}</b>
          {change.before.map((line) => (
            <del key={line}>{line}</del>
          ))}
          {change.after.map((line) => (
            <ins key={line}>{line}</ins>
          ))}
        </div>
      ))}
    </div>
  );
}
