/** What people of a story do in a browser: the manager at a desk, creators on phones. Pages follow the clock of the story's server. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { stepsOn } from './browser-steps.ts';
import type { ReceivedMail } from './mail-sink.ts';
import { goodPassword } from './people.ts';
import { portalLinkIn, type StoryServer } from './story-server.ts';

const stepMs = 15_000;
const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

/** A page whose clock is the server's; `keepTime` after each move of the server's clock, before the next page is opened in it. */
export async function openAt(story: StoryServer, browser: Browser, size: 'desk' | 'phone'): Promise<Page> {
  const context = await browser.newContext({
    viewport: size === 'desk' ? desk : phone,
    ...(size === 'phone' ? { hasTouch: true, isMobile: true } : {}),
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Dublin',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(stepMs);
  await keepTime(story, context);
  return context.newPage();
}

/** Lets pages that are opened from now on have the server's time. */
export async function keepTime(story: StoryServer, context: BrowserContext): Promise<void> {
  const offsetMs = story.now().getTime() - Date.now();
  await context.addInitScript((ms) => {
    const own = globalThis as typeof globalThis & { storyOffsetMs?: number };
    const isFirst = own.storyOffsetMs === undefined;
    // Scripts of earlier moves run too: the clock never goes back.
    own.storyOffsetMs = Math.max(own.storyOffsetMs ?? ms, ms);
    if (!isFirst) return;
    const Machine = Date;
    const nowMs = () => Machine.now() + (own.storyOffsetMs ?? 0);
    own.Date = new Proxy(Machine, {
      construct: (target, args, newTarget) =>
        Reflect.construct(target, args.length === 0 ? [nowMs()] : args, newTarget),
      apply: () => new Machine(nowMs()).toString(),
      get: (target, name, receiver) => (name === 'now' ? nowMs : Reflect.get(target, name, receiver)),
    });
  }, offsetMs);
}

export interface Team {
  person: string;
  email: string;
  brand: string;
  /** Of the workspace that the brand's name makes. */
  slug: string;
}

/** From the link of the first start to the empty Today page, as the brand's first owner. */
export async function setUpBrand(story: StoryServer, page: Page, team: Team): Promise<void> {
  const { field, button, rail } = stepsOn(() => page, 'none');
  await page.goto(/Make the first owner: (\S+)/.exec(story.server.output())?.[1] ?? '');
  await field('Your name').fill(team.person);
  await field('E-mail').fill(team.email);
  await field(/^Password/).fill(goodPassword);
  await field('Brand or agency').fill(team.brand);
  await field(/^Currency/)
    .first()
    .fill('EUR');
  await page.getByRole('option', { name: /EUR/ }).click();
  await button('Set up and go in').click();
  await rail('Today').waitFor();
}

/** Signs in again, as after more than seven days away. */
export async function signInAgain(story: StoryServer, page: Page, team: Team): Promise<void> {
  const { field, button, rail } = stepsOn(() => page, 'none');
  await keepTime(story, page.context());
  await page.goto(`${story.address}/app/${team.slug}`);
  const isIn = rail('Today');
  await isIn.or(field(/^Password/)).waitFor();
  if (await isIn.isVisible()) return;
  await field('E-mail').fill(team.email);
  await field(/^Password/).fill(goodPassword);
  await button('Sign in').click();
  await isIn.waitFor();
}

/** Under Settings, Mail: the postal address that mails of sequences need, and the team's own mailbox by SMTP and IMAP. */
export async function connectTeamMailbox(story: StoryServer, page: Page, team: Team): Promise<void> {
  const { field, button, dialog } = stepsOn(() => page, 'none');
  await page.goto(`${story.address}/app/${team.slug}/settings/outreach`);
  await field(/^Your postal address/).fill(`${team.brand}, 3 Quay Street, Cork, Ireland`);
  await field(/^The brand in a sentence/).fill('Oat porridge for slow mornings, made in Cork.');
  await button('Save').first().click();
  await page.getByText('Saved', { exact: true }).first().waitFor();
  await button('Connect a mailbox').click();
  await field(/^Address/, dialog()).fill(team.email);
  await field(/^Name creators see/, dialog()).fill(`${team.person} of ${team.brand}`);
  await field(/^Password/, dialog()).fill(story.mail.password);
  await field(/^Server for sending/, dialog()).fill('127.0.0.1');
  await field('Port', dialog()).first().fill(String(story.mail.smtpPort));
  await field(/465/, dialog()).uncheck();
  await field(/^Server for reading/, dialog()).fill('127.0.0.1');
  await field('Port', dialog()).last().fill(String(story.mail.imapPort));
  await field(/993/, dialog()).uncheck();
  await button('Test and connect', dialog()).click();
  await page.getByText(`${team.email} is connected`).waitFor();
}

/** The creator opens the link of a mail on their phone: a window of its own, on the page of the portal that the link is for. */
export async function openLinkOf(story: StoryServer, browser: Browser, mail: ReceivedMail): Promise<Page> {
  const page = await openAt(story, browser, 'phone');
  await page.goto(portalLinkIn(mail));
  await page.waitForURL((url) => url.pathname.startsWith('/p') && !url.pathname.startsWith('/p/enter'));
  await page.getByRole('heading').first().waitFor();
  return page;
}
