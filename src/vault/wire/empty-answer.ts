/** The success of a call that has nothing to tell (wire.md section 4). */
export type EmptyAnswer = Record<string, never>;

/** What an empty object looks like in the OpenAPI document. */
export const EMPTY_ANSWER_SCHEMA = { type: 'object', example: {} } as const;
