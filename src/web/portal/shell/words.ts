/** What the portal's own pages say, in one place, so that another language is one more file of the same shape. */
export const words = {
  loading: 'Opening your page',
  noAnswer: 'The page did not answer',
  skip: 'Skip to the page',
  mainMenu: 'Main',
  signIn: 'Sign in',
  signOut: 'Leave',
  chooseBrand: 'Choose a brand',
  previewBar: (name: string) => `Preview: what ${name} sees. Nothing can be changed here.`,
  endPreview: 'End the preview',
  noPage: {
    title: 'There is no such page',
    text: 'The address is mistyped, or what it showed is over.',
    action: 'What to do now',
  },
  enter: {
    opening: 'Opening your link',
    noToken: {
      title: 'This link is not whole',
      text: 'Its end is missing. Open it again from the message it came in, or copy all of it.',
    },
    unknown: {
      title: 'This link opens nothing',
      text: 'It is not whole, or what it led to is gone. Open it again from the message it came in.',
    },
    expired: {
      title: 'This link has ended',
      text: 'Links last a while and no longer, so that an old message opens nothing.',
    },
    revoked: { title: 'This link was taken back', text: 'The brand has ended it. You can ask for a new one.' },
    other: {
      title: 'This link is for somebody else',
      stay: 'Stay as I am',
      switchTo: (name: string) => `Go on as ${name}`,
    },
    ask: 'Send me a new one',
    sent: (brand: string) => `Sent. Look into your mail: ${brand} has your address.`,
    waits: (brand: string) => `${brand} now knows that you need a new link and will send you one.`,
    signIn: 'Sign in with your e-mail',
  },
} as const;
