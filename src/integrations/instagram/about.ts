import type { ConnectorAbout } from '#modules/creators/index.ts';

export const instagramAbout: ConnectorAbout = {
  gives: [
    'Business and creator accounts by handle: name, bio, website, followers, number of posts, picture',
    'Their newest 100 posts with likes and comments',
    'Of your own account also reach, views, saves and shares of its posts, and its audience by country, age and gender',
    'Of your own account also its stories, every hour before they go, posts whose picture it is tagged in, and stories that mention it',
    'The paid partnership label of creators’ posts that name your account, where the token may ask for it',
    'Top posts under a hashtag, without their authors: for listening',
  ],
  lacks: [
    'Private, personal and age-gated accounts',
    'Views, reach and audience of other accounts; their stories, but for mentions of yours; labels that name another account',
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
    'https://developers.facebook.com/docs/instagram-api/reference/ig-user/stories/',
    'https://developers.facebook.com/docs/messenger-platform/instagram/features/story-mention/',
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
    {
      key: 'pageId',
      label: 'Id of the linked page',
      help: 'For stories that mention you; the token also needs instagram_manage_messages',
      isSecret: false,
      isOptional: true,
    },
    {
      key: 'paidLabels',
      label: 'Read paid partnership labels',
      help: 'Write yes when the token has instagram_branded_content_ads_brand; one request more for each creator',
      isSecret: false,
      isOptional: true,
    },
  ],
  kinds: ['profile', 'own', 'hashtag', 'stories'],
};
