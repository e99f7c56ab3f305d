import type { StatementTarget } from './statement-target.ts';

// Data: by which headings exports and hand-made sheets call what we keep. Headings are compared in the form of normaliseHeading: lower case, no
// accents, camelCase and signs as blanks. Sources: the Upfluence template, Modash and HypeAuditor answers, Phyllo / InsightIQ, the Instagram Graph,
// TikTok and YouTube interfaces, and hand-made sheets in English, German, French and Spanish.

export const creatorTargets = [
  'key',
  'name',
  'firstName',
  'lastName',
  'platform',
  'handle',
  'url',
  'externalId',
  'displayName',
  'bio',
  'website',
  'category',
  'accountType',
  'isPrivate',
  'isVerified',
  'followers',
  'following',
  'postCount',
  'avgLikes',
  'avgComments',
  'avgViews',
  'avgShares',
  'avgSaves',
  'engagementRate',
  'lastPostAt',
  'country',
  'region',
  'city',
  'location',
  'languages',
  'emails',
  'phones',
  'niches',
  'tags',
  'interests',
  'gender',
  'age',
  'isOpenToGifting',
  'contactType',
  'isOfficialArtist',
  'observedAt',
  'custom',
] as const;
export type CreatorTarget = (typeof creatorTargets)[number];

export const postTargets = [
  'platform',
  'handle',
  'profileUrl',
  'externalId',
  'url',
  'postedAt',
  'format',
  'isVideo',
  'isCarousel',
  'caption',
  'hashtags',
  'mentions',
  'location',
  'likes',
  'comments',
  'views',
  'shares',
  'saves',
  'reach',
  'impressions',
  'isPaidLabel',
  'durationS',
  'latitude',
  'longitude',
] as const;
export type PostTarget = (typeof postTargets)[number];

export const commentTargets = [
  'platform',
  'postExternalId',
  'postUrl',
  'externalId',
  'authorHandle',
  'text',
  'likes',
  'commentedAt',
] as const;
export type CommentTarget = (typeof commentTargets)[number];

export type Target = CreatorTarget | PostTarget | CommentTarget | StatementTarget;
export type FileKind = 'creators' | 'posts' | 'comments';

const handles =
  'handle|username|user name|account|account name|account handle|nickname|nick|screen name|platform username|profile handle|social handle|unique id|custom url|benutzername|nutzername|accountname|kontoname|pseudo|identifiant|nom d utilisateur|compte|usuario|nombre de usuario|cuenta|user|handle name|ig|insta|creator handle|influencer handle|channel handle';
const platformWords =
  'platform|network|social network|social media|channel type|work platform name|plattform|netzwerk|reseau|reseau social|plateforme|plataforma|red social|social platform|type of platform';

