// Makes a request smaller as long as it keeps showing the same class of difference.

const TRIES = 80;

// Copies of `value` with one thing less, the largest cuts first.
function* smaller(value) {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; ++i) {
      if (value.length > 1) yield value.filter((_, at) => at !== i);
      for (const one of smaller(value[i])) yield value.map((element, at) => (at === i ? one : element));
    }
  } else if (value !== null && typeof value === 'object') {
    for (const name of Object.keys(value)) {
      const {[name]: inner, ...rest} = value;
      yield rest;
      for (const one of smaller(inner)) yield {...value, [name]: one};
    }
  }
}

// `shows(body)`: does it still show the class?
export async function shrink(body, shows) {
  let best = body;
  let tries = TRIES;
  for (let again = true; again; ) {
    again = false;
    for (const one of smaller(best)) {
      if (tries-- <= 0) return best;
      if (!(await shows(one))) continue;
      best = one;
      again = true;
      break;
    }
  }
  return best;
}
