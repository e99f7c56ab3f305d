import { createApplicationPage, sendApplication, startApplication } from '#modules/portal/api.ts';
import type { Past } from './past.ts';

const dayMs = 86_400_000;
const applicants = [
  {
    name: 'Tilly Crumbwell',
    handle: 'tilly.crumbwell',
    followers: 6_400,
    country: 'IE',
    why: 'I bake before the house wakes up.',
  },
  {
    name: 'Jory Ferment',
    handle: 'jory.ferment',
    followers: 11_900,
    country: 'GB',
    why: 'Sourdough and oat milk, most mornings.',
  },
  {
    name: 'Ansel Petitfour',
    handle: 'ansel.petitfour',
    followers: 900,
    country: 'NL',
    why: 'I am new and I answer every comment.',
  },
];

/** An application page that takes creators, with three who applied. */
export async function loadApplications(past: Past, now: Date): Promise<void> {
  const { client } = past;
  past.goTo(new Date(now.getTime() - 6 * dayMs));
  const page = await client.call(createApplicationPage, {
    title: 'Bake with us',
    slug: 'bake-with-us',
    state: 'open',
    intro: 'We make oat drinks for slow mornings and look for people who bake at home.',
    category: 'Food',
    tags: ['applied'],
    questions: [
      { id: 'why', kind: 'long', label: 'What do your mornings look like?', isRequired: true },
      {
        id: 'bakes',
        kind: 'choice',
        label: 'What do you bake most?',
        choices: ['Bread', 'Cake', 'Biscuits'],
        isMany: true,
      },
    ],
    rules: {
      countries: { mode: 'is', codes: ['GB', 'IE', 'NL'], otherwise: 'reject' },
      followers: { min: 2_000, max: 80_000, otherwise: 'review' },
    },
  });
  for (const [at, { name, handle, followers, country, why }] of applicants.entries()) {
    past.goTo(new Date(now.getTime() - (4 - at) * dayMs));
    const where = { workspaceSlug: 'oatwhistle-sample', pageSlug: page.slug };
    await client.call(startApplication, where);
    await client.call(sendApplication, {
      ...where,
      name,
      email: `${handle}@sample.example`,
      country,
      profiles: [{ platform: 'instagram', handle: `${handle}_sample`, followers }],
      answers: { why, bakes: ['Bread'] },
      hasConsented: true,
    });
  }
  past.goTo(now);
}
