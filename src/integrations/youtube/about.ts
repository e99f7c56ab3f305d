import type { ConnectorAbout } from '#modules/creators/index.ts';

export const youtubeAbout: ConnectorAbout = {
  gives: [
    'Channels by handle or id: name, bio, country, subscribers (rounded by YouTube), number of videos, picture',
    'Their newest 100 videos with views, likes, comments and the paid-promotion label',
    'Up to 100 comments under each of the newest 5 videos',
  ],
  lacks: [
    'Subscribers a channel hides stay unknown',
    'Who the audience is: YouTube tells that only to the channel itself',
    'Saves and shares',
  ],
  steps: [
    'Sign in at console.cloud.google.com and make a project',
    'Under APIs & Services, Library, enable "YouTube Data API v3"',
    'Under Credentials, create an API key and restrict it to that API',
    'Paste the key here',
  ],
  scopes: [],
  cost: 'Free: 10,000 units a day. A channel with its videos and comments takes about 10, so about 1,000 channels a day.',
  documents: [
    'https://developers.google.com/youtube/v3/getting-started',
    'https://developers.google.com/youtube/v3/docs',
  ],
  fields: [
    {
      key: 'apiKey',
      label: 'API key',
      help: 'Begins with AIza',
      isSecret: true,
      isOptional: false,
    },
  ],
  kinds: ['profile'],
};
