// Choices that are the same for the same seed.
import {randomFrom} from '../fuzz/mutate.mjs';

export class Random {
  constructor(seed) {
    this.next = randomFrom(seed);
    // Neighbouring seeds give neighbouring first numbers.
    for (let i = 0; i < 3; ++i) this.next();
  }

  below(n) {
    return Math.floor(this.next() * n);
  }

  // True once in `n` times.
  chance(n) {
    return this.below(n) === 0;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  // weighted([[5, a], [1, b]]): a five times as often as b.
  weighted(pairs) {
    let at = this.next() * pairs.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of pairs) if ((at -= weight) < 0) return value;
    return pairs.at(-1)[1];
  }

  // `n` different elements, in an order of their own.
  some(list, n) {
    const rest = [...list];
    const taken = [];
    while (taken.length < n && rest.length) taken.push(...rest.splice(this.below(rest.length), 1));
    return taken;
  }

  // From `low` to `high`, both included.
  between(low, high) {
    return low + this.below(high - low + 1);
  }

  list(n, make) {
    return Array.from({length: n}, (_, i) => make(i));
  }
}
