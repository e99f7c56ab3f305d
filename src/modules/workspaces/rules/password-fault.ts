// The passwords of at least 8 characters that stand first in every published list of stolen ones, in small letters.
const common = new Set(
  `12345678 123456789 1234567890 12345678910 123123123 11111111 111111111 1111111111 00000000 0000000000 87654321
  987654321 9876543210 88888888 99999999 66666666 12341234 11223344 1122334455 147258369 123654789 123456123 1q2w3e4r 1q2w3e4r5t
  1qaz2wsx 1qaz2wsx3edc zaq12wsx qwertyui qwertyuiop qwerty123 qwerty12 qwerty1234 qwerty12345 asdfghjk asdfghjkl asdfasdf
  zxcvbnm1 zxcvbnm123 q1w2e3r4 q1w2e3r4t5 password password1 password12 password123 password1234 password! passw0rd p@ssword
  p@ssw0rd pass1234 iloveyou iloveyou1 sunshine sunshine1 princess princess1 football football1 baseball baseball1 basketball
  superman superman1 batman123 trustno1 letmein1 letmein123 welcome1 welcome123 welcome2 admin123 admin1234 administrator
  changeme changeme1 changeme123 starwars computer internet whatever michelle jennifer jonathan victoria charlie1 jordan23
  liverpool chelsea1 arsenal1 monkey123 dragon123 master123 shadow123 abcd1234 abc12345 abc123456 abcdefgh abcdefg1 a1b2c3d4
  aaaaaaaa aa123456 a1234567 a12345678 secret123 samsung1 google123 facebook facebook1 instagram influencer marketing`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Why a password cannot be taken, to be shown beside its field; null when it can. Length is the schema's business. */
export function passwordFault(password: string, about: { email: string; name: string }): string | null {
  const small = password.toLowerCase();
  if (common.has(small)) return 'is among the first that anybody would try; choose another';
  if (new Set(small).size < 3) return 'repeats one or two characters; choose another';
  const mailbox = about.email.split('@')[0] ?? '';
  if (small === about.email.toLowerCase() || small === mailbox || small === about.name.toLowerCase()) {
    return 'is your name or address; choose another';
  }
  return null;
}
