/** Words that documentation, examples and hurried people put where a secret belongs. */
const PLACEHOLDER_WORDS = new Set(
  (
    'a an abc above admin any at be bit bits bytes change changeit changeme characters chars default demo dev ' +
    'development dummy env example examples fill fixme foo foobar for generate generated have here hs in insert is ' +
    'it jwt jwtsecret key kms least letmein local long longer me minimum more must my mykey mypassword mysecret ' +
    'need needs never not of openssl or pass passphrase password placeholder please prod production put qwerty ' +
    'random replace replaceme replacethis root sample secret secretkey set should signing some string super ' +
    'supersecret sure temp test testing testsecret text than the this thing to todo token unsafe use used value ' +
    'very with xxx you your yourself zauth zvault'
  ).split(' '),
);

/** Fewer different characters than this are a pattern, not a secret; 16 random hexadecimal digits have about 10. */
const LEAST_DIFFERENT_CHARACTERS = 6;

const DIGIT_RUNS = ['0123456789'.repeat(10), '9876543210'.repeat(10)];

/**
 * Whether a text was written to be replaced (`changeme`, `<your-secret>`, `test1234`, `aaaa…`) rather than drawn
 * at random. A guess in both directions: it knows words, not entropy.
 */
export function isPlaceholder(text: string): boolean {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  if (words.length > 0 && words.every((word) => PLACEHOLDER_WORDS.has(word))) return true;
  if (new Set(text).size < LEAST_DIFFERENT_CHARACTERS) return true;
  return DIGIT_RUNS.some((run) => run.includes(text));
}

/** The same of a secret's bytes; bytes that are no text at all are only looked at for repetition. */
export function isPlaceholderSecret(secret: Uint8Array): boolean {
  try {
    return isPlaceholder(new TextDecoder('utf-8', { fatal: true }).decode(secret));
  } catch {
    return new Set(secret).size < LEAST_DIFFERENT_CHARACTERS;
  }
}
