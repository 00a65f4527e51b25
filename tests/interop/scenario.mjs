// The steps of SCENARIO.md, in its order.
import {readFileSync} from 'node:fs';

const TEXT = readFileSync(new URL('SCENARIO.md', import.meta.url), 'utf8');

export const STEPS = [...TEXT.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]);

// One result per step: {result: 'passed' | 'skipped' | 'failed', why}; `why` is the note of a step that passed. A step that
// a client said nothing about failed.
// `output`: what the client printed. -> {versions: [[name, version]], steps: {name: {result, why}}}
export function readOutput(output) {
  const versions = [];
  const steps = {};
  for (const line of output.split('\n')) {
    const [kind, name, value, why = ''] = line.trimEnd().split('\t');
    if (kind === 'version') versions.push([name, value]);
    if (kind !== 'step') continue;
    if (!STEPS.includes(name)) throw new Error(`SCENARIO.md has no step ${name}`);
    if (steps[name]) throw new Error(`the client reports ${name} twice`);
    if (!['passed', 'skipped', 'failed'].includes(value)) throw new Error(`not a result: ${line}`);
    if (value === 'skipped' && !why) throw new Error(`${name} is skipped without a reason`);
    steps[name] = {result: value, why};
  }
  for (const name of STEPS) steps[name] ??= {result: 'failed', why: 'the client did not report it'};
  return {versions, steps};
}