/** Synonyms per field of creators files, parted by |. */
export const creatorHeadings: Partial<Record<CreatorTarget, string>> = {
  key: 'influencer id|creator id|contact id|person id|internal id|crm id',
  name: 'name|full name|fullname|creator|creator name|influencer|influencer name|contact name|contact|real name|person|title name|vollstandiger name|kompletter name|nom|nom complet|nombre|nombre completo|nombre y apellidos|talent|talent name|kunstler|ersteller',
  firstName: 'first name|firstname|given name|vorname|prenom|primer nombre|nombre de pila',
  lastName: 'last name|lastname|surname|family name|nachname|familienname|nom de famille|apellido|apellidos',
  platform: platformWords,
  handle: `${handles}|profile name|display handle`,
  url: 'url|link|profile url|profile link|profile|media url|account url|account link|social link|social url|profile deep link|channel url|channel link|profil url|profillink|profil link|profil|lien|lien du profil|lien profil|enlace|enlace del perfil|perfil|permalink profile|handle url|social media link|page url',
  externalId:
    'user id|userid|external id|profile id|account id|ig id|social id|open id|channel id|platform profile id|id',
  displayName:
    'display name|displayname|channel title|channel name|profile display name|account title|anzeigename|nom affiche|nombre visible|snippet title|title',
  bio: 'bio|biography|about|description|introduction|bio description|profile description|profile bio|biografie|beschreibung|biographie|descripcion|biografia|snippet description|short bio',
  website:
    'website|web site|site|homepage|external url|blog url|webseite|internetseite|site web|site internet|sitio web|pagina web|web|link in bio|bio link',
  category:
    'category|account category|business category|profile category|kategorie|categorie|categoria|category name|main category',
  accountType: 'account type|type|platform account type|profile type|kontotyp|type de compte|tipo de cuenta',
  isPrivate: 'private|is private|privat|prive|privado|private account',
  isVerified: 'verified|is verified|verifiziert|verifie|verificado|blue check|verified account',
  followers:
    'followers|follower|follower count|followers count|subscriber count|subscribers|subscribers count|subs|number of followers|no of followers|total followers|audience size|fans|abonnenten|followerzahl|anzahl follower|follower anzahl|abonnes|nombre d abonnes|seguidores|numero de seguidores|suscriptores|edge followed by count|followed by|followed by count|reach followers|community size|ig followers|instagram follower',
  following:
    'following|followings|followees|following count|follows|follows count|followed|gefolgt|folgt|abonniert|abonnements|siguiendo|seguidos|edge follow count|number following',
  postCount:
    'posts|post count|posts count|media count|content count|video count|videos|number of posts|total posts|uploads|publications|nombre de publications|beitrage|anzahl beitrage|anzahl posts|publicaciones|numero de publicaciones|edge owner to timeline media count|videos count|num posts',
  avgLikes:
    'avg likes|average likes|mean likes|likes avg|likes per post|durchschnittliche likes|durchschnitt likes|likes pro post|likes moyens|moyenne likes|j aime moyens|media de likes|promedio de likes|me gusta promedio|avg likes per post',
  avgComments:
    'avg comments|average comments|mean comments|comments avg|comments per post|durchschnittliche kommentare|kommentare pro post|commentaires moyens|promedio de comentarios|comentarios promedio',
  avgViews:
    'avg views|average views|mean views|views avg|views per post|views per video|avg reels plays|average reels views|avg plays|average plays|durchschnittliche views|durchschnittliche aufrufe|vues moyennes|vistas promedio|visualizaciones promedio|avg video views|average video views',
  avgShares: 'avg shares|average shares|shares per post|mean shares',
  avgSaves: 'avg saves|average saves|saves per post|mean saves|avg saved',
  engagementRate:
    'engagement rate|er|er percent|engagement|eng rate|eng|engagement percent|engagementrate|interaktionsrate|engagement quote|taux d engagement|taux engagement|tasa de engagement|tasa de interaccion|tasa de participacion|interaction rate|er followers',
  lastPostAt:
    'last post|last posted|lastposted|last post date|last post at|last active|latest post|date of last post|letzter post|letzter beitrag|dernier post|derniere publication|ultima publicacion|ultimo post|last content date',
  country:
    'country|country code|country title|country name|land|staat|pays|pais|shipping address country code|shipping address country|snippet country|nation|market|location country',
  region: 'region|state|province|bundesland|county|shipping address state|etat|provincia|estado|location state|kanton',
  city: 'city|town|stadt|ort|wohnort|ville|ciudad|shipping address city|city name|location city',
  location: 'location|place|based in|standort|localisation|lieu|ubicacion|localidad|address|adresse|geo',
  languages:
    'language|languages|sprache|sprachen|langue|langues|idioma|idiomas|lang|default language|language code|content language',
  emails:
    'email|e mail|mail|emails|e mails|email address|e mail address|mail address|contact email|business email|public email|kontakt|e mail adresse|email adresse|courriel|adresse e mail|adresse mail|adresse email|correo|correo electronico|contact mail|contact details|email 1|email 2|email 3|management email|manager email',
  phones:
    'phone|phone number|telephone|tel|mobile|mobile number|phones|telefon|telefonnummer|handynummer|handy|numero de telephone|portable|telefono|movil|contact phone|business phone',
  niches:
    'niche|niches|interests|interest|topic|topics|vertical|verticals|themen|thema|bereich|nische|thematique|centres d interet|nicho|nichos|tematica|intereses|content category|content categories|content type niche|industry|genre',
  tags: 'tags|tag|labels|label|groups|group|segment|lists|list|schlagworte|etiquettes|etiquetas|merge fields|status|stage',
  interests: 'creator interests|brand affinity|brand affinities|affinities|affinity',
  gender: 'gender|sex|geschlecht|genre personne|sexo|creator gender',
  age: 'age|alter|edad|creator age|age years',
  isOpenToGifting:
    'open to gifting|gifting|accepts gifting|accepts gifts|gifted collabs|open to gifted|open to gifts|barter|open to barter',
  contactType:
    'contact type|contact kind|record type|relationship type|kontaktart|kontakttyp|type de contact|tipo de contacto',
  isOfficialArtist: 'official artist|is official artist|official artist channel|artist channel',
  observedAt:
    'observed at|as of|data date|date of data|updated|updated at|last updated|last update|last refreshed|stand|aktualisiert|mis a jour|actualizado|fetched at|scraped at|crawled at|retrieved at|snapshot date',
};

