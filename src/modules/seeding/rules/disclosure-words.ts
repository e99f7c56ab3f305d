/**
 * What a creator is told about posts with things that were given. A gift is a material connection whether or not a post was asked for
 * (16 CFR 255.5(a), example 9 among others; UK CAP Code 2.1 and the ASA's guidance on gifts).
 */
export const disclosureWords =
  'If you post about it, say plainly and right at the beginning that you got it for free from the brand, in the language of the post, for example "Gift from the brand". That also goes for a gift without any obligation, and the label of the platform alone is not always enough.';
