import type { ConnectorAbout } from '#modules/creators/index.ts';

export const instagramAbout: ConnectorAbout = {
  gives: [
    'Business and creator accounts by handle: name, bio, website, followers, number of posts, picture',
    'Their newest 100 posts with likes and comments',
    'Of your own account also reach, views, saves and shares of its posts, and its audience by country, age and gender',
    'Top posts under a hashtag, without their authors: for listening',
  ],
  lacks: [
    'Private, personal and age-gated accounts',
    'Views, reach and audience of other accounts; stories',
    'Likes an account hides stay unknown',
    'Who posted under a hashtag: Instagram does not tell',
  ],
  steps: [
    'Have an Instagram business or creator account that is linked to a Facebook page',
    'At developers.facebook.com make an app of type Business and add "Instagram Graph API"',
    'In the Graph API Explorer give the app the permissions below and make a token; exchange it for a long-lived one (60 days)',
    'Ask /me/accounts?fields=instagram_business_account for the id of your Instagram account',
    'Paste id and token here. Hashtags also need the feature "Instagram Public Content Access" by App Review',
  ],
  scopes: ['instagram_basic', 'instagram_manage_insights', 'pages_read_engagement', 'pages_show_list'],
  cost: 'Free. Calls are limited by the hour (about 200 for each user of the app); 30 different hashtags within 7 days.',
  documents: [
    'https://developers.facebook.com/docs/instagram-platform/instagram-api-with-facebook-login/business-discovery',
    'https://developers.facebook.com/docs/instagram-platform/instagram-api-with-facebook-login/hashtag-search',
  ],
  fields: [
    {
      key: 'userId',
      label: 'Id of your Instagram account',
      help: 'A number such as 17841405309211844',
      isSecret: false,
      isOptional: false,
    },
    { key: 'accessToken', label: 'Access token', help: 'Long-lived user token', isSecret: true, isOptional: false },
  ],
  kinds: ['profile', 'own', 'hashtag'],
};
