// Compares `dynarock check` with the real Terraform on generated modules, as long as one likes.
//
//   node tests/differential/terraform/run.mjs --seed 1 --cases 500
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {compare} from './compare.mjs';
import {moduleOf} from './modules.mjs';

const {values} = parseArgs({options: {seed: {type: 'string', default: '1'}, cases: {type: 'string', default: '100'}, print: {type: 'boolean', default: false}}});
const [seed, cases] = [Number(values.seed), Number(values.cases)];
const folder = await mkdtemp(join(tmpdir(), 'dynarock-terraform-'));
let differences = 0;
let refused = 0;
for (let at = 0; at < cases; at += 60) {
  const modules = Array.from({length: Math.min(60, cases - at)}, (_, i) => moduleOf(seed + at + i));
  const found = await compare(folder, modules);
  refused += found.refused;
  for (const {module, terraform, check} of found.differ) {
    differences += 1;
    console.log(`module ${module.seed} (${module.fault ?? 'sound'}): ${terraform.length ? `only Terraform refuses: ${terraform[0].replace(/\s+/g, ' ')}` : `only check refuses: ${check[0]}`}`);
    if (values.print) console.log(module.text);
  }
}
await rm(folder, {recursive: true});
console.log(`${cases} modules, ${refused} refused by Terraform, ${differences} differences`);
process.exitCode = differences ? 1 : 0;