export const postHeadings: Partial<Record<PostTarget, string>> = {
  platform: platformWords,
  handle: `${handles}|owner username|owner|author|author username|author handle|creator|creator name|influencer|posted by|profile username|channel title|video owner channel title|profile`,
  profileUrl: 'profile url|profile link|author url|channel url|owner url',
  externalId:
    'shortcode|short code|post id|media id|video id|content id|pin id|id|ig id|external id|media pk|code|resource id video id|guid|post shortcode|beitrags id|id de publication|id de publicacion',
  url: 'url|permalink|link|post url|post link|media permalink|share url|video url|content url|live url|link to post|beitrag link|lien|lien du post|enlace|post',
  postedAt:
    'posted at|date|timestamp|created at|create time|created time|published at|publish date|published|pub date|post date|posted|taken at|upload date|date published|veroffentlicht|datum|veroffentlicht am|date de publication|publie le|fecha|fecha de publicacion|video published at|posted on|time',
  format:
    'format|media type|type|post type|content type|media product type|content format|beitragsart|type de contenu|tipo de contenido|typ',
  isVideo: 'is video|video',
  isCarousel: 'carousel|is carousel|is album|sidecar',
  caption:
    'caption|text|description|post text|content|title|video description|message|post caption|beschreibung|beschriftung|legende|texte|descripcion|texto|bildunterschrift|body|caption text|snippet description|summary',
  hashtags: 'hashtags|hashtag|tags|hashtag names|hash tags',
  mentions: 'mentions|mentioned|tagged|tagged users|tagged accounts|erwahnungen|menciones|usertags|video mention list',
  location: 'location|place|location name|ort|lieu|ubicacion|geo',
  likes:
    'likes|like count|likes count|number of likes|like|favorites|digg count|hearts|reactions|gefallt mir|gefallt mir angaben|j aime|me gusta|edge liked by count',
  comments:
    'comments|comment count|comments count|number of comments|kommentare|commentaires|comentarios|edge media to comment count',
  views:
    'views|view count|views count|plays|play count|video views|video view count|reel plays|aufrufe|vues|vistas|visualizaciones|reproducciones|impressions video',
  shares: 'shares|share count|shares count|reposts|geteilt|partages|compartidos|retweets',
  saves: 'saves|saved|save count|collect count|bookmarks|favorites count|gespeichert|enregistrements|guardados',
  reach: 'reach|accounts reached|reichweite|portee|couverture|alcance|unique reach',
  impressions: 'impressions|impression|impressionen|impresiones|ansichten',
  durationS:
    'duration|duration s|duration seconds|duration in seconds|length|video length|video duration|content details duration|dauer|duree|duracion',
  latitude: 'lat|latitude|location lat|location latitude|breitengrad',
  longitude: 'lng|lon|long|longitude|location lng|location lon|location longitude|langengrad',
  isPaidLabel:
    'is paid|paid|is sponsored|sponsored|paid partnership|is ad|branded content|has paid product placement|paid product placement|is paid partnership|sponsorisiert|gesponsert|sponsorise|patrocinado',
};

export const commentHeadings: Partial<Record<CommentTarget, string>> = {
  platform: platformWords,
  postExternalId:
    'post id|media id|video id|shortcode|post shortcode|media|post|content id|parent post id|reference number',
  postUrl: 'post url|media url|post link|permalink|video url|url',
  externalId: 'comment id|id|external id|cid|pk',
  authorHandle:
    'author|username|user|author handle|author name|author username|author display name|commenter|comment author|from username|user name|benutzername|auteur|autor|name',
  text: 'comment|text|comment text|content|message|body|text display|text original|kommentar|commentaire|comentario',
  likes: 'likes|like count|comment likes|comment like count',
  commentedAt:
    'date|timestamp|commented at|created at|published at|comment date|time|create time|created time|datum|fecha',
};

export const platformWordsByName: [RegExp, 'instagram' | 'tiktok' | 'youtube' | 'pinterest' | 'blog'][] = [
  [/^(instagram|insta|ig)$/, 'instagram'],
  [/^(tiktok|tik tok|tt|douyin)$/, 'tiktok'],
  [/^(youtube|you tube|yt)$/, 'youtube'],
  [/^(pinterest|pin)$/, 'pinterest'],
  [/^(blog|website|rss|wordpress|site)$/, 'blog'],
];

/** One form for all spellings of a heading: "avgLikes", "Avg. likes" and "AVG_LIKES" are "avg likes". */
export function normaliseHeading(heading: string): string {
  return heading
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/ß/g, 'ss')
    .replace(/%/g, ' percent ')
    .replace(/#/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}
