import type { ConnectorAbout } from '#modules/creators/index.ts';

export const tiktokAbout: ConnectorAbout = {
  gives: [
    'The TikTok account that allowed it: name, bio, followers, number of videos, picture',
    'Its newest 100 videos with views, likes, comments and shares',
    'With a client of the Commercial Content API which of them bear a label of paid partnership, in the European Economic Area',
    'With a token of the Business API also its audience by country and gender',
  ],
  lacks: [
    'Other accounts: TikTok gives only the one that signed in. Bring others in by list, file or capture',
    'Saves',
    'The audience without the Business API',
  ],
  steps: [
    'At developers.tiktok.com make an app and add the products Login Kit and Display API',
    'Have the account sign in by Login Kit with the scopes below; that gives an access token and a refresh token',
    'Paste both with the client key and secret, so that the token can be renewed (it lasts a day)',
    'For the audience: an app of business-api.tiktok.com with the Accounts API, its token and the business id',
  ],
  scopes: ['user.info.basic', 'user.info.profile', 'user.info.stats', 'video.list'],
  cost: 'Free. 600 requests a minute.',
  documents: [
    'https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info',
    'https://developers.tiktok.com/doc/tiktok-api-v2-video-list',
    'https://business-api.tiktok.com/portal/docs',
  ],
  fields: [
    { key: 'accessToken', label: 'Access token', help: 'Begins with act.', isSecret: true, isOptional: false },
    {
      key: 'refreshToken',
      label: 'Refresh token',
      help: 'Begins with rft.; without it the connection lasts a day',
      isSecret: true,
      isOptional: true,
    },
    { key: 'clientKey', label: 'Client key', help: 'Of your app; needed to renew', isSecret: false, isOptional: true },
    {
      key: 'clientSecret',
      label: 'Client secret',
      help: 'Of your app; needed to renew',
      isSecret: true,
      isOptional: true,
    },
    {
      key: 'handle',
      label: 'Handle',
      help: 'Of the account, where it gives no permission to read it',
      isSecret: false,
      isOptional: true,
    },
    {
      key: 'businessId',
      label: 'Business id',
      help: 'Of the Business API; for the audience',
      isSecret: false,
      isOptional: true,
    },
    {
      key: 'businessToken',
      label: 'Business token',
      help: 'Of the Business API; for the audience',
      isSecret: true,
      isOptional: true,
    },
    {
      key: 'labelClientKey',
      label: 'Client key for labels',
      help: 'Of an app approved for the Commercial Content API',
      isSecret: false,
      isOptional: true,
    },
    {
      key: 'labelClientSecret',
      label: 'Client secret for labels',
      help: 'Of the same app',
      isSecret: true,
      isOptional: true,
    },
  ],
  kinds: ['own'],
};
