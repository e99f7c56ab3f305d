/** What the home page, campaigns, links and results say. */
export const words = {
  now: 'Do now',
  next: 'Then',
  open: 'Open',
  nothing: { title: 'Nothing to do', text: 'When the brand needs something from you, it stands here.' },
  foot: (brand: string) => `${brand} sees what you send, your orders and your address, nothing else.`,
  myData: 'My data',
  due: {
    over: (when: string) => `was due ${when}`,
    by: (when: string) => `by ${when}`,
  },
} as const;
