import type { Person } from '#modules/creators/api.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { Section } from '#web/ui/section.tsx';

const kindWords: Record<string, string> = { whatsapp: 'WhatsApp', wechat: 'WeChat', linktree: 'Linktree' };

/** How to reach a creator, and what they say of themselves. */
export function AboutSection({ person }: { person: Person }) {
  const joined = (values: readonly string[]) => (values.length === 0 ? null : values.join(', '));
  const contacts = person.contacts.map((contact) => {
    const at = contact.indexOf(':');
    const kind = contact.slice(0, at);
    return { term: kindWords[kind] ?? kind.charAt(0).toUpperCase() + kind.slice(1), value: contact.slice(at + 1) };
  });
  return (
    <Section title="Contact and person" note="as stated, never guessed">
      <KeyValues
        items={[
          { term: 'E-mail', value: joined(person.emails) },
          { term: 'Phone', value: joined(person.phones) },
          { term: 'Website', value: person.website },
          ...[...Map.groupBy(contacts, (contact) => contact.term)].map(([term, of]) => ({
            term,
            value: joined(of.map((contact) => contact.value)),
          })),
          { term: 'Interests', value: joined(person.interests) },
          {
            term: 'Open to gifting',
            value: person.isOpenToGifting === null ? null : person.isOpenToGifting ? 'yes' : 'no',
          },
          { term: 'Gender, as declared', value: person.gender },
          { term: 'Age, as declared', value: person.age },
        ]}
      />
    </Section>
  );
}
