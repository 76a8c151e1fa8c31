interface Asked<Item, Answer> {
  item: Item;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * Does at once what was asked for while it was busy: one commit for many messages when there are many, and no waiting
 * for company when there is one.
 */
export class Batch<Item, Answer> {
  private waiting: Asked<Item, Answer>[] = [];
  private busy = false;

  /** @param work answers in the order of the items */
  constructor(private readonly work: (items: Item[]) => Promise<readonly Answer[]>) {}

  do(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.busy) void this.empty();
    });
  }

  private async empty(): Promise<void> {
    this.busy = true;
    while (this.waiting.length) {
      // Those asked for in the same turn come along.
      await new Promise(setImmediate);
      const batch = this.waiting.splice(0);
      try {
        const answers = await this.work(batch.map(({ item }) => item));
        batch.forEach(({ resolve }, nth) => resolve(answers[nth]));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.busy = false;
  }
}
