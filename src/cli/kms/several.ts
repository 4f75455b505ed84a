/** Collects the values of an option that may be given more than once, for commander. */
export const several = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
