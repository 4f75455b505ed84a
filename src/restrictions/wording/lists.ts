const MOST_SHOWN = 5;

/** The first few of a list and how many more there are, so that no line grows with a policy. */
export function listed(items: Iterable<string>): string {
  const all = [...items];
  const shown = all.slice(0, MOST_SHOWN).join(', ');
  return all.length > MOST_SHOWN ? `${shown} and ${all.length - MOST_SHOWN} more` : shown;
}
