const found =
  /(?<![\p{L}\p{N}._%+-])[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\.){1,4}[a-z]{2,24}(?![\p{L}\p{N}-])/giu;
const emailsMax = 5;
const textCharsMax = 10_000;

/** E-mail addresses that a creator writes in a bio for others to use, in lower case, each once, at most five. Handles and file names are none. */
export function emailsInText(text: string | null | undefined): string[] {
  const matches = (text ?? '').slice(0, textCharsMax).matchAll(found);
  const emails = [...matches]
    .map((match) => match[0].toLowerCase())
    .filter((email) => !/\.\.|\.(png|jpe?g|gif|webp)$/.test(email));
  return [...new Set(emails)].slice(0, emailsMax);
}
