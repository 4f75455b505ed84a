import { session } from './session.svelte.js';

/** Something that is being done: whether it still is, and what went wrong. */
export class Task {
  isBusy = $state(false);
  error = $state.raw<unknown>();

  /** Whether it was done. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    this.isBusy = true;
    this.error = undefined;
    try {
      await work();
      return true;
    } catch (error) {
      this.error = error;
      session.noticeEnd(error);
      return false;
    } finally {
      this.isBusy = false;
    }
  }
}
