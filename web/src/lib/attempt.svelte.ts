// A deed that the node may refuse: whether it is under way, and what was wrong with it.

export class Attempt {
  isBusy = $state(false);
  problem = $state.raw<unknown>(null);

  /** Does it, once at a time; whether it went well. */
  async at(work: () => Promise<unknown>): Promise<boolean> {
    if (this.isBusy) return false;
    [this.isBusy, this.problem] = [true, null];
    try {
      await work();
    } catch (problem) {
      this.problem = problem;
    }
    this.isBusy = false;
    return this.problem === null;
  }
}
