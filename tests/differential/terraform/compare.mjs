// What the real Terraform and `dynarock check` say of the same modules.
import {execFile} from 'node:child_process';
import {mkdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {runToEnd} from '../../api/server.mjs';

const PROVIDER = `terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}
provider "aws" {
  region                      = "us-east-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
`;

// Runs terraform in `folder`: {code, stdout, stderr}; code 'ENOENT' where there is none.
export const terraform = (folder, ...args) =>
  new Promise((resolve) => {
    execFile('terraform', [...args, '-no-color'], {cwd: folder, maxBuffer: 1 << 28, env: {...process.env, TF_IN_AUTOMATION: '1'}}, (error, stdout, stderr) =>
      resolve({code: error?.code ?? 0, stdout, stderr}));
  });

const nameOf = ({seed}) => `m${seed}`;

// Errors by the module in whose file they stand, or whose resource they name.
function complaints(diagnostics) {
  const found = new Map();
  for (const {severity, summary, detail, range, address, snippet} of diagnostics) {
    if (severity !== 'error') continue;
    const module =
      /^m(\d+)[/\\]/.exec(range?.filename ?? '')?.[1] ??
      /module\.m(\d+)\b/.exec(`${address ?? ''} ${summary} ${detail}`)?.[1] ??
      /^module "m(\d+)"/.exec(snippet?.context ?? snippet?.code ?? '')?.[1] ??
      'root';
    found.set(module, [...(found.get(module) ?? []), `${summary}: ${detail}`.trim()]);
  }
  return found;
}

// {seed: [complaint, ...]} of those modules that Terraform refuses. All are called by one root module: what is wrong when the files are
// loaded or validated is found first, and the rest planned together.
export async function askTerraform(folder, modules) {
  const refused = new Map();
  await mkdir(folder, {recursive: true});
  for (const module of modules) {
    await mkdir(join(folder, nameOf(module)), {recursive: true});
    await writeFile(join(folder, nameOf(module), 'main.tf'), module.text);
  }
  let left = modules;
  const drop = (found) => {
    if (found.has('root')) throw new Error(`Terraform complains of the root module: ${found.get('root')}`);
    for (const [seed, words] of found) refused.set(Number(seed), words);
    left = left.filter(({seed}) => !refused.has(seed));
    return found.size > 0;
  };
  const write = () => writeFile(join(folder, 'main.tf'), PROVIDER + left.map((m) => `module "${nameOf(m)}" {\n  source = "./${nameOf(m)}"\n}\n`).join(''));
  // Terraform stops after the phase in which it found something, so each phase is repeated without what it refused.
  const diagnosticsOf = (output) =>
    output.split('\n').filter((line) => line.startsWith('{')).flatMap((line) => JSON.parse(line).diagnostic ?? []);
  const phases = [
    ['init', '-input=false', '-json'],
    ['validate', '-json'],
    ['plan', '-input=false', '-refresh=false', '-lock=false', '-json'],
  ].map((args) => async () => {
    const {code, stdout, stderr} = await terraform(folder, ...args);
    const found = complaints(args[0] === 'validate' ? JSON.parse(stdout).diagnostics : diagnosticsOf(stdout));
    if (code !== 0 && found.size === 0) throw new Error(`terraform ${args[0]}: ${stdout}${stderr}`);
    return found;
  });
  for (const phase of phases) {
    await write();
    while (left.length > 0 && drop(await phase())) await write();
  }
  return refused;
}

// What check says of one module: {refuses: [title], creates: [title]}, of Terraform and the provider, and of CreateTable.
export async function askCheck(folder, module) {
  const ended = await runToEnd(['check', '--format', 'json', join(folder, nameOf(module))]);
  if (!ended.stdout) return {refuses: [`status ${ended.code}: ${ended.stderr}`], creates: []};
  const errors = JSON.parse(ended.stdout).findings.filter(({severity}) => severity === 'error');
  return {
    refuses: errors.filter(({id}) => id !== 'create-table').map(({title}) => title),
    creates: errors.filter(({id}) => id === 'create-table').map(({title}) => title),
  };
}

// Modules of which the two disagree: {module, terraform, check}. That CreateTable refuses what Terraform plans is no disagreement.
export async function compare(folder, modules) {
  const refused = await askTerraform(folder, modules);
  const differ = [];
  for (const module of modules) {
    const check = await askCheck(folder, module);
    const words = refused.get(module.seed);
    // A root module without a value for a variable is what people have at hand; one that is called must get it.
    if (words?.every((word) => /^Missing required argument: .* no definition was found/.test(word))) continue;
    const agree = words ? check.refuses.length + check.creates.length > 0 : check.refuses.length === 0;
    if (!agree) differ.push({module, terraform: words ?? [], check: [...check.refuses, ...check.creates]});
  }
  await rm(join(folder, 'main.tf'));
  return {differ, refused: refused.size};
}
